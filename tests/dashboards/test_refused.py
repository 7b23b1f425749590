"""What the server refuses, in French and without a failure of its own."""

from pathlib import Path

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from dashboards.access import CODE_VARIABLE, StoreAccess
from dashboards.app import create_app
from graphmodel import ContractGraph


@pytest.fixture(scope="module")
def client(graph: ContractGraph) -> FlaskClient:
    server: Flask = create_app(lambda: graph).server
    return server.test_client()


def test_method_no_address_takes_is_a_french_sentence(client: FlaskClient) -> None:
    answer = client.delete("/sante")
    assert answer.status_code == 405
    assert "Cette adresse ne prend pas cette demande." in answer.get_data(as_text=True)
    assert "GET" in answer.headers["Allow"]


def test_request_that_is_not_readable_is_a_french_sentence(client: FlaskClient) -> None:
    answer = client.post("/_dash-update-component", data="{", content_type="application/json")
    assert answer.status_code in (400, 500)
    assert "<" not in answer.get_data(as_text=True)


def test_half_a_character_is_a_wrong_code_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboards.access.WRONG_CODE_WAIT_S", 0.0)
    monkeypatch.delenv(CODE_VARIABLE, raising=False)
    access = StoreAccess("sqlite:///absent.sqlite", tmp_path, None, "abricot")
    with Flask("essai").test_request_context("/"):
        assert not access.unlock("abri\ud800", Response())
        assert access.unlock(" abricot ", Response())
