// Qu’est-ce qui ne repose que sur une source ?
MATCH (n:Maillage)
WHERE $nature IN labels(n) AND (n.contract IS NULL OR n.contract = $contract)
WITH collect(n) AS nodes
UNWIND nodes AS n
WITH n, size(nodes) AS of_label WHERE n.sourceCount = 1
RETURN n.id AS element, n.name AS name, n.fictional AS fictional, of_label
ORDER BY n.key
