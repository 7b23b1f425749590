// De quels opérateurs n’a-t-on pas reçu le bilan ?
WITH COLLECT {
  MATCH (o:Organisation)-[p:TAKES_PART_IN]->(a:Action)
  WHERE a.contract = $contract AND p.basis = 'report' AND p.role IN ['pilot', 'partner']
    AND ($annee IS NULL OR p.year = $annee)
  RETURN DISTINCT {o: o, a: a, year: p.year, due: null, received: false}
} + COLLECT {
  MATCH (o:Organisation)<-[:SUBMITTED_BY]-(b:Report)-[:ABOUT]->(a:Action)
  WHERE b.contract = $contract AND ($annee IS NULL OR b.year = $annee)
  RETURN {o: o, a: a, year: b.year, due: b.dueOn, received: b.receivedOn IS NOT NULL}
} AS wanted
UNWIND wanted AS w
WITH w.o AS o, w.a AS a, w.year AS year, min(w.due) AS due,
     sum(CASE WHEN w.received THEN 1 ELSE 0 END) AS received
WHERE received = 0
RETURN o.name AS organisation, a.id AS action, a.name AS action_name, year, due AS due_on
ORDER BY year, o.key, a.key
