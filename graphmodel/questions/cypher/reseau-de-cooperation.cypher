// Qui coopère avec qui, et à quel point ?
// Poids de Newman : chaque action commune de k opérateurs compte 1/(k − 1).
MATCH (o:Organisation)-[p:TAKES_PART_IN]->(a:Action)
WHERE a.contract = $contract AND coalesce(a.coded, true)
  AND p.basis = 'report' AND p.role IN ['pilot', 'partner'] AND ($annee IS NULL OR p.year = $annee)
WITH a, collect(DISTINCT o) AS operators
WHERE size(operators) > 1
WITH a, operators ORDER BY a.key
UNWIND operators AS u
UNWIND operators AS v
WITH a, u, v, size(operators) AS k WHERE u.key < v.key
WITH u, v, collect(k) AS sizes
WITH u, v, size(sizes) AS shared, reduce(total = 0.0, k IN sizes | total + 1.0 / (k - 1)) AS weight
RETURN u.name AS first, v.name AS second, shared, weight,
       u.key AS first_key, v.key AS second_key
ORDER BY u.key, v.key
