"""A file that goes through a store comes back equal."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from graphmodel import InputFaultsError, UsageError, open_store
from loaders.contract_json import export_contract_json, read_contract_json
from loaders.contract_json.form import KEYS
from tests.loaders.contract_json.conftest import FULL
from tests.support.graphs import graph_of

Write = Callable[..., Path]


def through(path: Path, url: str) -> dict[str, Any]:
    """Load a file into a store and export it."""
    with open_store(url, create=True) as store:
        store.apply(store.plan(read_contract_json(path)), author="essai")
        return export_contract_json(store.snapshot())


def test_every_key_comes_back_from_a_file(tmp_path: Path, full: dict[str, Any]) -> None:
    assert through(FULL, f"sqlite:///{tmp_path / 'full.sqlite'}") == full


def test_every_key_comes_back_from_a_server(neo4j_url: str, full: dict[str, Any]) -> None:
    assert through(FULL, neo4j_url) == full


def test_the_fixture_comes_back_from_a_file(shared: Path, tmp_path: Path) -> None:
    path = shared / "method" / "fixture_mini.json"
    assert through(path, f"sqlite:///{tmp_path / 'mini.sqlite'}") == json.loads(path.read_text("utf-8"))


def test_the_fixture_comes_back_from_a_server(shared: Path, neo4j_url: str) -> None:
    path = shared / "method" / "fixture_mini.json"
    assert through(path, neo4j_url) == json.loads(path.read_text("utf-8"))


def test_the_file_of_our_own_has_every_key(full: dict[str, Any]) -> None:
    assert {re.sub(r"montants_\d{4}", "montants_YYYY", key) for key in full} == set(KEYS)


def test_both_stores_hold_the_same(neo4j_url: str, tmp_path: Path) -> None:
    batch = read_contract_json(FULL)
    digests = []
    for url in (neo4j_url, f"sqlite:///{tmp_path / 'one.sqlite'}"):
        with open_store(url, create=True) as store:
            store.apply(store.plan(batch))
            digests.append(store.digest())
    assert digests[0] == digests[1]


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "twice.sqlite", create=True) as store:
        store.apply(store.plan(read_contract_json(FULL)))
        for replace in (False, True):
            assert store.plan(read_contract_json(FULL), replace=replace).empty


def test_the_order_of_the_export_is_that_of_the_form() -> None:
    keys = [re.sub(r"montants_\d{4}", "montants_YYYY", key) for key in export_contract_json(graph_of_full())]
    assert keys == sorted(keys, key=KEYS.index)


def test_a_contract_is_named_after_its_file_unless_it_says_so(write: Write) -> None:
    assert read_contract_json(write({}, "ficti-contrat.json")).rows["Contract"][0].key == "ficti-contrat"
    said = read_contract_json(write({"contrat": {"id": "AUTRE"}}, "ficti-contrat.json"))
    assert said.rows["Contract"][0].key == "AUTRE"


def test_a_file_that_declares_itself_fictional_is(write: Write) -> None:
    assert read_contract_json(write({"contrat": {"fictif": True}})).source.fictional
    assert not read_contract_json(write({"contrat": {"fictif": False}})).source.fictional
    assert not read_contract_json(write({})).source.fictional


def test_a_byte_order_mark_is_no_fault(write: Write) -> None:
    path = write(b"\xef\xbb\xbf" + '{"note": "été"}'.encode())
    assert export_contract_json(graph_of(read_contract_json(path))) == {"note": "été"}


def test_nothing_to_export_is_said(tmp_path: Path) -> None:
    with (
        open_store(tmp_path / "empty.sqlite", create=True) as store,
        pytest.raises(UsageError, match="aucun contrat"),
    ):
        export_contract_json(store.snapshot())


def test_forms_keep_no_value_of_the_file(full: dict[str, Any]) -> None:
    """The file comes back from the graph, not from a copy kept beside it."""
    forms = graph_of_full().contract["forms"]
    assert isinstance(forms, dict)
    assert set(leaves(forms["hollow"])) == {"null", "[]", "{}"}
    names = {*full["operateurs"], *full["actions"], "annees", "t0", "id", "nom", "fictif"}
    for said in forms["stated"].values():
        assert said is True or set(said) <= names


def leaves(value: Any) -> list[str]:
    """Return the leaves of a JSON value as text."""
    if isinstance(value, dict) and value:
        return [leaf for item in value.values() for leaf in leaves(item)]
    return [json.dumps(value)]


def graph_of_full() -> Any:
    """Return the graph of the file that has every key."""
    return graph_of(read_contract_json(FULL))


def inner_paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every key and item of a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = []
    for step, item in items:
        found += [(*path, step), *inner_paths(item, (*path, step))]
    return found


PATHS = inner_paths(json.loads(FULL.read_text("utf-8")))


def change(value: Any, path: tuple[Any, ...], how: str) -> None:
    """Remove, empty or turn round what stands at a path, if it is still there."""
    for step in path[:-1]:
        value = value[step] if step in value or (isinstance(step, int) and step < len(value)) else {}
    step = path[-1]
    if not (step in value if isinstance(value, dict) else step < len(value)):
        return
    if how == "remove":
        del value[step]
    elif how == "null":
        value[step] = None
    elif isinstance(value[step], (list, dict)):
        value[step] = (
            value[step][::-1] if isinstance(value[step], list) and how == "turn" else type(value[step])()
        )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(PATHS), st.sampled_from(["remove", "null", "empty", "turn"])),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_accepted_comes_back(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[tuple[Any, ...], str]]
) -> None:
    """A file with keys fewer, nulls, empty or turned lists is refused with faults, or comes back equal."""
    value = copy.deepcopy(json.loads(FULL.read_text("utf-8")))
    for path, how in changes:
        change(value, path, how)
    file = tmp_path_factory.mktemp("variant") / "essai.json"
    file.write_text(json.dumps(value), "utf-8")
    try:
        batch = read_contract_json(file)
    except InputFaultsError:
        assume(False)
    assert export_contract_json(graph_of(batch)) == value
