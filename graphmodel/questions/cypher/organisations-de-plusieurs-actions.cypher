// Quelles organisations prennent part à plusieurs actions ?
MATCH (o:Organisation)-[p:TAKES_PART_IN]->(a:Action)
WHERE a.contract = $contract AND p.basis = 'report' AND p.role IN ['pilot', 'partner']
  AND ($annee IS NULL OR p.year = $annee) AND coalesce(a.coded, true)
WITH DISTINCT o, a ORDER BY a.key
WITH o, collect(a) AS actions
WHERE size(actions) >= $minimum
RETURN o.name AS organisation, o.world AS world, size(actions) AS count, [a IN actions | a.id] AS actions,
       COLLECT { UNWIND actions AS a MATCH (a)-[:PART_OF]->(x:Axis) WITH DISTINCT x.id AS axis
                 RETURN axis ORDER BY axis } AS axes
ORDER BY count DESC, o.key
