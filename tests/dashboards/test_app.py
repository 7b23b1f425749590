"""Addresses of the server: what they answer, what they forbid."""

import base64
import gzip
import json
from urllib.parse import urlsplit

import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient

from dashboards.app import create_app, page_at
from dashboards.pages.page import Desk
from graphmodel import ContractGraph, StoreUnavailableError


@pytest.fixture(scope="module")
def client(graph: ContractGraph) -> FlaskClient:
    made: FlaskClient = create_app(lambda: graph).server.test_client()
    return made


def out_of_reach() -> ContractGraph:
    """Stand for a store that cannot be read."""
    raise StoreUnavailableError("La base ne répond pas.")


def texts(component: Component) -> str:
    """Return a page as its JSON text."""
    return json.dumps(
        component.to_plotly_json(), default=lambda part: part.to_plotly_json(), ensure_ascii=False
    )


def test_health_says_the_version(client: FlaskClient) -> None:
    answer = client.get("/sante")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["version"] == 3
    assert answer.json["etat"] == "en service"


def test_health_says_that_the_store_is_gone() -> None:
    answer = create_app(out_of_reach).server.test_client().get("/sante")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["message"] == "La base ne répond pas."


def test_pages_forbid_scripts_from_elsewhere(client: FlaskClient) -> None:
    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'self'" in scripts
    assert "unsafe" not in scripts
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert '<html lang="fr"' in answer.text


def test_the_map_has_a_stricter_policy_and_nothing_from_elsewhere(client: FlaskClient) -> None:
    answer = client.get("/carte?an=2014", headers={"Accept-Encoding": "gzip"})
    page = gzip.decompress(answer.data).decode()
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    addresses = [piece.split('"')[0] for piece in page.split('src="')[1:]]
    assert addresses
    for address in addresses:
        assert not urlsplit(address).netloc
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("asked", ["", "?an=1999", "?an=x", "?an=%3Cscript%3E"])
def test_an_unknown_year_gives_the_last_known_map(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/carte{asked}")
    assert answer.status_code == 200
    assert "en 2015" in answer.text


def test_only_what_the_pages_need_is_loaded_at_first(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "maillage.js" in page
    assert "maillage.css" in page
    assert "leaflet" not in page
    assert "https://" not in page
    assert "http://" not in page


def test_a_password_guards_all_but_health(graph: ContractGraph) -> None:
    guarded = create_app(lambda: graph, password="sésame").server.test_client()
    assert guarded.get("/sante").status_code == 200
    for path in ("/", "/carte", "/_dash-layout", "/assets/maillage.css"):
        assert guarded.get(path).status_code == 401
        wrong = base64.b64encode(b"x:mauvais").decode()
        assert guarded.get(path, headers={"Authorization": f"Basic {wrong}"}).status_code == 401
        right = base64.b64encode("x:sésame".encode()).decode()
        assert guarded.get(path, headers={"Authorization": f"Basic {right}"}).status_code == 200


def test_an_unknown_address_and_a_lost_store_say_so_in_french(graph: ContractGraph) -> None:
    assert "Cette page n’existe pas" in texts(page_at("/nulle-part", {}, Desk(lambda: graph)))
    assert "La base ne répond pas." in texts(page_at("/", {}, Desk(out_of_reach)))
    assert "Aucun contrat dans cette base" in texts(page_at("/", {}, Desk(lambda: ContractGraph({}, {}))))


def test_a_worker_serves_scripts_before_its_first_page(graph: ContractGraph) -> None:
    first, second = (create_app(lambda: graph).server.test_client() for _ in range(2))
    page = first.get("/").get_data(as_text=True)
    scripts = [part.split('"')[0] for part in page.split('src="')[1:] if "_dash-component-suites" in part]
    assert scripts
    assert {second.get(script).status_code for script in scripts} == {200}
