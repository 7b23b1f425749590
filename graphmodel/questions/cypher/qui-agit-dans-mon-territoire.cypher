// Qui agit dans mon territoire ?
// Tout ce que le territoire contient en entier, à toute profondeur, et ce qui y est pour moitié au moins.
WITH COLLECT {
  MATCH (t:Territory)-[c:CONTAINS*0..]->(x:Territory)
  WHERE (t.code = $territoire OR t.id = $territoire OR t.key = $territoire)
    AND all(r IN c WHERE coalesce(r.populationShare, r.areaShare, 1.0) >= 0.999
                     AND (r.contract IS NULL OR r.contract = $contract))
  RETURN DISTINCT x
} + COLLECT {
  MATCH (t:Territory)-[r:CONTAINS]->(x:Territory)
  WHERE (t.code = $territoire OR t.id = $territoire OR t.key = $territoire)
    AND coalesce(r.populationShare, r.areaShare, 1.0) >= 0.5
    AND (r.contract IS NULL OR r.contract = $contract)
  RETURN x
} AS inside
UNWIND inside AS here
WITH DISTINCT here
MATCH (o:Organisation)-[p:TAKES_PART_IN]->(a:Action)-[l:TAKES_PLACE_IN]->(here)
WHERE a.contract = $contract AND p.basis = 'report' AND p.role IN ['pilot', 'partner']
  AND ($annee IS NULL OR p.year = $annee)
  AND (l.year IS NULL OR p.year IS NULL OR l.year = p.year)
  AND NOT coalesce(l.degree = 'reached' AND l.beneficiaries = 0, false)
WITH DISTINCT o, a, p.role AS role, p.year AS year ORDER BY year
WITH o, a, role, collect(year) AS years
RETURN o.name AS organisation, o.world AS world, role, a.id AS action, a.name AS action_name, years
ORDER BY o.name, o.key, a.key, role
