// Quelles actions n’ont aucun lieu connu ?
MATCH (a:Action)
WHERE a.contract = $contract AND NOT EXISTS {
  MATCH (a)-[l:TAKES_PLACE_IN]->(:Territory)
  WHERE ($annee IS NULL OR l.year IS NULL OR l.year = $annee)
    AND NOT coalesce(l.degree = 'reached' AND l.beneficiaries = 0, false)
}
RETURN a.id AS action, a.name AS action_name,
       COLLECT { MATCH (a)-[:PART_OF]->(x:Axis) RETURN x.id ORDER BY x.id } AS axes,
       a.regionWide AS region_wide, a.placeDeclared AS declared
ORDER BY a.key
