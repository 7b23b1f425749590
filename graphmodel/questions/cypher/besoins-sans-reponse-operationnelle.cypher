// Quels besoins n’ont pas de réponse opérationnelle ?
MATCH (n:Need)
WHERE n.contract = $contract AND ($annee IS NULL OR n.year = $annee)
WITH n, COLLECT {
  MATCH (a:Action)-[r:ANSWERS]->(n)
  WITH a, r ORDER BY r.position DESC
  WITH a, head(collect(r.status)) AS status ORDER BY a.key
  RETURN status
} AS answers
WHERE NOT 'operational' IN answers
RETURN n.id AS need, n.text AS text,
       COLLECT { MATCH (x:Territory|Organisation)-[:EXPRESSES]->(n) WHERE x.name IS NOT NULL
                 WITH DISTINCT x.name AS name RETURN name ORDER BY name } AS expressed_by,
       n.date AS date, n.priority AS priority, answers
ORDER BY n.priority, n.key
