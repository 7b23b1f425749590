// Quelles communes classées (en ZRR) une action cible-t-elle ?
WITH COLLECT {
  MATCH (a:Action)-[l:TAKES_PLACE_IN {degree: 'targeted'}]->(t:Territory)-[c:CONTAINS*0..]->(x:Territory)
  WHERE a.contract = $contract AND (a.id = $action OR a.key = $action)
    AND ($annee IS NULL OR l.year IS NULL OR l.year = $annee)
    AND all(r IN c WHERE coalesce(r.populationShare, r.areaShare, 1.0) >= 0.999
                     AND (r.contract IS NULL OR r.contract = $contract))
  RETURN DISTINCT [t, x]
} + COLLECT {
  MATCH (a:Action)-[l:TAKES_PLACE_IN {degree: 'targeted'}]->(t:Territory)-[r:CONTAINS]->(x:Territory)
  WHERE a.contract = $contract AND (a.id = $action OR a.key = $action)
    AND ($annee IS NULL OR l.year IS NULL OR l.year = $annee)
    AND coalesce(r.populationShare, r.areaShare, 1.0) >= 0.5 AND (r.contract IS NULL OR r.contract = $contract)
  RETURN DISTINCT [t, x]
} AS pairs
UNWIND pairs AS pair
WITH DISTINCT pair[0] AS target, pair[1] AS place
MATCH (place)-[k:CLASSED_IN]->(z:Zoning {scheme: $zonage})
WHERE place.level = 'commune' AND k.status IN ['classed', 'partly']
  AND (k.contract IS NULL OR k.contract = $contract)
WITH place, k, z, target ORDER BY target.key
WITH place, k, z, collect(target.name) AS targets
RETURN place.name AS commune, place.code AS code, z.vintage AS vintage, k.status AS status, targets
ORDER BY place.code, place.key, z.key
