// Quelles collectivités ne prennent part à aucune action ?
MATCH (o:Organisation)
WHERE o.contract = $contract AND (o.localAuthority OR EXISTS { (o)-[:ADMINISTERS]->(:Territory) })
  AND NOT EXISTS {
    MATCH (o)-[p:TAKES_PART_IN]->(:Action)
    WHERE p.basis = 'report' AND p.role IN ['pilot', 'partner'] AND ($annee IS NULL OR p.year = $annee)
  }
RETURN o.name AS organisation,
       COLLECT { MATCH (o)-[:ADMINISTERS]->(t:Territory) WHERE t.name IS NOT NULL
                 WITH DISTINCT t.name AS name RETURN name ORDER BY name } AS territories,
       COLLECT { MATCH (o)-[:TAKES_PART_IN {basis: 'commitment'}]->(a:Action)
                 WITH DISTINCT a.id AS id RETURN id ORDER BY id } AS commitments
ORDER BY o.key
