"""What a workbook may refer to without holding it: the contract, its actions and parties, the territories."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from geodata.territories import Territories, load_reference
from graphmodel.batch import Batch, Ref
from graphmodel.contract_graph import ContractGraph, Selection
from graphmodel.frames import records_of
from graphmodel.keys import territory_key
from graphmodel.stores import Store

TerritoryKeys = dict[tuple[str, str], str]
"""Keys of territories by (level, code)."""

_LABELS = (
    "Contract", "Axis", "Action", "Organisation", "GovernanceBody", "Ptce", "Sector", "Meeting", "Need",
    "Instrument", "ExpectedEffect", "Report", "Document",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownNode:
    """A node that can be referred to by its identifier or by its name."""

    label: str
    key: str
    id: str
    name: str

    @property
    def ref(self) -> Ref:
        """The node as a builder takes it."""
        return self.label, self.key


@dataclass(slots=True)
class Known:
    """What a workbook may refer to.

    Attributes
    ----------
    contract
        Properties of the contract, its `id` included; empty when there is none.
    nodes
        Nodes by label, then by folded identifier or name.
    territories
        Keys of territories by level and code.
    administered
        Key of the territory that an organisation administers, by key of the organisation.
    codes
        Code of the territories of a store by key: a key names the one meant when several bear a code.
    trusting
        True while a copy of the store is read: what the store holds is not questioned again.
    """

    contract: Mapping[str, object] = field(default_factory=dict)
    nodes: dict[str, dict[str, KnownNode]] = field(default_factory=dict)
    territories: TerritoryKeys = field(default_factory=dict)
    administered: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    trusting: bool = False

    def add(self, node: KnownNode) -> None:
        """Add a node; an identifier wins over a name when two nodes could be meant."""
        words = self.nodes.setdefault(node.label, {})
        words[fold(node.id)] = node
        words.setdefault(fold(node.name), node)

    def find(self, label: str, word: str) -> KnownNode | None:
        """Return the node of a label that a word names, by identifier or by name."""
        return self.nodes.get(label, {}).get(fold(word))

    def identifiers(self, label: str) -> list[str]:
        """Return the identifiers of the nodes of a label."""
        return sorted({node.id for node in self.nodes.get(label, {}).values()})

    def names(self, label: str) -> list[str]:
        """Return the identifiers and names of the nodes of a label."""
        found = self.nodes.get(label, {}).values()
        return sorted({word for node in found for word in (node.id, node.name)})

    def copy(self) -> "Known":
        """Return a copy to which nodes can be added."""
        nodes = {label: dict(words) for label, words in self.nodes.items()}
        return Known(self.contract, nodes, dict(self.territories), dict(self.administered), dict(self.codes))

    @property
    def lists(self) -> dict[str, dict[str, str]]:
        """Lists the contract declares: French word by stored value."""
        criteria = self.contract.get("policy_criteria")
        found = {"criteria": dict(criteria)} if isinstance(criteria, Mapping) else {}
        for name, prop in (("links", "chain_links"), ("families", "possible_families")):
            words = self.contract.get(prop)
            if isinstance(words, list | tuple):
                found[name] = {str(word): str(word) for word in words}
        return found

    @property
    def years(self) -> frozenset[int]:
        """Years of the contract, empty when it declares none."""
        start, end = self.contract.get("start_year"), self.contract.get("end_year")
        if isinstance(start, int) and isinstance(end, int):
            return frozenset(range(start, end + 1))
        years = self.contract.get("years")
        return frozenset(map(int, years)) if isinstance(years, list | tuple) else frozenset()


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return a word as it is compared: no accents, no case, one space, `II_1.1` and `II.1.1` alike.

    >>> fold(" Économie  Sociale ") == fold("economie sociale")
    True
    """
    plain = unicodedata.normalize("NFKD", word.replace("’", "'").replace("_", "."))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split())


def known_of_batches(batches: Iterable[Batch], reference: Territories | None = None) -> Known:
    """Return what batches and the territory reference make known.

    Parameters
    ----------
    batches
        Such as the convention's, before anything is written.
    reference
        Territories; None for those the package carries.
    """
    known = Known(territories=reference_keys(reference or load_reference()))
    for batch in batches:
        for label, rows in batch.rows.items():
            _add_rows(known, label, [{**row.values, "key": row.key} for row in rows])
    return known


def known_of_graph(graph: ContractGraph, reference: Territories | None = None) -> Known:
    """Return what a snapshot and the territory reference make known."""
    known = Known(territories=reference_keys(reference or load_reference()))
    for label in (*_LABELS, "Territory"):
        _add_rows(known, label, records_of(graph.nodes(label)))
    _add_rows(known, "ADMINISTERS", records_of(graph.relationships("ADMINISTERS")))
    return known


def known_of_store(store: Store, contract: str | None = None) -> Known:
    """Return what a store makes known, of one contract when it holds several."""
    graph = store.snapshot(Selection(contract=contract))
    return known_of_graph(graph)


def reference_keys(reference: Territories) -> TerritoryKeys:
    """Return the keys of the official territories."""
    found: TerritoryKeys = {}
    for level in ("commune", "epci", "departement", "region"):
        frame = reference.frame(level)
        vintage = str(frame.attrs["vintage"])
        found.update({(level, str(code)): territory_key(level, str(code), vintage) for code in frame.index})
    return found


def _add_rows(known: Known, label: str, rows: Iterable[Mapping[str, object]]) -> None:
    for row in rows:
        key = str(row["key"])
        if label == "Territory":
            # The reference keeps its own keys: a second vintage of a code never takes the place of the first.
            known.territories.setdefault((str(row["level"]), str(row["code"])), key)
            known.codes[key] = str(row["code"])
        elif label == "ADMINISTERS":
            known.administered[str(row["source"])] = str(row["target"])
        elif label in _LABELS:
            identifier = str(row["id"])
            known.add(KnownNode(label, key, identifier, str(row.get("name") or identifier)))
            if label == "Contract":
                known.contract = {**row, "id": identifier}
