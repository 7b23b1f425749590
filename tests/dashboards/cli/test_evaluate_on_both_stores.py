"""`evaluate` gives the same values, proofs and answers whether the contract is in a file or in a server."""

import json
from pathlib import Path

import pytest

from dashboards.cli import run

DATA = Path(__file__).parents[2] / "data" / "full.json"


@pytest.mark.parametrize("mode", ["working", "publication"])
def test_every_value_is_the_same_on_both_stores(
    tmp_path: Path, neo4j_url: str, capsys: pytest.CaptureFixture[str], mode: str
) -> None:
    told = []
    for store in (str(tmp_path / "base.sqlite"), neo4j_url):
        assert run(["--store", store, "--quiet", "load", str(DATA), "--author", "Essai"]) == 0
        capsys.readouterr()
        assert run(["--store", store, "evaluate", "--format", "json", "--mode", mode]) == 0
        told.append(json.loads(capsys.readouterr().out))
    for one in told:
        del one["store_version"]
    assert len(told[0]["values"]) > 100
    assert told[0] == told[1]
