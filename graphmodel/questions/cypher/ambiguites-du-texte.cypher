// Quelles ambiguïtés du texte sont graves, et quelle règle les tranche ?
MATCH (m:Ambiguity)
WHERE m.contract = $contract AND m.severity = $gravite
RETURN m.id AS ambiguity, m.family AS family, m.finding AS finding, m.rule AS rule,
       m.decidedBy AS decided_by, m.passages AS passages
ORDER BY m.key
