"""Ask a store: a server answers in Cypher, a file from its snapshot; same rows, same order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from graphmodel.contract_graph import Selection
from graphmodel.errors import UsageError
from graphmodel.questions.model import Question, Row
from graphmodel.questions.parameters import Name, read_parameters, resolve
from graphmodel.questions.view import View
from graphmodel.schema import SCHEMA
from graphmodel.selection import unknown_contract
from graphmodel.stores.base import Store


@runtime_checkable
class CypherStore(Protocol):
    """A store that answers Cypher."""

    def rows(self, query: str, parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """Return the rows of a reading query."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer.

    Attributes
    ----------
    question
        What was asked.
    params
        Value of every parameter, None for those left out.
    rows
        Cells in the order of the question's columns: text, integer, float, boolean, date, list or None.
    """

    question: Question
    params: dict[str, object]
    rows: list[Row]


def ask(store: Store, question: Question, given: Mapping[str, str], contract: str | None = None) -> Answered:
    """Return the answer of a store to a question.

    Parameters
    ----------
    store
        Where to ask.
    given
        Texts of the parameters by name.
    contract
        Identifier of the contract; None for the only one.

    Raises
    ------
    UsageError
        A parameter does not do, names something the store does not hold, or the contract must be chosen.
    """
    params = read_parameters(question, given)
    if isinstance(store, CypherStore):
        return _ask_server(store, question, params, contract)
    graph = store.snapshot(Selection(contract=contract))
    _chosen(contract, graph.contracts)
    view = View(graph)
    params = resolve(question, params, lambda label: _names_of_view(view, label))
    return Answered(question, params, question.rows(view, params))


def _ask_server(
    store: CypherStore, question: Question, params: dict[str, object], contract: str | None
) -> Answered:
    contracts = [str(row[0]) for row in store.rows("MATCH (c:Contract) RETURN c.id ORDER BY c.id", {})]
    chosen = _chosen(contract, contracts)
    params = resolve(question, params, lambda label: _names_of_server(store, label, chosen))
    return Answered(question, params, store.rows(question.cypher, {**params, "contract": chosen}))


def _names_of_view(view: View, label: str) -> list[Name]:
    return [
        (key, node.get("id"), node.get("code"), node.get("name")) for key, node in view.nodes(label).items()
    ]


def _names_of_server(store: CypherStore, label: str, contract: str | None) -> list[Name]:
    # A label is no value: only those of the schema, in a parameter's declaration, come here.
    query = (
        f"MATCH (n:`{SCHEMA.nodes[label].name}`) WHERE n.contract IS NULL OR n.contract = $contract "
        "RETURN n.key, n.id, n.code, n.name ORDER BY n.key"
    )
    return store.rows(query, {"contract": contract})


def _chosen(contract: str | None, contracts: Sequence[str]) -> str | None:
    """Return the contract to ask about: the one named, else the only one, None in a store without any."""
    if contract is not None and contract not in contracts:
        raise unknown_contract(contract, contracts)
    if contract is None and len(contracts) > 1:
        raise UsageError(
            f"La base contient plusieurs contrats ({', '.join(contracts)}) : précisez --contract."
        )
    return contract if contract is not None else next(iter(contracts), None)
