"""Values of T06 and T02 on the small contract, made by hand: a value, zero, no data, secret."""

from collections.abc import Iterator

from dashboards.territory_units import units_of
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import IndicatorValue
from graphmodel.indicators.context import EvaluationContext
from graphmodel.secrecy import Mode, Status

GRENOBLE, VOIRON, VAL_DE_DROME, DIOIS = "200040715", "243800984", "242600252", "242600534"
"""Codes of EPCI: secret in 2015; then a value each year; no data in 2015; zero."""
PAID = {GRENOBLE: 1.13, VOIRON: 0.99, VAL_DE_DROME: 0.18, DIOIS: 0.0}


def _value(
    indicator: str,
    measure: str,
    value: float | None,
    params: dict[str, str],
    secrecy: Status,
    reason: str | None,
) -> IndicatorValue:
    return IndicatorValue(
        indicator=indicator, measure=measure, params=params, question=3, effect="E3.1", reach="actions",
        fictional=True, value=value, unit="€/hab.", secrecy=secrecy, reason=reason,
    )  # fmt: skip


def values(mode: Mode) -> Iterator[IndicatorValue]:
    """Yield euros per inhabitant of every EPCI and of two communes, and the quarters of Grenoble."""
    ranks = {code: rank for rank, code in enumerate(sorted(units_of("epci")))}
    for year in ("2014", "2015", "2016"):
        for code, rank in ranks.items():
            value: float | None = PAID.get(code, 0.02 * (rank % 30))
            secrecy: Status = "A" if code == GRENOBLE and year == "2015" else "V"
            reason = None
            if code == VAL_DE_DROME and year == "2015":
                value, reason = None, "bilan non reçu"
            if secrecy != "V" and mode == "publication":
                value, reason = None, "secret statistique : moins de trois unités"
            params = {"level": "E", "territory": code, "year": year, "ubiquitous": "without"}
            yield _value("T06", "per_inhabitant", value, params, secrecy, reason)
        for code, value in (("38563", 2.07), ("38185", 0.4)):
            params = {"level": "K", "territory": code, "year": year, "ubiquitous": "without"}
            yield _value("T06", "per_inhabitant", value, params, "V", None)
        for code in units_of("commune"):
            if code[:2] == "38":
                params = {"level": "K", "territory": code, "year": year, "ubiquitous": "without"}
                yield _value("T06", "amount", 100.0, params, "V", None)
        params = {"level": "E", "territory": GRENOBLE, "year": year, "degree": "atteint"}
        yield _value("T02", "share_population", 0.25, params, "V", None)


def evaluation_of(graph: ContractGraph, mode: Mode = "publication") -> Evaluation:
    """Return an evaluation that holds those values alone."""
    return Evaluation(EvaluationContext(graph), mode, tuple(values(mode)), {}, {}, (), ())
