// Pour quelles parties le préambule et la page de signature ne nomment-ils pas la même personne ?
MATCH (o:Organisation)-[:REPRESENTED_BY]->(m:Mandate)
WHERE o.contract = $contract
WITH o, m ORDER BY m.key
WITH o, collect(m) AS mandates
WITH o, [m IN mandates WHERE m.source = 'preamble'] AS first, [m IN mandates WHERE m.source = 'signature'] AS second
WITH o, [m IN first WHERE m.person IS NOT NULL | m.person] AS preamble,
     [m IN first WHERE m.function IS NOT NULL | m.function] AS preamble_function,
     [m IN second WHERE m.person IS NOT NULL | m.person] AS signature,
     [m IN second WHERE m.function IS NOT NULL | m.function] AS signature_function
WITH *, ['àa', 'âa', 'äa', 'çc', 'ée', 'èe', 'êe', 'ëe', 'îi', 'ïi', 'ôo', 'öo', 'ùu', 'ûu', 'üu'] AS accents
WITH *,
  [p IN preamble | reduce(n = toLower(p), x IN accents | replace(n, left(x, 1), right(x, 1)))] AS told,
  [p IN signature | reduce(n = toLower(p), x IN accents | replace(n, left(x, 1), right(x, 1)))] AS signed
WHERE any(p IN told WHERE NOT p IN signed) OR any(p IN signed WHERE NOT p IN told)
RETURN o.name AS organisation, preamble, preamble_function, signature, signature_function
ORDER BY o.key
