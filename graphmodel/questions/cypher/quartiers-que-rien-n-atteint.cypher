// Quels quartiers prioritaires aucune action n’atteint ?
MATCH (q:Territory {level: 'qpv'})
WHERE NOT EXISTS {
  MATCH (a:Action)-[l:TAKES_PLACE_IN]->(q)
  WHERE a.contract = $contract AND ($annee IS NULL OR l.year IS NULL OR l.year = $annee)
    AND NOT coalesce(l.degree = 'reached' AND l.beneficiaries = 0, false)
}
WITH q, COLLECT {
  MATCH (c:Territory {level: 'commune'})-[r:CONTAINS]->(q)
  WHERE r.contract IS NULL OR r.contract = $contract
  WITH DISTINCT c ORDER BY c.key
  RETURN c
} AS communes
RETURN q.name AS quarter, q.code AS code, q.vintage AS vintage,
       [c IN communes WHERE c.name IS NOT NULL | c.name] AS communes, q.population AS population,
       COUNT {
         MATCH (a:Action)-[l:TAKES_PLACE_IN]->(c:Territory)
         WHERE c IN communes AND a.contract = $contract
           AND ($annee IS NULL OR l.year IS NULL OR l.year = $annee)
           AND NOT coalesce(l.degree = 'reached' AND l.beneficiaries = 0, false)
         RETURN DISTINCT a
       } AS nearby
ORDER BY q.code, q.key
