"""Who says what: agreement, conflict, correction, withdrawal, whatever the order of loads."""

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmodel import open_store
from graphmodel.attestations import (
    Attestation,
    Correction,
    Record,
    attest,
    decode_attestation,
    encode_attestation,
    said_by,
    withdraw,
)
from graphmodel.batch import Place, Values
from tests.graphmodel.stores.material import Book

KEY = "C/organisation/A"


def statement(source: str, load: int = 1, *, fictional: bool = False, why: str | None = None) -> Attestation:
    """Return what a source states; a correction when a reason is given."""
    correction = None if why is None else Correction("Une analyste", "2017-03-01", why)
    return Attestation(source, load, fictional, Place("Organisations", 2), None, correction)


def record_of(*said: tuple[str, Values]) -> Record:
    """Return the record that statements make, in their order."""
    record: Record | None = None
    for load, (source, values) in enumerate(said, 1):
        record = attest(record, KEY, values, statement(source, load))
    assert record is not None
    return record


def test_one_source_is_taken_at_its_word() -> None:
    record = record_of(("a", {"family": "mutuelle", "siren": None}))
    assert record.values == {"family": "mutuelle"}
    assert (record.source_count, record.conflicts, record.fictional) == (1, (), False)


def test_sources_that_agree_or_complete_each_other_make_no_conflict() -> None:
    record = record_of(("a", {"family": "mutuelle"}), ("b", {"family": "mutuelle", "siren": "900000001"}))
    assert record.values == {"family": "mutuelle", "siren": "900000001"}
    assert (record.source_count, record.conflicts) == (2, ())


def test_sources_that_disagree_leave_the_value_unknown() -> None:
    record = record_of(("a", {"family": "mutuelle"}), ("b", {"family": "association"}))
    assert "family" not in record.values
    assert record.conflicts == ("family",)
    assert said_by(record) == {"a": {"family": "mutuelle"}, "b": {"family": "association"}}


def test_zero_against_unknown_is_no_conflict_and_against_one_is() -> None:
    assert record_of(("a", {"amount": 0}), ("b", {"amount": None})).values == {"amount": 0}
    assert record_of(("a", {"amount": 0}), ("b", {"amount": 1})).conflicts == ("amount",)


def test_a_source_that_speaks_again_replaces_what_it_said() -> None:
    record = record_of(("a", {"family": "mutuelle"}), ("b", {"family": "association"}))
    after = attest(record, KEY, {"family": "association"}, statement("a", 3))
    assert (after.values, after.conflicts, after.source_count) == ({"family": "association"}, (), 2)


def test_a_correction_overrides_and_outlives_what_it_corrects() -> None:
    record = record_of(("a", {"family": "mutuelle"}), ("b", {"family": "association"}))
    corrected = attest(record, KEY, {"family": "fondation"}, statement("correction 3", 3, why="Statuts lus"))
    assert (corrected.values, corrected.conflicts) == ({"family": "fondation"}, ())
    assert corrected.source_count == 2
    reloaded = attest(corrected, KEY, {"family": "mutuelle"}, statement("a", 4))
    assert reloaded.values == {"family": "fondation"}


def test_the_latest_correction_counts() -> None:
    record = record_of(("a", {"family": "mutuelle"}))
    for load, family in ((2, "fondation"), (3, "association")):
        said = statement(f"correction {load}", load, why="Relu")
        record = attest(record, KEY, {"family": family}, said)
    assert record.values == {"family": "association"}


def test_what_a_source_withdraws_goes_and_the_conflict_with_it() -> None:
    record = record_of(("a", {"family": "mutuelle"}), ("b", {"family": "association", "siren": "900000001"}))
    after = withdraw(record, "b")
    assert after is not None
    assert (after.values, after.conflicts, after.source_count) == ({"family": "mutuelle"}, (), 1)


def test_a_row_that_nobody_attests_any_more_goes() -> None:
    record = record_of(("a", {"family": "mutuelle"}))
    corrected = attest(record, KEY, {"family": "fondation"}, statement("correction 2", 2, why="Relu"))
    assert withdraw(record, "a") is None
    assert withdraw(corrected, "a") is None
    assert withdraw(record, "b") is not None


def test_a_row_is_fictional_as_soon_as_one_source_is() -> None:
    record = attest(None, KEY, {"family": "mutuelle"}, statement("a"))
    assert not record.fictional
    assert attest(record, KEY, {"family": "mutuelle"}, statement("b", fictional=True)).fictional


def test_a_name_wins_over_a_mere_identifier() -> None:
    said: list[tuple[str, Values]] = [
        ("a", {"id": "A", "name": "A"}), ("b", {"id": "A", "name": "Ficti-Coop"}),
    ]  # fmt: skip
    for order in itertools.permutations(said):
        record = record_of(*order)
        assert (record.values["name"], record.conflicts) == ("Ficti-Coop", ())


def test_two_names_are_a_conflict_and_the_caption_does_not_depend_on_order() -> None:
    said: list[tuple[str, Values]] = [
        ("a", {"id": "A", "name": "Ficti-Coop"}), ("b", {"id": "A", "name": "Ficti-Coopérative"}),
    ]  # fmt: skip
    records = [record_of(*order) for order in itertools.permutations(said)]
    assert {r.conflicts for r in records} == {("name",)}
    assert len({str(r.values["name"]) for r in records}) == 1


VALUES = st.fixed_dictionaries(
    {"id": st.just("A"), "name": st.sampled_from(["A", "Ficti-Un", "Ficti-Deux"])},
    optional={
        "family": st.sampled_from([None, "mutuelle", "association"]),
        "position": st.sampled_from([None, 0, 1]),
        "roles": st.sampled_from([None, [], ["a"]]),
    },
)
STATEMENTS = st.lists(
    st.tuples(st.sampled_from("abcd"), VALUES), min_size=1, max_size=4, unique_by=lambda s: s[0]
)


@settings(max_examples=150, deadline=None)
@given(STATEMENTS, st.randoms(use_true_random=False))
def test_the_order_of_loads_settles_nothing(said: list[tuple[str, Values]], random: object) -> None:
    shuffled = list(said)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = record_of(*said), record_of(*shuffled)
    assert one.values == other.values
    assert one.conflicts == other.conflicts
    assert said_by(one) == said_by(other)


@settings(max_examples=100, deadline=None)
@given(STATEMENTS)
def test_withdrawing_undoes_attesting(said: list[tuple[str, Values]]) -> None:
    record = record_of(*said)
    after = withdraw(
        attest(record, KEY, {"id": "A", "name": "A", "family": "fondation"}, statement("z")), "z"
    )
    assert after is not None
    assert (after.values, after.conflicts) == (record.values, record.conflicts)
    assert said_by(after) == said_by(record)


@settings(max_examples=100, deadline=None)
@given(STATEMENTS)
def test_a_value_is_said_by_somebody_and_a_conflict_by_two(said: list[tuple[str, Values]]) -> None:
    record = record_of(*said)
    for name, value in record.values.items():
        assert value in [values.get(name) for _, values in said]
    for name in record.conflicts:
        known = [values[name] for _, values in said if values.get(name) is not None]
        assert any(value != known[0] for value in known)


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=10)
PLACES = st.builds(
    Place,
    st.none() | TEXT,
    st.none() | st.integers(1, 9999),
    st.none() | TEXT,
    st.none() | TEXT,
    st.none() | st.tuples(st.integers(1, 99), st.integers(1, 99)),
)
ATTESTATIONS = st.builds(
    Attestation,
    TEXT,
    st.integers(1, 99),
    st.booleans(),
    PLACES,
    st.none() | st.fixed_dictionaries({"name": TEXT, "date": st.dates(), "domains": st.lists(TEXT)}),
    st.none()
    | st.builds(
        Correction,
        TEXT,
        TEXT,
        TEXT,
        st.none() | st.dictionaries(TEXT, st.fixed_dictionaries({"date": st.dates()}), max_size=2),
    ),
    st.none() | st.fixed_dictionaries({"key": TEXT, "id": TEXT}),
)


@settings(max_examples=200, deadline=None)
@given(ATTESTATIONS)
def test_a_statement_comes_back_from_its_text(attestation: Attestation) -> None:
    table = "Meeting"
    said = None if attestation.said is None else {k: v for k, v in attestation.said.items() if k != "domains"}
    one = Attestation(
        attestation.source,
        attestation.load,
        attestation.fictional,
        attestation.place,
        said,
        attestation.correction,
        attestation.origin,
    )
    assert decode_attestation(encode_attestation(one), table) == one


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(["un", "deux", "trois"]))
def test_stores_loaded_in_any_order_have_one_digest(
    order: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    families = {"un": "mutuelle", "deux": "association", "trois": None}
    folder: Path = tmp_path_factory.mktemp("order")
    digests = []
    for names in (["un", "deux", "trois"], order):
        with open_store(folder / f"{len(digests)}.sqlite", create=True) as store:
            for name in names:
                store.apply(store.plan(Book(name).batch(["A"], family=families[name])))
            digests.append(store.digest())
    assert digests[0] == digests[1]
