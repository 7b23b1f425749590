"""Words and pieces: what people said and what was found, beside the effect it supports or contradicts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import cast

from graphmodel.answers.statement import Part, Statement
from graphmodel.contract_graph import ContractGraph
from graphmodel.frames import records_of
from graphmodel.french import NBSP, quoted
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
