"""The cards of question 4: what the governance and follow-up indicators say and do not say, in French."""

from graphmodel.indicators.registry import Indicator, Measure

_SHARE = "proportion"

G01 = Indicator(
    id="G01",
    label="Tenue des instances et participation",
    question=4,
    effects=("E4.1",),
    reach="contract",
    levels=("body", "college"),
    measures={
        "held": Measure("Réunions tenues sur réunions prévues", _SHARE),
        "attendance": Measure("Présents sur convoqués", _SHARE),
    },
    formula="Somme, instance par instance, des réunions tenues dans la limite du minimum prévu, rapportée "
    "à la "
    "somme des minimums ; présents rapportés aux convoqués, par instance et par collège.",
    reading="Dit si les instances ont vécu et qui y est venu ; l’assiduité des collectivités est la cible.",
    caveat="Une instance qui se réunit plus que prévu n’en compense pas une autre. Un excusé reste "
    "convoqué. Une "
    "instance sans minimum est hors du calcul ; les comités techniques « pourront » se réunir : voir sans "
    "eux.",
    source="Feuille Instances et réunions.",
    conditioned=False,
)

G02 = Indicator(
    id="G02",
    label="Retour des bilans",
    question=4,
    effects=("E4.3",),
    reach="contract",
    levels=("R", "axis", "operator"),
    measures={
        "received": Measure("Bilans reçus sur bilans attendus", _SHARE),
        "on_time": Measure("Bilans reçus à temps sur bilans attendus", _SHARE),
        "median_delay_days": Measure("Délai médian de réception", "jours"),
    },
    formula="Bilans reçus, puis reçus au plus tard le jour dû, rapportés aux bilans attendus (opérateur, "
    "action et "
    "année) ; médiane de la date de réception moins la date due, sur les bilans reçus.",
    reading="Sous 60 % de bilans reçus, rien de ce qui repose sur eux n’a de valeur.",
    caveat="Est attendu le bilan d’une convention signée. Un délai négatif est une avance.",
    source="Feuille Bilans.",
    conditioned=False,
)

G03 = Indicator(
    id="G03",
    label="Complétude des mesures",
    question=4,
    effects=("E4.3",),
    reach="contract",
    levels=("all", "year", "action", "key"),
    measures={
        "completeness": Measure("Mesures renseignées sur mesures attendues", _SHARE),
        "share_two_sources": Measure("Mesures renseignées attestées par deux sources ou plus", _SHARE),
    },
    formula="Mesures renseignées rapportées aux mesures attendues moins celles sans objet ; parmi les "
    "renseignées "
    "dont le nombre de sources est connu, part de celles que deux sources attestent.",
    reading="Filtre de publication : une mesure peu renseignée ne soutient pas de conclusion.",
    caveat="Une mesure à zéro est renseignée ; une case vide ne l’est pas.",
    source="Feuille Mesures.",
    conditioned=False,
)

G04 = Indicator(
    id="G04",
    label="Exécution financière",
    question=4,
    effects=("E4.3",),
    reach="contract",
    levels=("total", "funder", "axis", "funder_axis"),
    judged=("paid_over_planned", "agreed_over_planned"),
    measures={
        "paid_over_planned": Measure("Payé sur prévu", "€ par €"),
        "agreed_over_planned": Measure("Conventionné sur prévu", "€ par €"),
        "planned": Measure("Montant prévu", "€"),
        "agreed": Measure("Montant conventionné", "€"),
        "paid": Measure("Montant payé", "€"),
        "paid_unknown": Measure("Paiements de montant non dit", "paiements"),
    },
    formula="Sommes payées, puis conventionnées, rapportées aux sommes prévues, d’un financeur, d’un axe "
    "ou de tous ; "
    "sans valeur dès qu’une ligne du périmètre est inconnue d’un côté. Les sommes elles-mêmes ne comptent "
    "que les montants connus ; les paiements de montant non dit sont comptés à part.",
    reading="Un rapport de 1 dit que le prévu a été exécuté.",
    caveat="Le montant de l’État est prévisionnel ; 2015 et 2016 n’ont pas de montant à la convention. Un "
    "montant "
    "connu au seul niveau du contrat n’entre dans aucun axe.",
    source="Feuille Financements.",
    conditioned=False,
)
