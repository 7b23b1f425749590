"""`evaluate`: the indicators with their proof, as a table, as JSON or as a workbook."""

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from dashboards import words
from dashboards.cli.protocols import departures
from dashboards.cli.session import SESSION, json_text
from dashboards.evaluation_table import Shown, evaluation_table
from dashboards.origin import origin_words
from graphmodel import ContractGraph, UsageError
from graphmodel.evaluation import evaluate_contract
from graphmodel.indicators import IndicatorValue, indicator, indicators
from graphmodel.secrecy import Mode

FORMATS = ("table", "json", "xlsx")
_PARAMETERS_OF_PLACE = ("territory", "commune")
_PARAMETERS_OF_TIME = ("year", "year2")
_WHOLE = "R"


class EvaluationMode(StrEnum):
    """What the result is for."""

    WORKING = "working"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class Filter:
    """What part of the catalogue to show: question, indicator, territory, year; None for all."""

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

    def command(self, form: str, out: Path | None, mode: Mode, protocol: Path | None) -> str:
        """Return the command that evaluates the same again."""
        told = {"question": self.question, "indicator": self.indicator, "territory": self.territory,
                "year": self.year, "mode": mode, "format": form, "out": out and out.name,
                "protocol": protocol and protocol.name}  # fmt: skip
        words = [f"--{name} {shlex.quote(str(value))}" for name, value in told.items() if value is not None]
        return " ".join(["maillage evaluate", *words])

    def keeps(self, value: IndicatorValue) -> bool:
        """Tell whether a value is asked for; the entry of a missing input always is."""
        params = value.params
        places = {params[name] for name in _PARAMETERS_OF_PLACE if name in params}
        if value.measure is None:
            return True
        if self.territory is not None and self.territory not in places:
            return False
        return self.year is None or str(self.year) in {params.get(name) for name in _PARAMETERS_OF_TIME}

    @property
    def whole(self) -> bool:
        """True when no part of an indicator is left out: the answers then stand beside the values."""
        return self.indicator is None and self.territory is None and self.year is None


def evaluate(
    chosen: Filter, form: str, out: Path | None, mode: Mode = "working", protocol: Path | None = None
) -> None:
    """Compute the indicators of the store and print or write them.

    Raises
    ------
    UsageError
        An unknown format, territory or year, a workbook without a file to write, or nothing to show.
    """
    if form not in FORMATS:
        raise UsageError(f"Format « {form} » inconnu. Formats : {', '.join(FORMATS)}.")
    if form == "xlsx" and out is None:
        raise UsageError("Un classeur s’écrit dans un fichier : ajoutez --out FICHIER.xlsx.")
    names, asked = chosen.identifiers(), chosen
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
    chosen = known_filter(graph, chosen)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
    with SESSION.step("Calcul des indicateurs"):
        evaluation = evaluate_contract(graph, names, mode)
    values = [value for value in evaluation.values if chosen.keeps(value)]
    if not values:
        raise UsageError(_nothing(chosen))
    command = asked.command(form, out, mode, protocol)
    origin = origin_words(graph, mode, command) if form != "table" or out is not None else ""
    shown = Shown(evaluation, values, departures(graph, protocol), answers=chosen.whole, origin=origin)
    _write(shown, form, out, command)


def _write(shown: Shown, form: str, out: Path | None, command: str) -> None:
    from dashboards.evaluation_workbook import write_workbook

    if form == "xlsx" and out is not None:
        write_workbook(out, shown)
        print(f"Écrit : {out}")
        return
    text = (
        json_text("evaluate", content(shown) | {"command": command})
        if form == "json"
        else evaluation_table(shown)
    )
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")


def content(result: Shown) -> dict[str, Any]:
    """Return the JSON document of an evaluation."""
    evaluation, values = result.evaluation, result.values
    graph = evaluation.context.graph
    shown = {value.indicator for value in values}
    return {
        "store_version": graph.version.number,
        "tool_version": version("maillage"),
        "mode": evaluation.mode,
        "fictional": graph.fictional,
        "values": [
            value.to_json() | {"adjusted_conclusion": evaluation.adjusted.get(value.identity)}
            for value in values
        ],
        "conclusions": {
            name: {"drawn": t.drawn, "established": t.established, "by_chance": t.by_chance}
            for name, t in evaluation.tallies.items()
            if name in shown
        },
        "answers": [answer.to_json() for answer in evaluation.answers] if result.answers else [],
        "deviations": result.deviations,
    }


def known_filter(graph: ContractGraph, chosen: Filter) -> Filter:
    """Return the filter with its territory as a code.

    Raises
    ------
    UsageError
        A territory or a year that nothing speaks of; the nearest ones are suggested.
    """
    if chosen.year is not None and chosen.year not in (known := _years(graph)):
        asked = chosen.year
        near = words.listed(str(year) for year in sorted(sorted(known, key=lambda y: abs(y - asked))[:5]))
        raise UsageError(f"Aucune donnée pour l’année {asked}. Années les plus proches : {near or 'aucune'}.")
    if chosen.territory is None:
        return chosen
    code = _code(graph, chosen.territory)
    return Filter(chosen.question, chosen.indicator, code, chosen.year)


def _years(graph: ContractGraph) -> set[int]:
    declared = cast(Sequence[int], graph.contract.get("years") or ())
    years = {int(year) for year in declared}
    for frame in graph.frames.values():
        if "year" in frame.columns:
            years |= {int(year) for year in frame["year"].dropna().unique()}
    return years


def _code(graph: ContractGraph, query: str) -> str:
    """Return the code of the territory that a code or a name stands for."""
    from geodata.names import resolve

    territories = graph.nodes("Territory")
    codes = set(territories["code"].astype(str)) | {_WHOLE}
    if query in codes:
        return query
    named = territories[territories["name"].astype(str).str.casefold() == query.casefold()]
    found = sorted(set(named["code"].astype(str)))
    if len(found) == 1:
        return found[0]
    code = resolve(query).territory.code
    if code not in codes:
        raise UsageError(f"La base ne parle pas de « {query} » ({code}) : aucun indicateur n’y est calculé.")
    return code


def _nothing(chosen: Filter) -> str:
    asked = [
        chosen.indicator or (f"la question {chosen.question}" if chosen.question else "les indicateurs"),
        *([f"le territoire {chosen.territory}"] if chosen.territory else []),
        *([f"l’année {chosen.year}"] if chosen.year else []),
    ]
    return f"Aucune valeur pour {words.listed(asked)} : rien n’est calculé à ce niveau ou cette année."
