"""`evaluate`: the indicators with their proof, as a table, as JSON or as a workbook."""

import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import xlsxwriter

from dashboards import words
from dashboards.cli.session import SESSION, json_text
from graphmodel import ContractGraph, UsageError
from graphmodel.indicators import EvaluationContext, IndicatorValue, compute, indicator, indicators
from graphmodel.indicators.conclusions import conclude

FORMATS = ("table", "json", "xlsx")
UNBOUNDED = "∞"
"""A ratio over a count of zero has no upper bound: no number, and nothing a spreadsheet can hold as one."""
_PARAMETERS_OF_PLACE = ("territory", "commune")
_COLUMNS = ("Indicateur", "Mesure", "Paramètres", "Valeur", "Unité", "n", "Bas", "Haut", "Méthode", "Raison")


@dataclass(frozen=True, slots=True)
class Filter:
    """What part of the catalogue to show: question, indicator, territory code, year; None for all."""

    question: int | None
    indicator: str | None
    territory: str | None
    year: int | None

    def identifiers(self) -> list[str]:
        """Return the indicators to compute.

        Raises
        ------
        UsageError
            An unknown indicator, or one that belongs to another question.
        """
        if self.indicator is not None:
            card = indicator(self.indicator)
            if self.question not in (None, card.question):
                raise UsageError(f"{card.id} relève de la question {card.question}.")
            return [card.id]
        return [name for name, card in indicators().items() if self.question in (None, card.question)]

    def keeps(self, value: IndicatorValue) -> bool:
        """Tell whether a value is asked for; the entry of a missing input always is."""
        params = value.params
        places = {params[name] for name in _PARAMETERS_OF_PLACE if name in params}
        if value.measure is None:
            return True
        if self.territory is not None and self.territory not in places:
            return False
        return self.year is None or str(self.year) in (params.get("year"), params.get("year2"))


def evaluate(chosen: Filter, form: str, out: Path | None) -> None:
    """Compute the indicators of the store and print or write them.

    Raises
    ------
    UsageError
        An unknown format, or a workbook without a file to write.
    """
    if form not in FORMATS:
        raise UsageError(f"Format « {form} » inconnu. Formats : {', '.join(FORMATS)}.")
    if form == "xlsx" and out is None:
        raise UsageError("Un classeur s’écrit dans un fichier : ajoutez --out FICHIER.xlsx.")
    names = chosen.identifiers()
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
    with SESSION.step("Calcul des indicateurs"):
        context = EvaluationContext(graph)
        values = [value for value in conclude(compute(context, names), context).values if chosen.keeps(value)]
    if form == "xlsx" and out is not None:
        _write_workbook(out, values)
        print(f"Écrit : {out}")
        return
    text = json_text("evaluate", _content(graph, values)) if form == "json" else _table(values)
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")


def _content(graph: ContractGraph, values: Sequence[IndicatorValue]) -> dict[str, Any]:
    return {
        "store_version": graph.version.number,
        "tool_version": version("maillage"),
        "mode": "working",
        "fictional": graph.fictional,
        "values": [value.to_json() for value in values],
        "answers": [],
    }


def _table(values: Iterable[IndicatorValue]) -> str:
    lines = []
    title = None
    for value in values:
        if value.indicator != title:
            title = value.indicator
            lines.append(f"\n{title} {indicator(title).label}")
        lines.append(f"  {_line(value)}")
    return "\n".join(lines).lstrip("\n") + "\n"


def _line(value: IndicatorValue) -> str:
    params = ", ".join(f"{name}={text}" for name, text in value.params.items())
    label = indicator(value.indicator).measures[value.measure].label if value.measure else "—"
    if value.value is None:
        return f"{label} ({params}) : {words.NOT_COMPUTABLE}, {value.reason}"
    shown = words.number(value.value, 0 if isinstance(value.value, int) else 4)
    bounds = value.interval
    between = f" [{_bound(bounds.low)} ; {_bound(bounds.high)}]" if bounds else ""
    n = f", n = {words.number(value.n)}" if value.n is not None else ""
    return f"{label} ({params}) : {shown} {value.unit}{between}{n}"


def _bound(bound: float) -> str:
    return words.number(bound, 4) if math.isfinite(bound) else UNBOUNDED


def _cell(bound: float) -> float | str:
    return bound if math.isfinite(bound) else UNBOUNDED


def _write_workbook(path: Path, values: Iterable[IndicatorValue]) -> None:
    """Write one typed row per value; texts never become formulas."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    # Opened here, so that a path that cannot be written is refused like any other.
    with path.open("wb") as stream, xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet("Valeurs")
        sheet.write_row(0, 0, _COLUMNS, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for row, value in enumerate(values, start=1):
            params = ", ".join(f"{name}={text}" for name, text in value.params.items())
            bounds = value.interval
            cells = [
                value.indicator, value.measure, params, value.value, value.unit, value.n,
                bounds and bounds.low, bounds and _cell(bounds.high), bounds and bounds.method, value.reason,
            ]  # fmt: skip
            sheet.write_row(row, 0, cells)
        sheet.autofit()
