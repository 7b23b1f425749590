"""Batches that the tests of the stores write: small ones by hand, large ones drawn from the schema."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import strategies as st

from graphmodel.attestations import Attestation, Correction, attest
from graphmodel.batch import Batch, BatchBuilder, Place, Ref, Source, Values
from graphmodel.keys import relationship_key
from graphmodel.plan import Plan, TableChange
from graphmodel.schema import INDEXED, SCHEMA, Property
from graphmodel.stores import Store

CONTRACT = "CES"
HOSTILE = (
    "L’« Étoile »",
    '\'; DROP TABLE "Action"; --',
    "`) DETACH DELETE n //",
    "</script><script>alert(1)</script>",
    '=HYPERLINK("x")',
    "+33",
    "ligne 1\nligne 2\r\n\tfin",
    "\\",
    "{{x}} ${y} $rows",
    "😀 e\u0301 \u202f\u200b\ufeff",
    " ",
    "x" * 20_000,
    "null",
    "0",
    "\x01\x1f\x7f",
)
"""Texts that break what quotes, escapes, indexes or trims badly."""


@dataclass
class Book:
    """A small source that names its file, to write batches in a few words."""

    name: str
    fictional: bool = False
    contract: str = CONTRACT

    def builder(self) -> BatchBuilder:
        """Return an empty builder of this file."""
        source = Source(self.name, f"{self.name}.xlsx", "0" * 64, "workbook", fictional=self.fictional)
        return BatchBuilder(source, contract=self.contract)

    def batch(
        self,
        organisations: Iterable[str] = (),
        signed: Iterable[str] = (),
        **said: object,
    ) -> Batch:
        """Return a contract, organisations (all saying the same properties) and who signed."""
        builder = self.builder()
        contract = builder.node("Contract", self.contract, {"start_year": 2014})
        for row, name in enumerate(organisations, 2):
            builder.node("Organisation", name, said, name=f"Org {name}", place=Place("Organisations", row))
        for name in signed:
            builder.relationship("SIGNED", self.organisation(name), contract, place=Place("Parties", 2))
        return builder.build()

    def organisation(self, name: str) -> Ref:
        """Return the reference of an organisation."""
        return "Organisation", f"{self.contract}/organisation/{name}"


def correction(store: Store, label: str, key: str, said: Values) -> Plan:
    """Return the plan that overrides values of one node."""
    before = store.read(label, [key])[key]
    number = store.version().number
    decided = Correction("Une analyste", "2017-03-01", "Relu sur le procès-verbal")
    statement = Attestation(f"correction {number + 1}", number + 1, False, Place(), None, decided)
    change = TableChange([attest(before, key, said, statement)], {key: before})
    change.counts["changed"] = 1
    return Plan(number, [], {label: change})


# -- anything the schema allows -----------------------------------------------------------------------------

TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20),
)
_FLOATS = st.floats(allow_nan=False, allow_infinity=False)
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), _FLOATS, TEXTS),
    lambda inside: st.one_of(st.lists(inside, max_size=3), st.dictionaries(TEXTS, inside, max_size=3)),
    max_leaves=5,
)
_INTEGERS = st.integers(-(2**63), 2**63 - 1)
_NUMBERS = st.one_of(_FLOATS, st.integers(-1000, 1000))
_BY_TYPE: dict[str, st.SearchStrategy[object]] = {
    "text": TEXTS,
    "integer": _INTEGERS,
    "money": _INTEGERS,
    "number": _NUMBERS,
    "boolean": st.booleans(),
    "date": st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31)),
    "year": st.integers(1900, 2100),
    "share": st.one_of(st.floats(0, 1), st.integers(0, 1)),
    "text_list": st.lists(TEXTS, max_size=3),
    "integer_list": st.lists(_INTEGERS, max_size=3),
    "json": _JSON,
    "point": st.tuples(st.floats(-180, 180), st.floats(-90, 90)),
}


def values_of(prop: Property) -> st.SearchStrategy[object]:
    """Return what a property may hold."""
    if prop.enumeration:
        return st.sampled_from(sorted(SCHEMA.enumerations[prop.enumeration].french))
    if (prop.owner, prop.name) in INDEXED:
        return TEXTS.map(lambda text: text[:2000]).filter(bool)
    return _BY_TYPE[prop.type]


@st.composite
def said(draw: st.DrawFn, table: str) -> Values:
    """Return values of one row: required properties, and some of the others."""
    properties = SCHEMA.tables[table].properties.values()
    chosen = [p for p in properties if p.required or draw(st.booleans())]
    return {p.name: draw(values_of(p)) for p in chosen}


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    """Return a batch with two nodes of every label and a relationship of every type."""
    builder = Book("tiré au sort", fictional=draw(st.booleans())).builder()
    refs: dict[str, list[Ref]] = {}
    for label in SCHEMA.nodes:
        for at in range(2):
            key = f"{CONTRACT}/{label}/{at}/{draw(TEXTS)[:500]}"
            refs.setdefault(label, []).append(
                builder.node(label, draw(TEXTS), draw(said(label)), name=draw(TEXTS), key=key)
            )
    for kind, table in SCHEMA.relationships.items():
        source, target = draw(st.sampled_from(sorted(table.endpoints)))
        ends = draw(st.sampled_from(refs[source])), draw(st.sampled_from(refs[target]))
        values = draw(said(kind))
        if len(relationship_key(kind, ends[0][1], ends[1][1], values)) <= 2000:
            builder.relationship(kind, *ends, values, place=Place("Feuille", draw(st.integers(1, 10**6))))
    return builder.build()
