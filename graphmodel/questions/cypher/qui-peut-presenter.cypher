// Qui peut présenter une organisation à une autre ?
MATCH (one:Organisation)-[p1:TAKES_PART_IN]->(a:Action)<-[p2:TAKES_PART_IN]-(m:Organisation)
      -[p3:TAKES_PART_IN]->(b:Action)<-[p4:TAKES_PART_IN]-(other:Organisation)
WHERE one.contract = $contract AND (one.id = $de OR one.key = $de)
  AND other.contract = $contract AND (other.id = $a OR other.key = $a)
  AND m <> one AND m <> other AND one <> other
  AND a.contract = $contract AND b.contract = $contract AND coalesce(a.coded, true) AND coalesce(b.coded, true)
  AND all(p IN [p1, p2, p3, p4] WHERE p.basis = 'report' AND p.role IN ['pilot', 'partner']
                                  AND ($annee IS NULL OR p.year = $annee))
  AND NOT EXISTS {
    MATCH (one)-[s:TAKES_PART_IN]->(c:Action)<-[t:TAKES_PART_IN]-(other)
    WHERE coalesce(c.coded, true) AND c.contract = $contract
      AND all(p IN [s, t] WHERE p.basis = 'report' AND p.role IN ['pilot', 'partner']
                            AND ($annee IS NULL OR p.year = $annee))
  }
WITH DISTINCT m, a, b ORDER BY a.key, b.key
WITH m, collect(DISTINCT a) AS with_first, collect(b) AS others
WITH m, with_first, COLLECT { UNWIND others AS b WITH DISTINCT b ORDER BY b.key RETURN b.id } AS with_second
RETURN m.name AS introducer, [a IN with_first | a.id] AS with_first, with_second
ORDER BY m.key
