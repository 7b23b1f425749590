// Combien par axe et par année ?
// Montants en centimes ; null quand aucun n’est connu.
MATCH (f:Funding)-[:ABOUT]->(a:Action)
WHERE f.contract = $contract AND ($annee IS NULL OR f.year = $annee)
OPTIONAL MATCH (a)-[:PART_OF]->(x:Axis)
WITH x, f.year AS year, collect(DISTINCT f) AS fundings
WITH x, year, size([f IN fundings WHERE f.amount IS NULL]) AS unknown,
     [kind IN ['planned', 'agreed', 'paid'] |
      [f IN fundings WHERE f.kind = kind AND f.amount IS NOT NULL | f.amount]] AS known
WITH x, year, unknown,
     [list IN known | CASE WHEN size(list) > 0 THEN reduce(total = 0, one IN list | total + one) END] AS sums
RETURN x.id AS axis, x.name AS name, year, sums[0] AS planned, sums[1] AS agreed, sums[2] AS paid, unknown
ORDER BY x.key, year
