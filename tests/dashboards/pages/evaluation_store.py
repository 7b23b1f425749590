"""A store whose needs, questions and effects have their place: what the evaluator's page is tested on."""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from graphmodel import BatchBuilder, ContractGraph, open_store
from graphmodel.batch import Place
from graphmodel.evaluation import Evaluation, evaluate_contract
from tests.dashboards.conftest import HOSTILE, small_builder

SHEET = "Besoins"
FIRST_ROW = 12
QUOTE = "Mise en œuvre de réponses ESS à des besoins identifiés"
NEEDS = 6
ANSWERED = 2
EFFECTS = {
    "E1.1": "Coopérations entre acteurs",
    "E2.1": "Entreprises créées ou reprises",
    "E3.1": f"Dynamiques locales {HOSTILE}",
    "E3.2": "Réponses ESS à des besoins",
    "E4.1": "Mobilisation aux instances",
}


def evaluated_builder() -> BatchBuilder:
    """Return the small contract with hostile names, questions, effects and the needs of Grenoble."""
    made = small_builder(hostile=True)
    for rank in range(1, 5):
        said = {
            "list_wording": f"Quel effet {rank} ?",
            "table_wording": f"Quel effet {rank} ?",
            "position": rank,
        }
        made.node("Question", f"Q{rank}", said, name=f"Question {rank}")
    for rank, (effect, name) in enumerate(EFFECTS.items()):
        place = Place(quote=QUOTE, lines=(744, 745)) if effect == "E3.2" else Place()
        made.node("ExpectedEffect", effect, {"position": rank}, name=name, place=place)
    grenoble = made.territory("commune", "38185", "2025", name="Grenoble")
    action = made.node("Action", "I_1.2", {"region_wide": False}, name="Action d’essai I.1.2", at=2014)
    for rank in range(NEEDS):
        text = HOSTILE if rank == 0 else f"Besoin d’essai {rank}"
        need = made.node(
            "Need", f"BESOIN-{rank}", {"text": text, "date": date(2014, 3, 1 + rank), "year": 2014},
            name=text, place=Place(sheet=SHEET, row=FIRST_ROW + rank),
        )  # fmt: skip
        made.relationship("EXPRESSES", grenoble, need)
        if rank < ANSWERED:
            told = {"status": "operational", "date": date(2015, 5, 1), "position": rank + 1}
            made.relationship("ANSWERS", action, need, told)
    return made


def write_store(folder: Path) -> str:
    """Write the store and return its URL."""
    url = f"sqlite:///{folder / 'evaluation.sqlite'}"
    with open_store(url, create=True) as store:
        store.apply(store.plan([evaluated_builder().build()]), author="essai")
    return url


@cache
def evaluated() -> tuple[ContractGraph, Evaluation]:
    """Return the snapshot of the store and its evaluation, a working document; made once a process."""
    with TemporaryDirectory() as folder, open_store(write_store(Path(folder))) as store:
        graph = store.snapshot()
    return graph, evaluate_contract(graph)
