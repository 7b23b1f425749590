"""The cards of T04, T06, T08 and T10: money attributed to territories, in French."""

from graphmodel.indicators.registry import Indicator, Measure

T04 = Indicator(
    id="T04",
    label="Ciblage financier des zones prioritaires",
    question=3,
    effects=("E3.1",),
    reach="actions",
    levels=("R", "D", "E"),
    measures={
        "amount": Measure("Montant attribué à la zone", "€"),
        "share": Measure("Part du montant attribuée à la zone", "proportion"),
        "index": Measure("Part du montant sur part de la population", "indice"),
    },
    formula="Paiements connus de l’année, tous financeurs, répartis par les parts des actions (déclarées, "
    "sinon par bénéficiaires, sinon par population) ; part de la zone, rapportée à sa part des habitants. "
    "Avec et sans les actions régionales.",
    reading="Au-dessus de 1, la zone reçoit plus que sa part d’habitants.",
    caveat="La répartition par population suppose une action uniforme ; un montant fléché n’est pas un "
    "bénéfice. QPV et ZRR se lisent séparément.",
    source="Feuilles Financements et Lieux ; zonages QPV et ZRR.",
    neutral=1.0,
    judged=("index",),
)

T06 = Indicator(
    id="T06",
    label="Montant par habitant, en attribution fractionnée",
    question=3,
    effects=("E3.1",),
    reach="actions",
    levels=("R", "D", "E", "K", "action"),
    measures={
        "amount_paid": Measure("Montant payé, tous financeurs", "€"),
        "phi_basis": Measure("Base des parts de l’action", "texte"),
        "phi": Measure("Part de l’action dans la commune", "proportion"),
        "total_located": Measure("Montant localisé", "€"),
        "total_unlocated": Measure("Montant non localisable", "€"),
        "unknown_payments": Measure("Paiements de montant inconnu", "paiements"),
        "amount": Measure("Montant attribué", "€"),
        "per_inhabitant": Measure("Montant attribué par habitant", "€/hab."),
    },
    formula="Somme, par territoire, des montants payés multipliés par la part de chaque action, rapportée à "
    "la population. Les parts d’une action font 1.",
    reading="Carte des euros par habitant, par commune.",
    caveat="Se somme par commune, jamais sur des collectivités qui s’emboîtent. Un paiement inconnu n’est "
    "pas un paiement nul : il est compté à part.",
    source="Feuilles Financements et Lieux ; populations des communes.",
    judged=("per_inhabitant",),
)

T08 = Indicator(
    id="T08",
    label="Concentration des montants entre communes",
    question=3,
    effects=("E3.1",),
    reach="actions",
    levels=("R", "D"),
    measures={
        "gini": Measure("Indice de Gini", "indice"),
        "theil": Measure("Indice de Theil", "nats"),
        "theil_between": Measure("Theil, part entre départements", "nats"),
        "theil_within": Measure("Theil, part dans les départements", "nats"),
        "lorenz": Measure("Part du montant reçue par les habitants les moins dotés", "proportion"),
    },
    formula="Communes rangées par montant par habitant et pesées par leur population ; le Theil se décompose "
    "exactement entre et dans les départements ; la courbe de Lorenz est dite tous les 10 % d’habitants.",
    reading="Une baisse du Gini est un étalement.",
    caveat="Une concentration peut être voulue : lire avec T04. Les actions régionales aplatissent : deux "
    "versions. Sans objet entre collectivités qui s’emboîtent.",
    source="Feuilles Financements et Lieux ; populations des communes.",
    judged=("gini", "theil"),
)

T10 = Indicator(
    id="T10",
    label="Facteur de double compte",
    question=3,
    effects=(),
    reach="actions",
    levels=("R",),
    measures={
        "population_factor": Measure("Population sommée sur population de l’union", "rapport"),
        "amount_factor": Measure("Montants comptés pleins sur montants", "rapport"),
    },
    formula="Habitants des lieux, action par action, sur ceux de leur union ; montants multipliés par le "
    "nombre d’unités touchées, sur les montants. Actions localisées et non régionales.",
    reading="Au-dessus de 1, des lieux se recouvrent.",
    caveat="À lire sous tout tableau par collectivité.",
    source="Feuilles Lieux et Financements ; populations.",
    neutral=None,
)
