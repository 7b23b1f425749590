"""The six figures of « L’essentiel »: each with its n, its interval and the method of it, its conclusion."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboards import words
from dashboards.prints.ground import print_ground
from dashboards.sheets.subject import Subject
from graphmodel import ContractGraph
from graphmodel.indicators import IndicatorValue
from graphmodel.secrecy import Mode

METHODS: Mapping[str, str] = {
    "wilson": "Wilson", "exact": "exact", "score": "score", "delta": "delta",
    "order statistics": "statistiques d’ordre",
}  # fmt: skip
FEW = 20
"""Under this number of units a proportion is written « 3 sur 10 », never as a percentage alone."""
INDICATORS = ("T02", "T05", "T06", "T11", "T12", "T13")
"""Indicators a sheet draws on."""
PLACED = ("T02", "T06", "T11")
"""Indicators that need the perimeter."""
CENSUS = "recensement"
"""Said in the place of a method: every unit was counted, so that there is no interval."""


@dataclass(frozen=True, slots=True)
class Card:
    """One figure.

    Attributes
    ----------
    title, figure, detail
        What it is, the figure large, what stands beside or under it.
    low, at, high
        Interval and value on the axis of the card, 0 to 1; None without one.
    ends, neutral
        Words at the two ends of the axis; where 1 stands on that of a ratio.
    degree
        Degree of conclusion; empty when none is drawn.
    foot
        n and method.
    """

    title: str
    figure: str
    detail: str
    foot: str
    degree: str = ""
    low: float | None = None
    at: float | None = None
    high: float | None = None
    ends: tuple[str, str] = ("", "")
    neutral: float | None = None


class Values:
    """The values of an evaluation, found by what they speak of."""

    def __init__(self, values: Iterable[IndicatorValue], mode: Mode) -> None:
        self.mode: Mode = mode
        self.every = [value for value in values if value.indicator in INDICATORS]

    def find(self, indicator: str, measure: str, **params: str) -> list[IndicatorValue]:
        """Return the values of a measure whose parameters are those given, by year."""
        found = [
            value
            for value in self.every
            if value.indicator == indicator
            and value.measure == measure
            and all(value.params.get(name) == text for name, text in params.items())
        ]
        return sorted(found, key=lambda value: value.params.get("year", ""))

    def absence(self, indicator: str) -> str:
        """Return why an indicator says nothing of a territory."""
        whole = [value for value in self.every if value.indicator == indicator and value.measure is None]
        return (whole[0].reason if whole else None) or (
            "calculé seulement pour les EPCI, les départements et les collectivités parties au contrat"
        )


def share(value: float, n: int) -> str:
    """Return a proportion: « 3 sur 10 » under twenty units, a percentage from there.

    >>> share(0.3, 10)
    '3 sur 10'
    """
    return f"{round(value * n)} sur {n}" if n < FEW else words.percent(value, 0)


def essential(values: Values, subject: Subject, graph: ContractGraph) -> tuple[Card, ...]:
    """Return the six cards of a territory."""
    where, placed = {"territory": subject.code}, bool(subject.communes)
    quarters = values.find("T02", "share_qpv", **where, year="all", degree="cible")
    needs = values.find("T12", "answer_rate", **where, needs="all")
    seats = values.find("T11", "share_local_seat", **where)
    return (
        _proportion("QPV ciblés par une action (T02)", quarters, values, "T02", placed),
        _equity(values, subject, graph),
        _proportion("Besoins ayant une réponse (T12)", needs, values, "T12", placed),
        _proportion("Opérateurs ayant leur siège ici (T11)", seats, values, "T11", placed),
        _paid(values, subject),
        _strategy(values, subject),
    )


def _unknown(
    title: str, value: IndicatorValue | None, values: Values, indicator: str, placed: bool = True
) -> Card:
    reason = value.reason if value is not None else values.absence(indicator)
    if value is None and not placed and indicator in PLACED:
        reason = "périmètre inconnu"
    if value is not None and value.secrecy not in (None, "V") and values.mode == "publication":
        return Card(title, words.SECRET, str(reason), "")
    return Card(title, words.NOT_COMPUTABLE, str(reason), "")


def _year(value: IndicatorValue) -> str:
    return "toutes années" if value.params["year"] == "all" else value.params["year"]


def _proportion(
    title: str, found: list[IndicatorValue], values: Values, indicator: str, placed: bool
) -> Card:
    value = found[-1] if found else None
    if value is None or value.value is None or value.n is None:
        return _unknown(title, value, values, indicator, placed)
    rate, n, bounds = float(value.value), value.n, value.interval
    if bounds is None:
        unknown = values.find("T11", "unknown_seats", **{k: value.params[k] for k in ("territory", "year")})
        missing = unknown[0].value if unknown else 0
        said = f", {words.counted(int(missing), 'siège inconnu', 'sièges inconnus')}" if missing else ""
        return Card(title, share(rate, n), _year(value) + said, f"n = {words.number(n)}, {CENSUS}",
                    value.conclusion or "", at=rate, ends=("0 %", "100 %"))  # fmt: skip
    detail = f"[{words.number(bounds.low * 100)} ; {words.number(bounds.high * 100)}] %"
    return Card(
        title, share(rate, n), f"{detail}, {_year(value)}",
        f"n = {words.number(n)}, {METHODS[bounds.method]}", value.conclusion or "",
        bounds.low, rate, bounds.high, ("0 %", "100 %"),
    )  # fmt: skip


def _equity(values: Values, subject: Subject, graph: ContractGraph) -> Card:
    title = "Équité QPV / environnement (T05)"
    unit = urban_unit(graph, subject)
    if unit is None:
        return Card(title, words.NOT_COMPUTABLE, "aucune unité urbaine connue sur ce territoire", "")
    code, name = unit
    found = values.find("T05", "rate_ratio", territory=code)
    value = found[-1] if found else None
    if value is None or value.value is None:
        return _unknown(title, value, values, "T05")
    bounds, ratio = value.interval, float(value.value)
    told = f"{name}, {_year(value)}"
    n = f"n = {words.number(value.n or 0)}"
    if bounds is None:
        return Card(title, words.number(ratio, 2), told, n, value.conclusion or "")
    high = words.number(bounds.high, 2) if math.isfinite(bounds.high) else "∞"
    return Card(
        title, words.number(ratio, 2), f"[{words.number(bounds.low, 2)} ; {high}] {told}",
        f"{n}, {METHODS[bounds.method]}", value.conclusion or "",
        _log(bounds.low), _log(ratio), _log(bounds.high), ("≤ 0,25", "≥ 4"), 0.5,
    )  # fmt: skip


def _log(ratio: float) -> float:
    """Return where a ratio stands on an axis from a quarter to four times, logarithmic."""
    bounded = min(4.0, max(0.25, ratio))
    return (math.log2(bounded) + 2) / 4


def urban_unit(graph: ContractGraph, subject: Subject) -> tuple[str, str] | None:
    """Return code and name of the urban unit where most inhabitants of a territory live."""
    frame = graph.nodes("Territory")
    contains = graph.relationships("CONTAINS")
    units = frame.index[frame["level"] == "urban_unit"]
    codes, people = frame["code"].astype(str), print_ground().populations
    inside: dict[str, int] = {}
    rows = contains[contains["source"].isin(units)]
    for unit, commune in zip(rows["source"], rows["target"].map(codes), strict=True):
        if commune in subject.communes:
            inside[str(unit)] = inside.get(str(unit), 0) + (people.get(str(commune)) or 0)
    key = max(sorted(inside), key=lambda one: inside[one], default=None)
    return None if key is None else (str(codes[key]), str(frame["name"][key]))


def _paid(values: Values, subject: Subject) -> Card:
    found = values.find("T06", "per_inhabitant", territory=subject.code, ubiquitous="without")
    value = found[-1] if found else None
    title = "Payé par habitant (T06)"
    if value is None or value.value is None:
        return _unknown(title, value, values, "T06", bool(subject.communes))
    region = values.find("T06", "per_inhabitant", level="R", ubiquitous="without", year=value.params["year"])
    mean = region[0].value if region else None
    beside = f"région : {words.number(float(mean), 2)} €" if mean is not None else "région : non publiée"
    warn = " ; secret en publication" if value.secrecy not in (None, "V") else ""
    return Card(
        title, f"{words.number(float(value.value), 2)} €", f"en {value.params['year']}, {beside}{warn}",
        f"{words.number(value.n or 0)} habitants, {CENSUS}", value.conclusion or "",
    )  # fmt: skip


def _strategy(values: Values, subject: Subject) -> Card:
    title = "Stratégie ESS, six critères (T13)"
    found = values.find("T13", "score", territory=subject.code)
    if not found or found[-1].value is None:
        return _unknown(title, found[-1] if found else None, values, "T13")
    first, last = found[0], found[-1]
    if len(found) > 1 and first.value is not None:
        figure = f"{first.value} → {last.value}"
        detail = f"critères sur 6, de {first.params['year']} à {last.params['year']}"
    else:
        figure, detail = f"{last.value} sur 6", f"en {last.params['year']} ; état de départ non établi"
    return Card(title, figure, detail, f"n = 6 critères, {CENSUS}", last.conclusion or "")
