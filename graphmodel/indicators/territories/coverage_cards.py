"""The cards of T01 to T03: what coverage says and does not say, in French."""

from graphmodel.indicators.registry import Indicator, Measure

_COMMUNES = Measure("Part des communes couvertes", "proportion")
_PEOPLE = Measure("Part des habitants des communes couvertes", "proportion")
_STRICT = Measure("Part des habitants, un QPV comptant pour les siens seulement", "proportion")
_PARTIAL = Measure("Communes couvertes par leurs seuls QPV", "communes")
_LEFT_OUT = Measure("Communes que le zonage ne classe ni n’écarte", "communes")

T01 = Indicator(
    id="T01",
    label="Couverture communale et démographique",
    question=3,
    effects=("E3.1",),
    reach="actions",
    levels=("R", "D", "E"),
    measures={
        "share_communes": _COMMUNES,
        "share_population": _PEOPLE,
        "share_population_strict": _STRICT,
        "partial_communes": _PARTIAL,
        "unknown_places": Measure("Lieux cités dont le périmètre est inconnu", "territoires"),
    },
    formula="Communes de l’union des lieux des actions, rapportées à toutes ; mêmes parts en habitants. "
    "Actions régionales exclues. Lieux ciblés ; en variante ciblés ou atteints.",
    reading="Étendue de l’action, non son intensité.",
    caveat="Union, jamais somme. Une commune touchée par ses seuls QPV est comptée et signalée "
    "« partielle » ; la variante stricte n’en compte que les habitants de ces QPV.",
    source="Feuille Lieux ; populations des communes.",
    judged=("share_communes",),
)

T02 = Indicator(
    id="T02",
    label="Couverture des QPV (ciblée, incluse, atteinte)",
    question=3,
    effects=("E3.1",),
    reach="actions",
    levels=("R", "D", "E"),
    measures={
        "share_qpv": Measure("Part des QPV", "proportion"),
        "share_population": Measure("Part des habitants des QPV", "proportion"),
    },
    formula="QPV ciblés : cités comme lieux ; inclus : ciblés, ou dont la commune est dans un territoire "
    "ciblé ; atteints : au moins un bénéficiaire y est localisé (nombre inconnu admis, 0 exclu). "
    "Actions régionales exclues.",
    reading="Lire les trois degrés ensemble : l’écart entre ciblé et inclus est un résultat.",
    caveat="« Inclus » surestime. Les QPV de 2015 sont appliqués à 2014.",
    source="Feuille Lieux ; liste et populations des QPV.",
    judged=("share_qpv",),
)

T03 = Indicator(
    id="T03",
    label="Couverture des communes en ZRR",
    question=3,
    effects=("E3.1",),
    reach="actions",
    levels=("R", "D", "E"),
    measures={
        "share_communes": _COMMUNES,
        "share_population": _PEOPLE,
        "share_population_strict": _STRICT,
        "partial_communes": _PARTIAL,
        "left_out_communes": _LEFT_OUT,
    },
    formula="Comme T01, restreint aux communes classées en ZRR (liste de 2014), et aux autres.",
    reading="À rapprocher de la couverture hors ZRR.",
    caveat="La liste de 2017 ne vaut pas pour 2014-2016. Une commune sans partenaire du contrat n’est pas "
    "une commune oubliée.",
    source="Feuille Lieux ; liste ZRR 2014 ; populations des communes.",
    judged=("share_communes",),
)
