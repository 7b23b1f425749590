"""The cards of T05 and T09: equity of quarters and neighbourhood of support, in French."""

from graphmodel.indicators.registry import Indicator, Measure

T05 = Indicator(
    id="T05",
    label="Rapport d’équité entre QPV et environnement",
    question=3,
    effects=("E3.1",),
    reach="actions",
    levels=("R", "UU"),
    measures={
        "rate_ratio": Measure("Taux de soutien en QPV sur taux autour", "rapport de taux"),
        "p_exact": Measure("Probabilité exacte bilatérale (descriptive)", "probabilité"),
        "unlocated": Measure("Structures soutenues non localisées", "structures"),
    },
    formula="Structures soutenues en QPV par habitant, rapportées à celles de la même unité urbaine hors "
    "QPV ; région : réunion des unités urbaines qui ont un QPV. Intervalle exact sous 20, du score sinon.",
    reading="Conclure à un sur-soutien ou à un sous-soutien si l’intervalle exclut 1.",
    caveat="Le siège n’est pas le lieu des bénéficiaires. Sans structure hors QPV, il n’y a pas de rapport : "
    "seule la borne basse est donnée.",
    source="Feuille Entreprises soutenues ; QPV, unités urbaines et populations.",
    neutral=1.0,
    judged=("rate_ratio",),
)

T09 = Indicator(
    id="T09",
    label="Autocorrélation spatiale des montants (Moran)",
    question=3,
    effects=("E3.1",),
    reach="actions",
    levels=("R",),
    measures={
        "I": Measure("Indice de Moran", "indice"),
        "expected": Measure("Valeur attendue au hasard", "indice"),
        "p_upper": Measure("Part des permutations au moins aussi concentrées", "probabilité"),
        "islands": Measure("Communes sans voisine, retirées", "communes"),
    },
    formula="Montant par habitant des communes, parts déclarées seulement ; contiguïté standardisée en "
    "ligne ; probabilité par permutation des communes.",
    reading="Au-dessus de l’attendu : des poches de soutien.",
    caveat="Rien sous 30 communes soutenues. Les actions réparties au prorata des habitants créeraient "
    "d’elles-mêmes une autocorrélation : elles sont exclues. Dépend du découpage.",
    source="Feuilles Financements et Lieux (parts) ; contiguïté des communes.",
    judged=("I",),
)
