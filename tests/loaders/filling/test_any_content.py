"""Whatever a store holds, its copy read back changes nothing."""

import datetime
import tempfile
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graphmodel import Store, open_store
from graphmodel.batch import BatchBuilder, Source
from loaders.filling import store_content
from loaders.template import write_template
from loaders.workbook import known_of_store

from .conftest import read_back

TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
    st.sampled_from(
        ["=1+1", "-", "nc", "0123", "1,5", "01/02/2014", "oui", " a ", "a;b", "Ficti\nA", "é" * 300]
    ),
)
NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=8)
DATES = st.dates(datetime.date(1800, 1, 1), datetime.date(2100, 1, 1))
NUMBERS = st.floats(-1e12, 1e12)
CENTS = st.integers(0, 10**13)


@st.composite
def builders(draw: st.DrawFn) -> BatchBuilder:
    """Return a contract with whatever people may have written of it."""
    builder = BatchBuilder(Source("s", "s", "0" * 64, "json"), contract="C")
    contract = builder.node("Contract", "C", {"years": [2014], "start_year": 2014, "end_year": 2014})
    action = builder.node("Action", "II_1.1", {"note": draw(st.none() | TEXTS)}, at=2014)
    organisations = [
        builder.node("Organisation", identifier, {"note": draw(st.none() | TEXTS)}, name=draw(NAMES | TEXTS))
        for identifier in draw(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.casefold))
    ]
    for number, organisation in enumerate(organisations):
        role = draw(st.sampled_from(["pilot", "partner", "funder"]))
        values = {"role": role, "year": draw(st.none() | st.integers(1990, 2030)), "basis": "report"}
        builder.relationship("TAKES_PART_IN", organisation, action, values)
        amount = {"amount": draw(st.none() | CENTS), "kind": draw(st.none() | st.just("paid")), "year": 2014}
        funding = builder.node("Funding", f"f{number}", amount)
        builder.relationship("ABOUT", funding, draw(st.sampled_from([action, contract])))
        if draw(st.booleans()):
            builder.relationship("FUNDS", organisation, funding)
    measured = {"metric": draw(TEXTS), "value": draw(st.none() | NUMBERS), "year": 2014, "status": "reported"}
    measure = builder.node("Measure", draw(NAMES), measured)
    builder.relationship("ABOUT", measure, action)
    need = {"text": draw(st.none() | TEXTS), "date": draw(st.none() | DATES), "priority": 2}
    builder.relationship("EXPRESSES", organisations[0], builder.node("Need", draw(NAMES), need))
    return builder


def round_trip(store: Store) -> None:
    """Copy a store into a workbook, read it back, and see that nothing would change."""
    content, _ = store_content(store.snapshot())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copie.xlsx"
        write_template(path, content, lists=known_of_store(store).lists)
        plan = store.plan(read_back(store, path), replace=True)
    assert plan.empty
    for counts in plan.counts().values():
        assert (counts["added"], counts["changed"], counts["removed"]) == (0, 0, 0)


@settings(max_examples=12, deadline=None, phases=[Phase.generate])
@given(builders())
def test_any_copy_changes_nothing(builder: BatchBuilder) -> None:
    with open_store("sqlite:///:memory:", create=True) as store:
        store.apply(store.plan(builder.build()))
        round_trip(store)


def test_disputed_and_corrected_values_stay_so() -> None:
    with open_store("sqlite:///:memory:", create=True) as store:
        for source, note in (("a", "une note"), ("b", "une autre")):
            builder = BatchBuilder(Source(source, source, "0" * 64, "json"), contract="C")
            builder.node("Contract", "C", {"years": [2014]})
            builder.node("Organisation", "o", {"note": note, "acronym": note}, name=f"Ficti {source}")
            store.apply(store.plan(builder.build()))
        round_trip(store)
        assert store.snapshot().nodes("Organisation").loc["C/organisation/o", "conflicts"] is not None
