"""The measures of territories that maps on screen and on paper share: what each shows, and how to say it.

A measure is one measure of one indicator with its parameters, or the number of actions counted on the graph.
Values are in `dashboards.measured`; limits between classes in `dashboards.class_limits`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from dashboards import words

Level = Literal["commune", "epci", "departement"]
"""Units of a map."""
Nature = Literal["ratio", "count"]
"""A ratio fills its unit by class; a count is a circle whose area is in proportion to it."""
Kind = Literal["euros", "share", "index", "number"]
"""How a value is written."""

LEVELS: Final[tuple[Level, ...]] = ("commune", "epci", "departement")
LEVEL_NAMES: Final[Mapping[Level, str]] = {
    "commune": "Communes", "epci": "EPCI", "departement": "Départements",
}  # fmt: skip
"""Levels as the settings bar names them."""
LETTERS: Final[Mapping[Level, str]] = {"commune": "K", "epci": "E", "departement": "D"}
"""Levels as the indicators name them."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of territories.

    Attributes
    ----------
    id
        Name in the address, such as `T06`.
    name
        Words of the choice and of the legend's title.
    question
        Question of the page; `{year}` is replaced.
    about
        What stands beside the question: what is left out, how it is counted.
    nature, kind
        How it is drawn and how its values are written.
    unit, column
        Words after a value, and head of its column.
    zero
        What a territory of value zero does, in the plural: « n’ont rien reçu ».
    levels
        Units it is known for, the widest first choice being `epci`.
    indicator, measure, params
        Where its values are in the evaluation; indicator None counts actions on the graph.
    limits
        Limits of its own between classes; None takes round numbers near the quintiles of all the years.
    palette
        `sequential`, or `diverging` around a reference value.
    """

    id: str
    name: str
    question: str
    about: str
    nature: Nature
    kind: Kind
    unit: str
    column: str
    zero: str
    levels: tuple[Level, ...] = ("epci", "departement")
    indicator: str | None = None
    measure: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    limits: tuple[float, ...] | None = None
    palette: str = "sequential"

    @property
    def needs_indicators(self) -> bool:
        """True when its values come from the evaluation, which takes a while to be there."""
        return self.indicator is not None

    @property
    def decimals(self) -> int:
        """Digits shown after the comma."""
        return {"index": 2, "euros": 2 if self.nature == "ratio" else 0}.get(self.kind, 0)

    @property
    def said(self) -> str:
        """Words of the choice: « T06 · Montant payé par habitant »."""
        return f"{self.indicator} · {self.name}" if self.indicator else self.name

    def asked(self, year: int) -> str:
        """Return the question of a year."""
        return words.typeset(self.question.format(year=year))

    def number(self, value: float) -> str:
        """Return the number of a value as tables and legends write it: « 0,44 », « 71 », « 1 869 »."""
        shown = value * 100 if self.kind == "share" else value
        return words.number(shown, 0 if shown == 0 or shown >= 1000 else self.decimals)

    def told(self, value: float) -> str:
        """Return a value with its unit: « 0,44 € par habitant », « 71 % des habitants », « 4 actions »."""
        unit = words.plural(int(value), *self.unit.split("|")) if "|" in self.unit else self.unit
        space = words.NNBSP if unit[:1] in "€%" else words.NBSP
        return f"{self.number(value)}{space}{unit}"

    def brief(self, value: float) -> str:
        """Return a value with the sign of its unit alone: « 0,44 € », « 71 % », « 4 actions », « 1,39 »."""
        if self.kind == "index":
            return self.number(value)
        sign = self.unit[:1]
        return f"{self.number(value)}{words.NNBSP}{sign}" if sign in "€%" else self.told(value)

    def unit_of(self, value: float) -> str:
        """Return the words that follow the number of a value: « actions », « € par habitant »."""
        return words.plural(int(value), *self.unit.split("|")) if "|" in self.unit else self.unit


_SHARES: Final = (0.25, 0.5, 0.75, 1.0)
"""Limits of shares: quarters, and the whole apart."""
_INDEX: Final = (0.5, 0.9, 1.1, 2.0)
"""Limits of a ratio of shares around 1, where the zone gets its part."""
_ALL: Final[tuple[Level, ...]] = LEVELS

MEASURES: Final[tuple[Measure, ...]] = (
    Measure(
        "T06", "Montant payé par habitant", "Où va l’argent du contrat en {year} ?",
        "hors actions régionales", "ratio", "euros", "€ par habitant", "€ par hab.", "n’ont rien reçu",
        _ALL, "T06", "per_inhabitant", {"ubiquitous": "without"},
    ),
    Measure(
        "T06-region", "Montant par habitant, actions régionales comprises",
        "Où va l’argent du contrat en {year} ?", "actions régionales réparties selon la population", "ratio",
        "euros", "€ par habitant", "€ par hab.", "n’ont rien reçu",
        _ALL, "T06", "per_inhabitant", {"ubiquitous": "with"},
    ),
    Measure(
        "T06-montant", "Montant payé", "Combien reçoit chaque territoire en {year} ?",
        "hors actions régionales", "count", "euros", "€", "€", "n’ont rien reçu",
        _ALL, "T06", "amount", {"ubiquitous": "without"},
    ),
    Measure(
        "actions", "Nombre d’actions", "Où agit le contrat en {year} ?",
        "actions localisées, hors actions régionales", "count", "number", "action|actions", "Actions",
        "n’ont aucune action", _ALL,
    ),
    Measure(
        "T01", "Habitants des communes où une action a lieu", "Qui est couvert par une action en {year} ?",
        "lieux ciblés ou atteints", "ratio", "share", "% des habitants", "% hab.", "ne sont pas couverts",
        indicator="T01", measure="share_population", params={"places": "cible+atteint"}, limits=_SHARES,
    ),
    Measure(
        "T02", "Habitants des QPV atteints", "Les quartiers prioritaires sont-ils atteints en {year} ?",
        "part des habitants des QPV du territoire", "ratio", "share", "% des habitants des QPV", "% hab. QPV",
        "n’ont aucun QPV atteint", indicator="T02", measure="share_population",
        params={"degree": "atteint"}, limits=_SHARES,
    ),
    Measure(
        "T03", "Habitants de la ZRR couverts", "La campagne est-elle couverte en {year} ?",
        "communes classées en ZRR, lieux ciblés ou atteints", "ratio", "share", "% des habitants de la ZRR",
        "% hab. ZRR", "n’ont aucune commune couverte", indicator="T03", measure="share_population",
        params={"places": "cible+atteint", "zone": "zrr"}, limits=_SHARES,
    ),
    Measure(
        "T04-qpv", "Ciblage financier des QPV", "Les QPV reçoivent-ils leur part en {year} ?",
        "part du montant sur part des habitants : 1 = à proportion", "ratio", "index",
        "fois la part d’habitants", "Indice", "n’ont rien pour leurs QPV", indicator="T04", measure="index",
        params={"ubiquitous": "without", "zone": "qpv"}, limits=_INDEX, palette="diverging",
    ),
    Measure(
        "T04-zrr", "Ciblage financier de la ZRR", "La ZRR reçoit-elle sa part en {year} ?",
        "part du montant sur part des habitants : 1 = à proportion", "ratio", "index",
        "fois la part d’habitants", "Indice", "n’ont rien pour leur ZRR", indicator="T04", measure="index",
        params={"ubiquitous": "without", "zone": "zrr"}, limits=_INDEX, palette="diverging",
    ),
    Measure(
        "T11", "Nombre d’acteurs", "Où travaillent les acteurs du contrat en {year} ?",
        "opérateurs des actions localisées", "count", "number", "acteur|acteurs", "Acteurs",
        "n’ont aucun acteur", indicator="T11", measure="operators",
    ),
    Measure(
        "T11-siege", "Acteurs dont le siège est ici", "Les acteurs sont-ils d’ici en {year} ?",
        "part des opérateurs des actions localisées", "ratio", "share", "% des acteurs", "% d’ici",
        "n’ont que des acteurs d’ailleurs", indicator="T11", measure="share_local_seat",
        limits=(0.1, 0.25, 0.5),
    ),
)  # fmt: skip
"""Every measure, in the order of the choice; the first is the default."""

COUNTED: Final = next(measure for measure in MEASURES if not measure.needs_indicators)
"""The measure that is there before the indicators are."""
MEASURE_BY_NAME: Final = {measure.id: measure for measure in MEASURES}
"""Measures by their name in the address."""


def measure_of(identifier: str) -> Measure | None:
    """Return a measure by its name in the address; None for an unknown one."""
    return MEASURE_BY_NAME.get(identifier)
