"""The cards of T11 and T16: cooperation in and between territories, in French."""

from graphmodel.indicators.registry import Indicator, Measure

T11 = Indicator(
    id="T11",
    label="Dynamique locale de coopération",
    question=3,
    effects=("E3.1", "E1.1"),
    reach="actions",
    levels=("D", "E"),
    measures={
        "operators": Measure("Opérateurs des actions localisées", "opérateurs"),
        "links": Measure("Paires d’opérateurs présents dans une même action localisée", "liens"),
        "density": Measure("Liens sur liens possibles", "proportion"),
        "share_local_seat": Measure("Part des opérateurs qui ont leur siège sur place", "proportion"),
        "share_new_operators": Measure(
            "Part des opérateurs absents à la situation de référence", "proportion"
        ),
        "unknown_seats": Measure("Opérateurs dont le siège est inconnu", "opérateurs"),
    },
    formula="Opérateurs des actions qui ont lieu dans le territoire, actions régionales et animation "
    "exclues ; liens entre ceux d’une même action ; part de ceux dont le siège est dans le territoire.",
    reading="Plus d’acteurs, plus de liens, plus d’ancrage.",
    caveat="Effectifs locaux très petits. Les agglomérations sont avantagées. La densité baisse d’elle-même "
    "quand le nombre d’opérateurs croît.",
    source="Feuilles Lieux, Participations et Organisations (siège).",
    judged=("operators", "links", "density", "share_local_seat", "share_new_operators"),
)

T16 = Indicator(
    id="T16",
    label="Coopération entre territoires",
    question=3,
    effects=("E3.1",),
    reach="contract",
    levels=("X",),
    measures={
        "overlap": Measure("Population commune sur celle du plus petit", "proportion"),
        "share_pairs": Measure("Part des paires de collectivités qui ont une action commune", "proportion"),
        "excluded_pairs": Measure("Paires écartées : territoires trop recouvrants", "paires"),
    },
    formula="Paires de collectivités engagées dans une même action de l’année (porteur, partenaire ou "
    "financeur ; animation exclue), sur les paires dont la population commune ne dépasse pas la "
    "moitié de la plus petite.",
    reading="Articulation entre territoires de même rang.",
    caveat="Sans cette exclusion, une ville et son agglomération compteraient comme une coopération.",
    source="Feuille Participations (engagements) ; périmètres et populations.",
    judged=("share_pairs",),
)
