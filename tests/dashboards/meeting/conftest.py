"""A small contract with an assembly, its meetings, needs and their answers, money and expected effects."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from dashboards.access import StoreAccess
from dashboards.app import create_app
from dashboards.evaluations import Evaluations
from dashboards.meeting import MeetingContext, meeting_context
from dashboards.meeting.figures import INDICATORS
from dashboards.snapshot import Snapshots
from graphmodel import BatchBuilder, ContractGraph, Store, open_store
from graphmodel.errors import StoreUnavailableError
from graphmodel.evaluation import Evaluation, evaluate_contract
from tests.dashboards.conftest import HOSTILE, graph_of, small_builder
from tests.dashboards.serving import CODE, served_application

FIRST, LAST, NEXT = date(2015, 3, 10), date(2015, 11, 17), date(2016, 3, 22)
"""Days of the two meetings held, and of the one prepared."""

NEEDS = (
    ("B1", "metro", date(2015, 5, 4), "des locaux partagés pour les créateurs", "II_1.1", "operational"),
    ("B2", "isere", date(2015, 9, 1), "des repreneurs pour les commerces de village", "III_1.1", "planned"),
    ("B3", "metro", date(2015, 11, 17), "un lieu pour les associations qui embauchent", None, None),
    ("B4", "isere", date(2014, 6, 2), "un besoin plus ancien que la première séance", None, None),
)


def meeting_builder(*, hostile: bool = False) -> BatchBuilder:
    """Return the small contract with what a meeting needs."""
    made = small_builder(hostile=hostile)
    contract = ("Contract", made.rows["Contract"][0].key)
    keys = {row.values["code"]: row.key for row in made.rows["Territory"]}
    for row in made.rows["Territory"]:
        if row.values["level"] == "commune":
            row.values["population"] = 10_000
    grenoble, metro = (("Territory", keys[code]) for code in ("38185", "200040715"))
    made.relationship("CONTAINS", metro, grenoble, {"composition": "frozen", "population_share": 1.0})
    body = made.node("GovernanceBody", "ADT", name="Assemblée des territoires")
    made.relationship("PART_OF", body, contract)
    for rank, day in enumerate((FIRST, LAST), 1):
        held = made.node("Meeting", f"ADT-2015-{rank}", {"date": day})
        made.relationship("PART_OF", held, body)
    actions = {str(row.values["id"]): row.key for row in made.rows["Action"]}
    places = {"metro": keys["200040715"], "isere": keys["38"]}
    for name, place, day, text, action, status in NEEDS:
        said = HOSTILE if hostile and name == "B3" else text
        need = made.node("Need", name, {"text": said, "date": day, "priority": 2}, name=said)
        made.relationship("EXPRESSES", ("Territory", places[place]), need)
        if action:
            told = {"status": status, "date": date(2015, 12, 1), "position": 0}
            made.relationship("ANSWERS", ("Action", actions[action]), need, told)
    for code, cents in (("I_1.1", 500_000), ("I_1.2", 300_000), ("II_1.1", None)):
        funding = made.node("Funding", f"F-{code}", {"year": 2015, "amount": cents, "kind": "paid"})
        made.relationship("ABOUT", funding, ("Action", actions[code]))
    question = made.node("Question", "Q3", name="Impact sur les territoires")
    made.relationship("PART_OF", question, contract)
    for identifier in ("E3.1", "E3.2", "E3.3"):
        effect = made.node("ExpectedEffect", identifier, name=f"Effet {identifier}")
        made.relationship("PART_OF", effect, question)
    return made


@pytest.fixture(scope="session")
def meeting_graph() -> ContractGraph:
    """Return the small contract."""
    return graph_of(meeting_builder())


def evaluated(graph: ContractGraph) -> Evaluation:
    """Return the values that the screens draw on, as a publication."""
    return evaluate_contract(graph, INDICATORS, "publication")


@pytest.fixture(scope="session")
def evaluation(meeting_graph: ContractGraph) -> Evaluation:
    """Return the evaluation of the small contract."""
    return evaluated(meeting_graph)


@pytest.fixture(scope="session")
def context(meeting_graph: ContractGraph, evaluation: Evaluation) -> MeetingContext:
    """Return what the meeting to come shows."""
    return meeting_context(meeting_graph, evaluation, NEXT)


@dataclass
class Site:
    """A dashboard on a store that can be taken away, and its address."""

    address: str
    url: str
    store_gone: list[bool] = field(default_factory=list)

    def read(self) -> ContractGraph:
        """Return what the store holds."""
        with open_store(self.url) as store:
            return store.snapshot()


def _opener(gone: list[bool]) -> Callable[[str], Store]:
    def opened(url: str) -> Store:
        if gone:
            raise StoreUnavailableError("La base ne répond pas.")
        return open_store(url)

    return opened


@contextmanager
def meeting_site(folder: Path, *, hostile: bool = False) -> Iterator[Site]:
    """Serve the small contract from a store of its own."""
    url = f"sqlite:///{folder / 'seance.sqlite'}"
    with open_store(url, create=True) as store:
        store.apply(store.plan(meeting_builder(hostile=hostile).build()), author="essai")
        graph = store.snapshot()
    gone: list[bool] = []
    access = StoreAccess(url, folder, None, CODE, _opener(gone))
    known = Evaluations.of(evaluated(graph))
    with served_application(create_app(Snapshots(url), access=access, evaluations=known).server) as address:
        yield Site(address, url, gone)
