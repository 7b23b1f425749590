// Quelles actions relient deux axes par un opérateur commun ?
MATCH (x:Axis)<-[:PART_OF]-(a:Action)<-[p:TAKES_PART_IN]-(o:Organisation)-[q:TAKES_PART_IN]->(b:Action)-[:PART_OF]->(y:Axis)
WHERE a.contract = $contract AND b.contract = $contract AND a.key < b.key AND x <> y
  AND p.basis = 'report' AND p.role IN ['pilot', 'partner']
  AND q.basis = 'report' AND q.role IN ['pilot', 'partner']
  AND p.year = q.year AND ($annee IS NULL OR p.year = $annee)
  AND coalesce(a.coded, true) AND coalesce(b.coded, true)
WITH DISTINCT x, a, y, b, o ORDER BY o.key
WITH x, a, y, b, collect(o.name) AS operators
RETURN x.id AS first_axis, a.id AS first, y.id AS second_axis, b.id AS second, operators
ORDER BY a.key, b.key
