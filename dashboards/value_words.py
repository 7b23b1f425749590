"""The parameters of a result in French words: what « level=E » or « pivot=without » say to a reader."""

from collections.abc import Callable, Mapping
from typing import Final

from dashboards import words
from graphmodel import ContractGraph
from graphmodel.indicators.conclusions import RUNS

_LEVELS: Final = {
    "R": "région", "D": "département", "E": "collectivité ou EPCI", "K": "commune",
    "Q": "quartier prioritaire", "UU": "unité urbaine", "X": "réseau entier",
    "axis": "axe", "action": "action", "funder": "financeur", "funder_axis": "financeur et axe",
    "operator": "opérateur", "total": "ensemble", "key": "mesure", "all": "toutes les mesures",
    "year": "année", "filiere": "filière", "C1": "collectivités partenaires",
}  # fmt: skip

_VALUES: Final = {
    "cohort": {
        "union": "opérateurs de toutes les années", "intersection": "opérateurs présents chaque année",
    },
    "places": {"cible": "lieux ciblés", "cible+atteint": "lieux ciblés ou atteints"},
    "degree": {"cible": "ciblé", "inclus": "inclus", "atteint": "atteint"},
    "zone": {"qpv": "QPV", "zrr": "ZRR", "union": "QPV ou ZRR", "non_zrr": "hors ZRR"},
    "unit": {
        "maille": "par commune ou QPV", "epci": "par EPCI", "departement": "par département",
        "collectivite": "par collectivité",
    },
    "needs": {"all": "tous les besoins", "without_circular": "sans les besoins exprimés après leur réponse"},
    "bodies": {"all": "toutes les instances", "without_CT": "sans les comités techniques"},
    "pairs": {
        "all": "toutes les paires", "present_both": "opérateurs présents les deux années",
        "reports_complete": "actions au bilan reçu les deux années",
    },
    "weights": {"row_standardised": "contiguïté standardisée en ligne", "binary": "contiguïté binaire"},
}  # fmt: skip

_UNSAID: Final = ("level", "scope", "territory", "commune", "year", "year2", "t0")
"""Parameters told together, first."""

_NAMED: Final = {
    "share": "part d’habitants (%)",
    "node": "opérateur", "pair": "paire", "body": "instance", "college": "collège", "support": "support",
    "ptce": "PTCE", "effect": "effet", "action": "action", "key": "mesure",
}  # fmt: skip


_ALL: Final = {"college": "tous les collèges", "body": "toutes les instances", "year": "toutes les années"}


class Circumstances:
    """Tells the parameters of results, with the names of the territories of a graph.

    Parameters
    ----------
    graph
        Snapshot whose territories may be named.
    """

    def __init__(self, graph: ContractGraph) -> None:
        territories = graph.nodes("Territory")
        self._names = dict(zip(territories["code"].astype(str), territories["name"].astype(str), strict=True))

    def told(self, params: Mapping[str, str]) -> str:
        """Return the parameters as one French phrase: « 2016, commune Lyon (69123), sans les actions… »."""
        parts = [*_dates(params), *self._place(params)]
        for name, text in params.items():
            if name in RUNS:
                parts.append(RUNS[name].get(text, text))
            elif name in _VALUES:
                parts.append(_VALUES[name].get(text, text))
            elif name not in _UNSAID:
                parts.append(_ALL.get(name, text) if text == "all" else f"{_NAMED.get(name, name)} {text}")
        return ", ".join(parts)

    def _place(self, params: Mapping[str, str]) -> list[str]:
        if "commune" in params:
            return [self._named("commune", params["commune"])]
        level = params.get("level")
        if level is None:
            return []
        told = _LEVELS.get(level, level)
        code = params.get("territory") or params.get("scope")
        if code is None or code in (level, "R", "X", "all"):
            return [told]
        return [self._named(told, code) if "territory" in params else f"{told} {code}"]

    def _named(self, level: str, code: str) -> str:
        name = self._names.get(code)
        return f"{level} {code}" if name is None or name == code else f"{level} {name} ({code})"


def _dates(params: Mapping[str, str]) -> list[str]:
    year, later, reference = params.get("year"), params.get("year2"), params.get("t0")
    if year is None:
        return []
    if later is not None:
        return [f"de {year} à {later}"]
    told = "toutes les années" if year == "all" else year
    return [f"{told} (référence {reference})" if reference else told]


STATUSES: Final = {
    "V": "diffusable", "A": "secret (moins de trois unités)", "B": "secret (une unité domine)",
    "D": "secret (révélerait une autre valeur)",
}  # fmt: skip

MODES: Final = {
    "working": "Document de travail : toutes les valeurs, y compris celles que le secret statistique couvre",
    "publication": "Publication : les valeurs couvertes par le secret statistique sont tues",
}
"""What each mode says at the head of an output."""

Told = Callable[[Mapping[str, str]], str]


def head(mode: str, *, fictional: bool) -> list[str]:
    """Return the lines at the head of an output: its mode, and whether its data are fictional."""
    told = [words.typeset(MODES[mode])]
    return [*told, f"{words.FICTIONAL}. {words.FICTIONAL_SENTENCE}"] if fictional else told
