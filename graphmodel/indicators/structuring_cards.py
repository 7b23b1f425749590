"""The cards of question 1: what the structuring indicators say and do not say, in French."""

from graphmodel.indicators.registry import Indicator, Measure

_LINKS = "liens"
_SHARE = "proportion"
_P = "probabilité"

_PARTS = "Feuilles Participations et Actions ; couverture : feuille Bilans."
_WORLDS = "Feuilles Participations et Organisations (colonne monde) ; couverture : feuille Bilans."

S01 = Indicator(
    id="S01",
    label="Part d’actions collectives et taille moyenne",
    question=1,
    effects=("E1.1",),
    reach="actions",
    levels=("R", "axis"),
    measures={
        "share_collective": Measure("Part des actions à deux opérateurs ou plus", _SHARE),
        "mean_size": Measure("Nombre moyen d’opérateurs par action", "opérateurs par action"),
    },
    formula="Actions actives réunissant au moins deux opérateurs, rapportées aux actions actives de "
    "l’année ; moyenne du nombre d’opérateurs par action active.",
    reading="Une hausse dit que les tours de table s’élargissent ; elle ne dit rien de la profondeur de "
    "la coopération.",
    caveat="Un partenaire déclaré n’est pas forcément actif, et un bilan mieux rempli fait monter la "
    "moyenne.",
    source=_PARTS,
)

S02 = Indicator(
    id="S02",
    label="Densité de coopération à cohorte constante",
    question=1,
    effects=("E1.1",),
    reach="contract",
    levels=("X", "axis"),
    measures={
        "links": Measure("Paires d’opérateurs ayant une action commune", _LINKS),
        "density": Measure("Part des paires possibles qui sont liées", _SHARE),
        "expected_links": Measure("Liens attendus du hasard, tailles fixées", _LINKS),
        "expected_density": Measure("Densité attendue du hasard, tailles fixées", _SHARE),
        "excess": Measure("Densité observée moins densité attendue", _SHARE),
        "p_le": Measure("Part des tirages qui ne dépassent pas l’observé", _P),
        "p_ge": Measure("Part des tirages qui atteignent l’observé", _P),
    },
    formula="Paires d’opérateurs ayant au moins une action commune, rapportées aux paires possibles de "
    "la cohorte (présents dans une vague au moins, ou dans toutes) ; l’attendu garde la taille "
    "de chaque action et le nombre d’actions de chaque opérateur.",
    reading="Seul l’excès sur l’attendu parle de structure : une densité qui monte peut ne dire que des "
    "tours de table plus larges.",
    caveat="Chaque action forme une clique ; la cohorte présente dans toutes les vagues ne retient que "
    "ceux qui restent.",
    source=_PARTS,
    neutral=0.0,
    judged=("excess",),
)

S03 = Indicator(
    id="S03",
    label="Intensité de coopération",
    question=1,
    effects=("E1.1",),
    reach="contract",
    levels=("X", "axis", "N"),
    measures={
        "mean_strength": Measure("Force moyenne des opérateurs", "actions collectives"),
        "S03b_share_repeated": Measure("Part des paires liées par deux actions ou plus", _SHARE),
        "strength": Measure("Force d’un opérateur", "actions collectives"),
        "weight": Measure("Poids du lien de deux opérateurs", "poids"),
    },
    formula="Poids de Newman : chaque action commune compte pour 1/(k − 1), k étant son nombre "
    "d’opérateurs ; la force d’un opérateur est la somme de ses poids.",
    reading="Un poids élevé dit une coopération répétée en petits groupes ; la part de paires reliées "
    "plusieurs fois dit des liens qui se renforcent.",
    caveat="La force d’un opérateur n’est rien d’autre que le nombre d’actions collectives où il figure.",
    source=_PARTS,
)

S04 = Indicator(
    id="S04",
    label="Persistance et renouvellement des liens",
    question=1,
    effects=("E1.1",),
    reach="contract",
    levels=("X",),
    measures={
        "jaccard": Measure("Liens communs rapportés à l’ensemble des liens", _SHARE),
        "persistence": Measure("Part des liens qui demeurent", _SHARE),
        "common": Measure("Liens communs aux deux années", _LINKS),
        "created": Measure("Liens nouveaux", _LINKS),
        "lost": Measure("Liens disparus", _LINKS),
    },
    formula="Liens de deux années comparés : communs sur l’union, communs sur ceux de la première, "
    "nouveaux, disparus ; aussi entre opérateurs présents aux deux dates, et sans ceux dont un "
    "bilan manque.",
    reading="Peu de liens communs mais une forte persistance : le réseau grandit. Les deux faibles : il "
    "se recompose.",
    caveat="Un lien disparu peut n’être qu’une action achevée ou un bilan qui n’est pas arrivé.",
    source=_PARTS,
)

S05 = Indicator(
    id="S05",
    label="Indice E-I entre ESS et économie classique",
    question=1,
    effects=("E1.2",),
    reach="contract",
    levels=("X", "axis", "N"),
    measures={
        "E": Measure("Liens entre les deux mondes", _LINKS),
        "I": Measure("Liens à l’intérieur des deux mondes", _LINKS),
        "EI": Measure("Indice E-I", "indice de −1 à 1"),
        "EI_newman": Measure("Indice E-I pondéré", "indice de −1 à 1"),
        "EI_expected": Measure("Indice E-I d’un mélange homogène", "indice de −1 à 1"),
        "gap": Measure("Écart de l’indice à l’attendu", "indice de −2 à 2"),
        "p_le": Measure("Part des permutations qui ne dépassent pas l’observé", _P),
        "p_ge": Measure("Part des permutations qui atteignent l’observé", _P),
        "d_ext": Measure("Densité entre les deux mondes", _SHARE),
        "d_int": Measure("Densité à l’intérieur des deux mondes", _SHARE),
        "EI_node": Measure("Indice E-I d’un opérateur", "indice de −1 à 1"),
    },
    formula="(E − I)/(E + I), E liens entre ESS et économie classique, I liens internes ; acteurs "
    "publics et recherche retirés avant projection ; attendu d’un mélange homogène, et "
    "permutation des mondes.",
    reading="Écart à l’attendu négatif : cloisonnement ; proche de 0 : mélange au hasard. Il y a progrès"
    " quand l’écart se rapproche de 0 et que la densité entre mondes monte.",
    caveat="Sans valeur quand l’économie classique compte moins de deux opérateurs ; les sociétés "
    "commerciales de l’ESS sont comptées des deux façons ; citer une PME n’est pas coopérer avec "
    "elle.",
    source=_WORLDS,
    neutral=0.0,
    judged=("gap",),
)

S06 = Indicator(
    id="S06",
    label="Part d’actions décloisonnées",
    question=1,
    effects=("E1.2",),
    reach="actions",
    levels=("R", "axis"),
    measures={
        "share_mixed": Measure("Part des actions réunissant ESS et économie classique", _SHARE),
        "expected_mixed": Measure("Part attendue si les mondes étaient tirés au hasard", _SHARE),
    },
    formula="Actions actives ayant au moins un opérateur de l’ESS et un de l’économie classique, "
    "rapportées aux actions actives.",
    reading="Complète l’indice E-I sans dépendre de la projection.",
    caveat="Plus une action est grande, plus il est probable qu’elle mêle les mondes : lire à côté de "
    "l’attendu.",
    source=_WORLDS,
    judged=("share_mixed",),
)

S07 = Indicator(
    id="S07",
    label="Diversité des familles de l’ESS",
    question=1,
    effects=("E1.1",),
    reach="actions",
    levels=("R", "axis"),
    measures={
        "blau": Measure("Indice de Blau", "indice de 0 à 1"),
        "iqv": Measure("Diversité rapportée à son maximum", "indice de 0 à 1"),
        "coverage": Measure("Part des familles possibles qui sont présentes", _SHARE),
        "without_family": Measure("Participations de l’ESS dont la famille est inconnue", "participations"),
    },
    formula="1 moins la somme des carrés des parts de chaque famille dans les participations de l’ESS ; "
    "divisé par 1 − 1/K, K étant le nombre de familles possibles.",
    reading="À 1, les familles se partagent également les participations.",
    caveat="Les associations dominent l’ESS : comparer à la composition régionale. La liste des familles"
    " doit rester figée.",
    source="Feuilles Participations et Organisations (colonnes monde et famille) ; familles possibles : "
    "contrat.",
    judged=("blau", "iqv", "coverage"),
)

S08 = Indicator(
    id="S08",
    label="Intermédiation",
    question=1,
    effects=("E1.1", "E4.2"),
    reach="contract",
    levels=("N",),
    measures={"betweenness": Measure("Part des plus courts chemins qui passent par l’opérateur", _SHARE)},
    formula="Part des plus courts chemins entre deux autres opérateurs de la cohorte qui passent par "
    "celui-ci ; bande : une action retirée à la fois.",
    reading="Dit qui relie des opérateurs sans action commune.",
    caveat="Très sensible aux bilans manquants : ne pas publier de palmarès quand la bande change l’ordre.",
    source=_PARTS,
)

S09 = Indicator(
    id="S09",
    label="Centralisation et dépendance au pivot",
    question=1,
    effects=("E1.1", "E4.2"),
    reach="contract",
    levels=("X", "N"),
    measures={
        "freeman": Measure("Centralisation des degrés", "indice de 0 à 1"),
        "dependence": Measure("Part des paires joignables perdues sans l’opérateur", _SHARE),
        "core_periphery_r": Measure("Corrélation au motif cœur-périphérie", "corrélation"),
        "core_periphery_expected": Measure("Corrélation attendue du hasard à degrés égaux", "corrélation"),
        "core_periphery_p": Measure("p : part des tirages au moins aussi corrélés au motif", _SHARE),
    },
    formula="Écarts au degré maximal, rapportés à ceux d’une étoile ; part des paires d’autres "
    "opérateurs qui ne se joignent plus une fois l’opérateur retiré ; meilleure corrélation à un"
    " motif cœur-périphérie.",
    reading="Une dépendance élevée au pivot dit que l’animation tient le réseau ; sa baisse dit qu’il "
    "s’autonomise.",
    caveat="Le pivot anime le contrat : une dépendance est attendue. Le cœur n’est nommé que s’il est seul "
    "possible ; au-delà de vingt opérateurs liés, sa recherche est approchée. Le hasard se compare à degrés "
    "égaux, la recherche refaite à chaque tirage ; dès que les tirages ne sont plus tous énumérés, parmi les "
    "cœurs formés des plus hauts degrés, dans le réseau observé comme dans les tirages.",
    source=_PARTS,
)

S10 = Indicator(
    id="S10",
    label="Rôles de passeur entre mondes",
    question=1,
    effects=("E1.2", "E4.2"),
    reach="contract",
    levels=("N",),
    measures={
        "coordination": Measure("Coordination : trois opérateurs du même monde", "deux-chemins ouverts"),
        "consultant": Measure(
            "Consultant : deux d’un même monde, reliés par un autre", "deux-chemins ouverts"
        ),
        "gateway": Measure("Passerelle : relie son monde à un autre", "deux-chemins ouverts"),
        "liaison": Measure("Liaison : trois mondes différents", "deux-chemins ouverts"),
        "broker": Measure("Passeur : consultant, passerelle et liaison", "deux-chemins ouverts"),
        "broker_expected": Measure(
            "Passeur attendu quand les mondes sont tirés au sort", "deux-chemins ouverts"
        ),
        "broker_p_ge": Measure("p : part des tirages où il est passeur au moins autant", _SHARE),
        "broker_p_le": Measure("p : part des tirages où il est passeur au plus autant", _SHARE),
    },
    formula="Chemins i–v–j dont les bouts ne sont pas liés, classés selon les mondes des trois opérateurs.",
    reading="Dit qui relie des mondes qui ne le sont pas autrement.",
    caveat="Croît avec la taille et la densité du réseau : ne pas comparer deux années sans elles, ni lire "
    "un nombre sans celui que donnent les mondes tirés au sort sur le même réseau.",
    source=_WORLDS,
)

S11 = Indicator(
    id="S11",
    label="Audience grand public rapportée à la population",
    question=1,
    effects=("E1.4",),
    reach="actions",
    levels=("R",),
    measures={
        "per_1000": Measure("Audience pour 1 000 habitants", "pour 1 000 habitants"),
        "index": Measure("Audience, base 100 à l’année de référence", "indice base 100"),
    },
    formula="Audience de chaque support rapportée à la population régionale ; audience rapportée à celle"
    " de l’année de référence. Les supports ne s’additionnent pas.",
    reading="Mesure une exposition, non la connaissance de l’ESS.",
    caveat="Une audience du web change quand l’outil de mesure change ; une même personne compte par "
    "support.",
    source="Feuille Observations (clé audience).",
)

S12 = Indicator(
    id="S12",
    label="Place de l’innovation sociale",
    question=1,
    effects=("E1.5",),
    reach="actions",
    levels=("R", "axis"),
    measures={
        "share_actions": Measure("Part des actions cotées qui relèvent de l’innovation sociale", _SHARE),
        "share_paid": Measure("Part des montants payés qui vont à l’innovation sociale", _SHARE),
        "ungraded": Measure("Actions actives non cotées", "actions"),
    },
    formula="Actions actives qualifiées par la grille, rapportées aux actions actives cotées ; montants "
    "payés de l’année aux actions qualifiées, rapportés à ceux des actions cotées.",
    reading="Mesure la place faite à l’innovation sociale, non son résultat.",
    caveat="Coter « axe II = innovation sociale » serait une tautologie : seule la grille qualifie.",
    source="Feuilles Actions (innovation sociale), Participations et Financements.",
    judged=("share_actions", "share_paid"),
)
