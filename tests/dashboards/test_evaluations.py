"""The evaluation kept on disk: computed once, read safely, computed aside for pages."""

import pickle
import time
import zlib
from datetime import date
from pathlib import Path

import pytest

from dashboards import evaluations
from dashboards.evaluations import Evaluations, content_digest, evaluation_of, kept_at
from graphmodel import ContractGraph
from graphmodel.contract_graph import Version
from graphmodel.evaluation import evaluate_contract
from tests.dashboards.conftest import graph_of, small_builder

PATIENCE_S = 60


@pytest.fixture
def graph() -> ContractGraph:
    return graph_of(small_builder())


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_second_reading_gives_the_same_and_computes_nothing(
    graph: ContractGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = evaluation_of(graph, "publication")
    monkeypatch.setattr(evaluations, "evaluate_contract", lambda *_: pytest.fail("computed again"))
    second = evaluation_of(graph, "publication")
    expected = evaluate_contract(graph, None, "publication")
    for found in (first, second):
        assert found.values == expected.values
        assert found.answers == expected.answers
        assert found.adjusted == expected.adjusted
        assert found.tallies == expected.tallies
        assert found.double_count == expected.double_count
        assert found.mode == "publication"
    assert second.context.graph is graph


def test_file_is_named_after_content_mode_and_nothing_else(graph: ContractGraph) -> None:
    same = ContractGraph(graph.frames, {}, Version(9, "9.9"))
    renamed = graph.frames
    renamed["Action"] = renamed["Action"].assign(name="Autre")
    other = ContractGraph(renamed, {}, graph.version)
    assert content_digest(same) == content_digest(graph) != content_digest(other)
    assert kept_at(graph, "working") == kept_at(same, "working") != kept_at(graph, "publication")


def test_remark_of_a_meeting_sends_nobody_back_to_wait() -> None:
    made = small_builder()
    made.node("Meeting", "AG1", {"date": date(2016, 3, 22), "agenda": "1:5"})
    remark = made.node("Remark", "R1", {"text": "Plus de salles"})
    made.relationship("SUBMITTED_BY", remark, made.node("Organisation", "GAM"))
    without = small_builder()
    without.node("Meeting", "AG1", {"date": date(2016, 3, 22)})
    assert content_digest(graph_of(made)) == content_digest(graph_of(without))
    without.node("Need", "B1", {"text": "Des salles"})
    assert content_digest(graph_of(made)) != content_digest(graph_of(without))


def test_files_are_for_their_owner_alone_and_few(graph: ContractGraph) -> None:
    evaluation = evaluation_of(graph)
    path = kept_at(graph, "working")
    assert path.stat().st_mode & 0o077 == 0
    for number in range(evaluations.KEPT_FILES + 3):
        evaluations.keep(evaluation, path.with_name(f"{number}.evaluation"))
    assert len(list(path.parent.iterdir())) == evaluations.KEPT_FILES


class Hostile:
    def __reduce__(self) -> tuple[object, ...]:
        return (print, ("run",))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a file of ours",
        zlib.compress(pickle.dumps(Hostile())),
        zlib.compress(pickle.dumps({"mode": "working"})),
        zlib.compress(b"Ix\n."),
        zlib.compress(b"h\x05."),
    ],
)
def test_file_that_is_not_ours_is_computed_again_and_runs_nothing(
    graph: ContractGraph, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = kept_at(graph, "working")
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert evaluation_of(graph).values
    assert "run" not in capsys.readouterr().out


def test_disk_that_takes_no_file_costs_only_the_time(
    graph: ContractGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "closed"))
    assert evaluation_of(graph).values


def test_page_never_waits_and_finds_it_later(graph: ContractGraph) -> None:
    aside = Evaluations(lambda: "publication")
    assert aside.ready(graph) is None
    limit = time.monotonic() + PATIENCE_S
    while (found := aside.ready(graph)) is None and time.monotonic() < limit:
        assert aside.failure() is None
        time.sleep(0.1)
    assert found is not None
    assert found.values == evaluation_of(graph, "publication").values
    assert aside.ready(graph) is found


def test_one_worker_waits_for_what_another_computes(graph: ContractGraph) -> None:
    path = kept_at(graph, "working")
    path.parent.mkdir(parents=True)
    path.with_suffix(".computing").touch()
    second = Evaluations(lambda: "working")
    assert second.ready(graph) is None
    assert second._process is None
    evaluations.keep(evaluate_contract(graph, None, "working"), path)
    assert second.ready(graph) is not None


def test_failure_is_a_sentence_and_is_tried_again(
    graph: ContractGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluations, "_compute", int)  # refuses its arguments: the process ends on an error
    aside = Evaluations(lambda: "working")
    limit = time.monotonic() + PATIENCE_S
    while aside.failure() is None and time.monotonic() < limit:
        assert aside.ready(graph) is None
        time.sleep(0.05)
    assert "journal du serveur" in (aside.failure() or "")
    assert aside._process is None
    monkeypatch.setattr(evaluations, "RETRY_AFTER_S", 0.0)
    assert aside.ready(graph) is None
    assert aside._process is not None
    aside._process.join()
