"""The cards of question 2: what the economic indicators say and do not say, in French."""

from graphmodel.indicators.registry import Indicator, Measure

_JOBS = "ETP"

E01 = Indicator(
    id="E01",
    label="Entreprises créées ou reprises et emplois, sans double compte",
    question=2,
    effects=("E2.1",),
    reach="actions",
    levels=("R", "D", "E", "Q", "action"),
    measures={
        "businesses": Measure("Entreprises créées ou reprises, chacune une fois", "entreprises"),
        "duplicate_rate": Measure("Part des soutiens qui comptent une entreprise déjà comptée", "proportion"),
        "fte_gross": Measure("Emplois, action par action", _JOBS),
        "fte": Measure("Emplois, chaque entreprise une fois", _JOBS),
        "businesses_fractional": Measure("Entreprises d’une action, partagées entre actions", "entreprises"),
    },
    formula="Entreprises distinctes (SIREN) soutenues dont l’issue est une création ou une reprise ; "
    "1 moins leur nombre sur la somme par action ; emplois d’une entreprise : la valeur connue du "
    "bilan le plus récent. Par action, une entreprise compte pour 1 sur le nombre d’actions qui "
    "la soutiennent.",
    reading="Entreprises soutenues par le contrat, non créées grâce à lui.",
    caveat="Un entrepreneur salarié d’une CAE n’est pas une entreprise ; un emploi maintenu n’est pas un "
    "emploi créé. Les emplois inconnus sont hors de la somme.",
    source="Feuille Entreprises soutenues.",
    conditioned=False,
    judged=("businesses", "fte"),
)

E02 = Indicator(
    id="E02",
    label="Effet de levier financier",
    question=2,
    effects=("E2.3",),
    reach="actions",
    levels=("R", "axis", "action"),
    measures={"leverage": Measure("Euros mobilisés à côté de chaque euro du contrat", "€ par €")},
    formula="Coût total moins concours du contrat, rapporté à ce concours, sur le payé ; rapport des "
    "sommes sur les actions dont le coût et le concours sont connus.",
    reading="Au-dessus de 0 : des euros sont venus à côté de ceux du contrat.",
    caveat="Un levier n’est pas un effet d’entraînement. 2015 et 2016 ne sont pas engagés par la convention.",
    source="Feuilles Financements et Observations (coût total).",
    neutral=0.0,
    conditioned=False,
)

E03 = Indicator(
    id="E03",
    label="Évolution médiane du chiffre d’affaires des structures accompagnées",
    question=2,
    effects=("E2.3",),
    reach="actions",
    levels=("R", "filiere"),
    measures={
        "median_change": Measure("Évolution médiane du chiffre d’affaires", "proportion"),
        "sign_test_p": Measure("Probabilité du test des signes", "probabilité"),
    },
    formula="Médiane, sur les mêmes structures, du chiffre d’affaires de la seconde année rapporté à celui "
    "de la première, moins 1 ; test des signes bilatéral, ex æquo écartés.",
    reading="Au-dessus de 0 : la moitié des structures suivies au moins a crû.",
    caveat="Les survivantes seulement ; prix courants ; à rapprocher du secteur à date égale.",
    source="Feuilles Entreprises soutenues et Observations (chiffre d’affaires).",
    neutral=0.0,
    judged=("median_change",),
    conditioned=False,
)

E04 = Indicator(
    id="E04",
    label="Filières nouvelles actives",
    question=2,
    effects=("E2.2",),
    reach="actions",
    levels=("R",),
    measures={"new_sectors": Measure("Filières actives qui ne l’étaient pas à la référence", "filières")},
    formula="Filières d’au moins trois membres, deux liens entre membres par les actions de l’année, et deux "
    "familles ou deux mondes ; moins celles qui l’étaient déjà l’année de référence.",
    reading="Filières passées du repérage à la coopération effective.",
    caveat="La convention ne définit pas « filière » : la nomenclature est celle des bilans, à figer.",
    source="Feuilles Filières, Participations et Organisations.",
    conditioned=False,
)
