"""The cards of T12 to T15 and T19: needs, local policies, PTCE, contribution, in French."""

from graphmodel.indicators.registry import Indicator, Measure

T12 = Indicator(
    id="T12",
    label="Taux de réponse aux besoins identifiés",
    question=3,
    effects=("E3.2",),
    reach="both",
    levels=("R", "E"),
    measures={
        "answer_rate": Measure("Part des besoins qui ont une réponse opérationnelle", "proportion"),
        "answer_rate_weighted": Measure("Même part, pesée par la priorité", "proportion"),
    },
    formula="Besoins exprimés au plus tard au 31 décembre auxquels une action répond : dernier statut connu "
    "« opérationnelle ». Prévu ou abandonné ne compte pas. Aussi sans les besoins exprimés après leur "
    "réponse.",
    reading="Toujours avec le nombre de besoins et leur date.",
    caveat="Un besoin recensé après l’action est circulaire. Interroger la collectivité, non l’opérateur.",
    source="Feuilles Besoins et Réponses.",
    conditioned=False,
)

T13 = Indicator(
    id="T13",
    label="Score de stratégie ESS de la collectivité",
    question=3,
    effects=("E3.3", "E1.3"),
    reach="contract",
    levels=("E", "C1"),
    measures={
        "score": Measure("Critères remplis", "score de 0 à 6"),
        "mean_change": Measure("Variation moyenne du score", "points"),
        "share_progress": Measure("Part des collectivités dont le score progresse", "proportion"),
    },
    formula="Somme de six critères : élu délégué, délibération ou plan, budget, agent, commande responsable, "
    "instance de co-construction. Pièce trouvée : 1 ; recherchée en vain : 0 ; non recherchée : "
    "score inconnu. Variation et progression sur les collectivités qui ont deux scores.",
    reading="Les passages d’un score à l’autre, non la moyenne seule.",
    caveat="Critères qui ne se valent pas. Effet des élections de mars 2014 et de décembre 2015.",
    source="Feuille Actes, avec la pièce.",
    judged=("mean_change", "share_progress"),
    conditioned=False,
)

T14 = Indicator(
    id="T14",
    label="Décloisonnement des politiques locales",
    question=3,
    effects=("E3.3",),
    reach="contract",
    levels=("E", "C1"),
    measures={
        "domains": Measure("Domaines de politique liés à l’ESS", "domaines"),
        "mean_domains": Measure("Domaines par collectivité dotée d’une délégation ESS", "domaines"),
    },
    formula="Domaines de la grille figée cités par la délégation ou les actes ; moyenne sur les "
    "collectivités dotées d’une délégation ESS.",
    reading="L’évolution, non le niveau.",
    caveat="Un intitulé de délégation n’est pas une politique menée.",
    source="Feuilles Délégations et Actes.",
    conditioned=False,
)

T15 = Indicator(
    id="T15",
    label="PTCE : conformité, ouverture, ancrage prioritaire",
    question=3,
    effects=("E3.1", "E1.2", "E2.2"),
    reach="actions",
    levels=("R", "PTCE"),
    measures={
        "conformity_score": Measure("Composantes présentes", "sur 4"),
        "share_non_ess_firms": Measure("Part des entreprises hors ESS", "proportion"),
        "share_members_qpv": Measure("Part des membres qui ont leur siège en QPV", "proportion"),
        "per_100k": Measure("PTCE pour 100 000 habitants", "pour 100 000 hab."),
    },
    formula="Composantes de l’article 9 de la loi du 31 juillet 2014 : entreprises de l’ESS, autres "
    "entreprises, collectivités territoriales, recherche ou formation. Deux codages des sociétés de l’ESS.",
    reading="Ouverture du pôle.",
    caveat="PTCE parfois autoproclamés ; un membre n’est pas toujours actif.",
    source="Feuilles Membres des PTCE et Organisations (monde, siège, collectivité).",
    judged=("share_non_ess_firms", "share_members_qpv", "per_100k"),
    conditioned=False,
)

T19 = Indicator(
    id="T19",
    label="Solidité du récit de contribution",
    question=3,
    effects=("Q3", "Q1", "Q2"),
    reach="contract",
    levels=("effet",),
    measures={
        "min": Measure("Cotation du maillon le plus faible", "de 0 à 3"),
        "mean": Measure("Cotation moyenne des maillons", "de 0 à 3"),
        "rater_gap": Measure("Plus grand écart entre cotateurs", "points"),
    },
    formula="Chaque maillon (mise en œuvre, coopération, réponse, stratégie) est coté de 0 (non testé) à 3 "
    "(plusieurs sources et rivaux écartés) ; deux cotations : la plus basse ; sans cotation : 0. "
    "Le récit vaut son maillon le plus faible.",
    reading="0 ou 1 : non établi (« plausible » à 1) ; 2 : orienté ; 3 : établi.",
    caveat="Jamais converti en pourcentage. Double cotation indépendante.",
    source="Feuille Cotations, avec les explications rivales.",
    neutral=None,
    judged=("min",),
    conditioned=False,
)
