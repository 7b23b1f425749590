"""The small contract with money, a meeting and a guest that did not sign, in a store of its own."""

from datetime import date
from pathlib import Path

from graphmodel import BatchBuilder, Store, open_store
from loaders.reference import reference_batch
from tests.dashboards.conftest import CONTRACT, small_builder

MEETING = date(2015, 10, 13)
FORMULA = '=HYPERLINK("http://exemple.invalid";"clic")'
"""A name that a spreadsheet would run."""
CENTS = 1_234_500
"""What one pilot was paid for one action in a year: no publication may tell it."""
UNREACHED = "01053"
"""A commune that no action reaches."""


def paid_builder() -> BatchBuilder:
    """Return the small contract, with one payment an action and a year, and an assembly with its guests.

    Two guests did not sign: Die, where two actions take place, and Bourg-en-Bresse, that none reaches. One
    operator has a name that a spreadsheet would run.
    """
    made = small_builder()
    rows = made.build().rows
    region = ("Organisation", f"{CONTRACT}/organisation/REGION")
    actions = [("Action", row.key) for row in rows["Action"]]
    for rank, action in enumerate(actions):
        for year in (2014, 2015):
            values = {"amount": CENTS, "year": year, "kind": "paid"}
            funding = made.node("Funding", f"V-{rank}-{year}", values)
            made.relationship("FUNDS", region, funding)
            made.relationship("ABOUT", funding, action)
    made.node("Territory", "QF38001", {"population": 1500}, key="qpv/QF38001")
    hostile = made.node("Organisation", "HOSTILE", {"world": "ess"}, name=FORMULA)
    made.relationship(
        "TAKES_PART_IN", hostile, actions[1], {"role": "partner", "basis": "report", "year": 2015}
    )
    _add_meeting(made, hostile)
    return made


def _add_meeting(made: BatchBuilder, operator: tuple[str, str]) -> None:
    body = made.node("GovernanceBody", "ADT", {}, name="Assemblée des territoires")
    meeting = made.node("Meeting", "ADT-2015-1", {"date": MEETING, "place": "Valence"})
    made.relationship("PART_OF", meeting, body)
    made.relationship("INVITED_TO", operator, meeting)
    for identifier in ("GAM", "CG38", "PNRP", "REGION"):
        made.relationship("INVITED_TO", ("Organisation", f"{CONTRACT}/organisation/{identifier}"), meeting)
    for identifier, name, code in (("DIE", "Ville de Die", "26113"), ("BOURG", "Ville de Bourg", UNREACHED)):
        town = made.node("Organisation", identifier, {"world": "public"}, name=name)
        made.relationship("ADMINISTERS", town, made.territory("commune", code, "2025"))
        made.relationship("INVITED_TO", town, meeting)


def small_store(folder: Path) -> Store:
    """Return an open store that holds the small contract."""
    store = open_store(f"sqlite:///{folder / 'small.sqlite'}", create=True)
    for batch in (reference_batch(), paid_builder().build()):
        store.apply(store.plan(batch), author="essai")
    return store
