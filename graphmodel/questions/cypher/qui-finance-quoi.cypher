// Qui finance quoi, et combien ?
// Montants en centimes ; null quand aucun n’est connu.
MATCH (o:Organisation)-[:FUNDS]->(f:Funding)-[:ABOUT]->(x:Action|Contract)
WHERE f.contract = $contract AND ($annee IS NULL OR f.year = $annee)
  AND ($financeur IS NULL OR o.id = $financeur OR o.key = $financeur)
WITH o, x, f.year AS year, collect(f) AS fundings
WITH o, x, year, size([f IN fundings WHERE f.amount IS NULL]) AS unknown,
     [kind IN ['planned', 'agreed', 'paid'] |
      [f IN fundings WHERE f.kind = kind AND f.amount IS NOT NULL | f.amount]] AS known
WITH o, x, year, unknown,
     [list IN known | CASE WHEN size(list) > 0 THEN reduce(total = 0, one IN list | total + one) END] AS sums
RETURN o.name AS funder, x.id AS object, year,
       sums[0] AS planned, sums[1] AS agreed, sums[2] AS paid, unknown
ORDER BY o.key, x.key, year
