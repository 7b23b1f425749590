"""The cooperation network as a workbook: the reading, the operators' measures and ranks, what they say."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from dashboards import words
from dashboards.data_tables import Column, Table, Value
from dashboards.data_workbook import about_rows, write_workbook
from graphmodel import ContractGraph
from graphmodel.cooperation.actor_table import Actor, ActorTable, actor_table
from graphmodel.cooperation.communities import STABLE
from graphmodel.cooperation.exchange import NetworkView
from graphmodel.cooperation.measures import NETWORK_MEASURES, NODE_MEASURES
from graphmodel.indicators import EvaluationContext
from graphmodel.indicators.network_reading import read_network
from graphmodel.schema import SCHEMA
from graphmodel.secrecy import Mode

UNSTABLE = "rang instable : il change si une action manque"
STABLE_RANK = "rang stable"


def network_tables(graph: ContractGraph, view: NetworkView, sentences: Iterable[str]) -> tuple[Table, ...]:
    """Return the sheets of the workbook.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    view
        Year and part of the cooperation looked at.
    sentences
        Reading of the whole contract.

    Raises
    ------
    UsageError
        No operator takes part in an action there.
    """
    found = actor_table(graph, view.year, view.seen)
    return _reading(sentences), _whole(found), _actors(found), _definitions()


def write_network_workbook(graph: ContractGraph, out: Path, view: NetworkView, mode: Mode, command: str,
                           sentences: Iterable[str] | None = None) -> Path:  # fmt: skip
    """Write the workbook; `command` makes it again; `sentences` is the reading, made here when not given."""
    tables = network_tables(graph, view, reading_sentences(graph) if sentences is None else sentences)
    return write_workbook(out, tables, about_rows(graph, tables, mode, command))


def reading_sentences(graph: ContractGraph) -> list[str]:
    """Return the sentences that read the network of the whole contract; see `read_network`."""
    return [words.typeset(sentence.text) for sentence in read_network(EvaluationContext(graph))]


def _reading(sentences: Iterable[str]) -> Table:
    rows = [(sentence,) for sentence in sentences]
    return _table(
        "reading", "Lecture", "Une phrase, écrite à partir des valeurs.", [("Phrase", "text", "")], rows
    )


def _whole(found: ActorTable) -> Table:
    columns = [
        ("Mesure", "text", ""),
        ("Valeur", "number", ""),
        ("Unité", "text", ""),
        ("Lecture", "text", ""),
    ]
    rows: list[tuple[Value, ...]] = [
        (measure.label, value, measure.unit, words.typeset(measure.reading))
        for measure, value in found.network
    ]
    held = "les groupes tiennent" if found.stability >= STABLE else "groupes instables : ne pas les nommer"
    rows.append(
        ("Stabilité des groupes", found.stability, "indice", f"Accord d’un essai à l’autre : {held}.")
    )
    return _table("network", "Réseau", "Une mesure du réseau entier.", columns, rows)


def _actors(found: ActorTable) -> Table:
    columns = [
        ("Code", "text", "Identifiant de l’organisation."),
        ("Opérateur", "text", ""),
        ("Monde", "text", ""),
        ("Groupe", "integer", "Rang du groupe, le plus grand d’abord ; voir la stabilité des groupes."),
        ("Point de coupure", "boolean", "Vrai si le réseau se défait sans lui."),
        ("Liaisons entre mondes", "integer", "Chemins ouverts qui joignent des mondes en passant par lui."),
    ]
    for measure in NODE_MEASURES:
        columns += [
            (measure.label, "number", words.typeset(f"{measure.reading} {measure.caveat}")),
            (f"{measure.label} : rang", "integer", "1 pour la plus forte valeur."),
            (f"{measure.label} : bas", "number", "Plus petite valeur quand une action est retirée."),
            (f"{measure.label} : haut", "number", "Plus grande valeur quand une action est retirée."),
            (f"{measure.label} : tenue", "text", "Stable si l’intervalle ne rencontre celui d’aucun autre."),
        ]
    return _table(
        "actors", "Opérateurs", "Un opérateur du réseau.", columns, [_row(one) for one in found.actors]
    )


def _row(actor: Actor) -> tuple[Value, ...]:
    world = None if actor.world is None else SCHEMA.french("world", actor.world)
    cells: list[Value] = [actor.id, actor.name, world, actor.group, actor.cut, actor.roles.broker]
    for measure in NODE_MEASURES:
        own = actor.measures[measure.id]
        held = None if own.rank is None else STABLE_RANK if own.stable else UNSTABLE
        cells += [own.value, own.rank, own.low, own.high, held]
    return tuple(cells)


def _definitions() -> Table:
    heads = ("Mesure", "Porte sur", "Étendue", "Unité", "Lecture", "Précaution")
    rows = [
        (measure.label, subject, measure.range, measure.unit,
         words.typeset(measure.reading), words.typeset(measure.caveat))
        for subject, measures in (("opérateur", NODE_MEASURES), ("réseau", NETWORK_MEASURES))
        for measure in measures
    ]  # fmt: skip
    return _table("measures", "Définitions", "Une mesure.", [(head, "text", "") for head in heads], rows)


def _table(name: str, title: str, sentence: str, columns: Sequence[tuple[str, str, str]],
           rows: Iterable[tuple[Value, ...]]) -> Table:  # fmt: skip
    return Table(name, title, sentence, tuple(Column(*column) for column in columns), tuple(rows), 0)
