// Avec qui une organisation travaille-t-elle ?
MATCH (o:Organisation)-[p:TAKES_PART_IN]->(a:Action)<-[q:TAKES_PART_IN]-(other:Organisation)
WHERE o.contract = $contract AND (o.id = $organisation OR o.key = $organisation) AND other <> o
  AND a.contract = $contract AND coalesce(a.coded, true)
  AND p.basis = 'report' AND p.role IN ['pilot', 'partner']
  AND q.basis = 'report' AND q.role IN ['pilot', 'partner']
  AND p.year = q.year AND ($annee IS NULL OR p.year = $annee)
WITH DISTINCT other, a, p.year AS year ORDER BY a.key, year
WITH other, collect(DISTINCT a) AS actions, collect(DISTINCT year) AS years
RETURN other.name AS partner, other.world AS world, size(actions) AS count, [a IN actions | a.id] AS actions,
       COLLECT { UNWIND years AS year RETURN year ORDER BY year } AS years
ORDER BY count DESC, other.key
