"""What the server refuses: other sites, other names, large requests; what it compresses."""

import gzip
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboards.access import COOKIE, StoreAccess
from dashboards.app import create_app
from dashboards.security import LARGEST_REQUEST
from graphmodel import ContractGraph, UsageError

ASK = "/_dash-update-component"


@pytest.fixture(scope="module")
def client(graph: ContractGraph) -> FlaskClient:
    made: FlaskClient = create_app(lambda: graph).server.test_client()
    return made


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://ailleurs.example"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_can_make_a_browser_send_nothing(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post(ASK, json={}, headers=headers).status_code == 403


def test_our_own_pages_can(client: FlaskClient) -> None:
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.post(ASK, json={}, headers=own).status_code != 403


def test_without_a_password_only_the_names_of_this_machine_are_answered(graph: ContractGraph) -> None:
    client = create_app(lambda: graph).server.test_client()
    for host in ("localhost:8050", "127.0.0.1:8050", "[::1]:8050"):
        assert client.get("/", headers={"Host": host}).status_code == 200
    assert client.get("/", headers={"Host": "rebond.example"}).status_code == 421
    guarded = create_app(lambda: graph, password="sésame").server.test_client()
    assert guarded.get("/", headers={"Host": "maillage.example"}).status_code == 401


def test_a_request_that_is_too_large_is_refused(client: FlaskClient) -> None:
    assert client.application.config["MAX_CONTENT_LENGTH"] == LARGEST_REQUEST


def test_scripts_leave_compressed_and_are_kept_by_the_browser(client: FlaskClient) -> None:
    page = client.get("/").text
    script = next(part.split('"')[0] for part in page.split('src="')[1:] if "dash_mantine_components" in part)
    plain = client.get(script)
    short = client.get(script, headers={"Accept-Encoding": "gzip, br"})
    assert short.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(short.data) == plain.data
    assert len(short.data) < len(plain.data) / 2
    assert "max-age=31536000" in short.headers["Cache-Control"]
    assert "Accept-Encoding" in short.headers["Vary"]
    style = page.split('href="/assets/maillage.css')[1].split('"')[0]
    assert "immutable" in client.get(f"/assets/maillage.css{style}").headers["Cache-Control"]


class TestWriting:
    """Who may write: nobody without a code set at the start, then those who give it."""

    @staticmethod
    def state(access: StoreAccess, cookie: str = "") -> str:
        with Flask("x").test_request_context("/", headers={"Cookie": f"{COOKIE}={cookie}"}):
            return access.state

    def test_without_a_code_nobody_may_write(self, tmp_path: Path) -> None:
        access = StoreAccess("sqlite:///x", tmp_path)
        assert self.state(access) == "closed"
        with Flask("x").test_request_context("/"), pytest.raises(UsageError, match="MAILLAGE_WRITE_CODE"):
            access.require()

    def test_the_code_opens_writing_for_one_browser(self, tmp_path: Path) -> None:
        access = StoreAccess("sqlite:///x", tmp_path, code="abricot")
        server = Flask("x")
        with server.test_request_context("/"):
            assert access.state == "locked"
            wrong = server.make_response("")
            assert not access.unlock("Abricot", wrong)
            assert "Set-Cookie" not in wrong.headers
            right = server.make_response("")
            assert access.unlock("abricot", right)
        said = right.headers["Set-Cookie"]
        assert "HttpOnly" in said
        assert "SameSite=Strict" in said
        token = said.split("=", 1)[1].split(";")[0]
        assert self.state(access, token) == "open"
        assert "abricot" not in token

    def test_a_cookie_of_another_server_opens_nothing(self, tmp_path: Path) -> None:
        access = StoreAccess("sqlite:///x", tmp_path / "a", code="abricot")
        other = StoreAccess("sqlite:///x", tmp_path / "b", code="abricot")
        assert self.state(other, access._token()) == "locked"
        assert self.state(access, "é") == "locked"
