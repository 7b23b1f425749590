// Qui est membre d’un pôle territorial de coopération économique ?
MATCH (o:Organisation)-[r:MEMBER_OF]->(p:Ptce)
WHERE p.contract = $contract AND ($ptce IS NULL OR p.id = $ptce OR p.key = $ptce)
  AND ($annee IS NULL OR r.year IS NULL OR r.year = $annee)
WITH DISTINCT p, o, r.year AS year ORDER BY year
WITH p, o, collect(year) AS years
RETURN p.name AS ptce, o.name AS member, o.world AS world, years
ORDER BY p.key, o.key
