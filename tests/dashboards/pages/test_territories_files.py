"""The plain addresses of « Territoires »: the map's page and the files of the view."""

import csv
import io

import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboards import frame
from dashboards.app import create_app
from dashboards.evaluations import Evaluations
from dashboards.pages import PAGES, territories_map
from dashboards.pages.territories_context import context_of
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation
from tests.dashboards.pages.territory_values import GRENOBLE, VOIRON, evaluation_of

VIEW = "mesure=T06&an=2015&niveau=epci"


class Never(Evaluations):
    """An evaluation that is still being computed."""

    def ready(self, graph: ContractGraph) -> Evaluation | None:  # noqa: ARG002  the name of the class above
        """Return nothing, whatever the snapshot."""
        return None


@pytest.fixture(scope="module")
def client(graph: ContractGraph) -> FlaskClient:
    given = Evaluations.of(evaluation_of(graph))
    made: FlaskClient = create_app(lambda: graph, evaluations=given).server.test_client()
    return made


@pytest.fixture(scope="module")
def early(graph: ContractGraph) -> FlaskClient:
    made: FlaskClient = create_app(lambda: graph, evaluations=Never()).server.test_client()
    return made


def test_the_map_has_its_own_stricter_policy(client: FlaskClient) -> None:
    answer = client.get(f"/carte/territoires?{VIEW}&classes=quantiles")
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status_code == 200
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert '<option value="quantiles" selected' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "asked",
    ["mesure=zz&an=2015&niveau=epci", "mesure=T02&an=2015&niveau=commune", "mesure=T06&an=1789&niveau=epci"],
)
def test_an_unknown_map_is_said_in_french(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/carte/territoires?{asked}")
    assert answer.status_code == 404
    assert "Cette carte n’existe pas" in answer.get_data(as_text=True)


def test_money_waits_for_the_indicators_and_actions_do_not(early: FlaskClient) -> None:
    assert early.get(f"/carte/territoires?{VIEW}").status_code == 503
    assert early.get("/carte/territoires?mesure=actions&an=2015&niveau=epci").status_code == 200
    waiting = early.get(f"/territoires/fichiers/tableau.csv?{VIEW}")
    assert waiting.status_code == 503
    assert "en cours de calcul" in waiting.get_data(as_text=True)


def test_a_map_that_fails_says_so_and_offers_to_try_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no contour")

    monkeypatch.setattr(territories_map, "territory_map", broken)
    answer = client.get("/carte/territoires?mesure=T06&an=2014&niveau=commune")
    said = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert "Cette carte n’a pas pu être dessinée" in said
    assert "Réessayer" in said
    assert "no contour" not in said


def test_the_csv_says_what_the_page_says(client: FlaskClient, graph: ContractGraph) -> None:
    answer = client.get(f"/territoires/fichiers/tableau.csv?{VIEW}")
    assert "maillage_T06_2015_epci_v3.csv" in answer.headers["Content-Disposition"]
    text = answer.data.decode("utf-8-sig")
    rows = {row["Code"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    context = context_of(graph, {"mesure": "T06", "an": "2015"}, evaluation_of(graph))
    assert set(rows) == {row.code for row in context.rows}
    assert rows[VOIRON]["Montant payé par habitant, 2015"] == "0,99"
    assert rows[GRENOBLE]["Montant payé par habitant, 2015"] == ""
    assert rows[GRENOBLE]["Ce qui tient lieu de valeur"].startswith("secret statistique")


def test_the_workbook_has_typed_cells_and_says_where_it_comes_from(client: FlaskClient) -> None:
    answer = client.get(f"/territoires/fichiers/tableau.xlsx?{VIEW}")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    about = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}
    assert "Données fictives" in about
    assert "Communes 2025" in str(about["Sources"])
    values = {row[0].value: row[4].value for row in book.worksheets[1].iter_rows(min_row=2)}
    assert values[VOIRON] == pytest.approx(0.99)
    assert values[GRENOBLE] is None


def test_a_territory_found_from_another_page_opens_here() -> None:
    assert frame.finders(PAGES)["territory"][0] == "/territoires"


def test_an_unknown_format_and_a_sheet_without_store_are_refused(client: FlaskClient) -> None:
    assert client.get(f"/territoires/fichiers/tableau.exe?{VIEW}").status_code == 404
    assert client.get("/territoires/fichiers/fiche.pdf?terr=38").status_code == 409
