"""Words and pieces: what people said and what was found, beside the effect it supports or contradicts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from graphmodel.answers.statement import Part, Statement
from graphmodel.contract_graph import ContractGraph
from graphmodel.frames import records_of
from graphmodel.french import NBSP, quoted
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.registry import indicators
from graphmodel.indicators.territories.policy import acts_of
from graphmodel.indicators.value import IndicatorValue
from graphmodel.secrecy import Mode

CONTRADICTS, NUANCES, SUPPORTS = "contradicts", "nuances", "supports"

STANCES = (CONTRADICTS, NUANCES, SUPPORTS)
"""Order in which findings are read: contradictions first."""

_VERBS = {CONTRADICTS: "contredit", NUANCES: "nuance", SUPPORTS: "appuie"}
_KINDS = {"entretien": "Un entretien", "cas": "Une étude de cas", "enquête": "Une enquête"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A finding: what it says, where it comes from, and what it is about.

    Attributes
    ----------
    id, kind, excerpt, on
        Identifier, kind (entretien, cas, enquête), words, date.
    stance
        `contradicts`, `nuances` or `supports`.
    effects, actions
        Identifiers of the expected effects and of the actions.
    territories
        Codes of the territories it is about.
    documents
        Identifiers of the pieces it is drawn from.
    """

    id: str
    kind: str
    excerpt: str | None
    stance: str | None
    on: date | None
    effects: tuple[str, ...]
    actions: tuple[str, ...]
    territories: tuple[str, ...]
    documents: tuple[str, ...]
    fictional: bool


def pieces(graph: ContractGraph) -> tuple[Piece, ...]:
    """Return the findings of a contract, contradictions first, then by date."""
    about = {label: _targets(graph, "ABOUT", label) for label in ("ExpectedEffect", "Action", "Territory")}
    drawn = _targets(graph, "PART_OF", "Document")
    codes = {str(key): str(code) for key, code in graph.nodes("Territory")["code"].items()}
    found = []
    for row in records_of(graph.nodes("Finding")):
        key = str(row["key"])
        found.append(
            Piece(
                id=str(row["id"]),
                kind=str(row.get("kind") or "constat"),
                excerpt=cast("str | None", row.get("excerpt")),
                stance=cast("str | None", row.get("stance")),
                on=cast("date | None", row.get("date")),
                effects=_ids(graph, "ExpectedEffect", about["ExpectedEffect"][key]),
                actions=_ids(graph, "Action", about["Action"][key]),
                territories=tuple(codes[name] for name in about["Territory"][key]),
                documents=_ids(graph, "Document", drawn[key]),
                fictional=bool(row.get("fictional")),
            )
        )
    order = {stance: rank for rank, stance in enumerate(STANCES)}
    return tuple(sorted(found, key=lambda p: (order.get(str(p.stance), len(order)), p.on or date.max, p.id)))


def _targets(graph: ContractGraph, kind: str, label: str) -> defaultdict[str, list[str]]:
    rows = graph.relationships(kind)
    rows = rows[(rows["source_label"] == "Finding") & (rows["target_label"] == label)]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for source, target in zip(rows["source"], rows["target"], strict=True):
        found[str(source)].append(str(target))
    return found


def _ids(graph: ContractGraph, label: str, keys: list[str]) -> tuple[str, ...]:
    names = graph.nodes(label)["id"]
    return tuple(sorted(str(names[key]) for key in keys))


def about_effect(every: tuple[Piece, ...], effect: str, mode: Mode) -> list[Statement]:
    """Return one sentence for each finding about an effect.

    An excerpt is somebody's words: a publication says what the finding does, and keeps the words.
    """
    return [_sentence(piece, effect, mode) for piece in every if effect in piece.effects]


def _sentence(piece: Piece, effect: str, mode: Mode) -> Statement:
    who = _KINDS.get(piece.kind, f"Un constat ({piece.kind})")
    when = "" if piece.on is None else f" de {piece.on.year}"
    verb = _VERBS.get(str(piece.stance), "parle de")
    where = f", action {', '.join(piece.actions)}" if piece.actions else ""
    words = piece.excerpt.rstrip(". ") if piece.excerpt and mode == "working" else None
    said = f"{NBSP}: {words if '«' in words else quoted(words)}" if words else ""
    part: Part = "contradiction" if piece.stance == CONTRADICTS else "pièce"
    return Statement(f"{who}{when} {verb} l’effet {effect} ({piece.id}{where}){said}.", part, effect,
                     pieces=(piece.id,))  # fmt: skip


def pointed(values: Sequence[IndicatorValue], context: EvaluationContext) -> list[IndicatorValue]:
    """Return the values with the pieces that speak of them.

    T19 points to the findings on its effect; a change of T13 to those on the effects it informs; a score of
    T13 to the acts that make it and to what was said or written of that authority.
    """
    by_effect: defaultdict[str, list[str]] = defaultdict(list)
    by_place: defaultdict[str, list[str]] = defaultdict(list)
    for piece in context.kept("pieces", lambda: pieces(context.graph)):
        for effect in piece.effects:
            by_effect[effect].append(f"Finding:{piece.id}")
        for code in piece.territories:
            by_place[code].append(f"Finding:{piece.id}")
    for document, code in _documents(context.graph):
        by_place[code].append(f"Document:{document}")
    acts = acts_of(context)
    found = []
    for value in values:
        told: list[str] = []
        if value.indicator == "T19":
            told = by_effect[value.params.get("effect", "")]
        elif value.indicator == "T13" and value.measure == "score":
            code = value.params["territory"]
            made = acts.get((code, int(value.params["year"])), ())
            told = [*(f"PolicyAct:{act}" for act in made), *by_place[code]]
        elif value.indicator == "T13" and value.measure is not None:
            told = [name for effect in indicators()["T13"].effects for name in by_effect[effect]]
        found.append(replace(value, pieces=tuple(dict.fromkeys(told))) if told else value)
    return found


def _documents(graph: ContractGraph) -> list[tuple[str, str]]:
    """Return the documents about a territory: identifier, and code of the territory."""
    codes, names = graph.nodes("Territory")["code"], graph.nodes("Document")["id"]
    links = graph.ends("ABOUT", "Document", "Territory")
    return [(str(names[document]), str(codes[territory])) for document, territory in links.items()]
