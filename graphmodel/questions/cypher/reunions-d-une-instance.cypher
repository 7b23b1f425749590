// Quand une instance s’est-elle réunie, et qui est venu ?
MATCH (m:Meeting)-[:PART_OF]->(b:GovernanceBody)
WHERE b.contract = $contract AND ($instance IS NULL OR b.id = $instance OR b.key = $instance)
RETURN b.name AS body, m.id AS meeting, m.date AS date, m.place AS place,
       COUNT { (:Organisation)-[:INVITED_TO]->(m) } AS invited,
       COUNT { (:Organisation)-[:ATTENDED]->(m) } AS attended,
       COUNT { (:Organisation)-[:EXCUSED]->(m) } AS excused,
       COLLECT { MATCH (o:Organisation)-[:INVITED_TO]->(m)
                 WHERE NOT EXISTS { (o)-[:ATTENDED|EXCUSED]->(m) } AND o.name IS NOT NULL
                 RETURN o.name ORDER BY o.key } AS absent
ORDER BY b.key, m.date, m.key
