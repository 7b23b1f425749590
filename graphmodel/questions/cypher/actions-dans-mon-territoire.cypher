// Quelles actions ont lieu dans mon territoire ?
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
MATCH (a:Action)-[l:TAKES_PLACE_IN]->(here)
WHERE a.contract = $contract AND ($annee IS NULL OR l.year IS NULL OR l.year = $annee)
  AND NOT coalesce(l.degree = 'reached' AND l.beneficiaries = 0, false)
WITH a, count(DISTINCT here) AS places,
     count(DISTINCT CASE WHEN l.degree = 'targeted' THEN here END) AS targeted
RETURN a.id AS action, a.name AS action_name,
       COLLECT { MATCH (a)-[:PART_OF]->(x:Axis) RETURN x.id ORDER BY x.id } AS axes, places, targeted
ORDER BY a.key
