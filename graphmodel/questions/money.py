"""Questions about money: amounts planned, agreed and paid, unknown ones counted apart."""

from collections.abc import Iterable, Iterator, Sequence

from graphmodel.questions.model import Column, Given, Parameter, Sorted, question
from graphmodel.questions.territories import YEAR
from graphmodel.questions.view import Record, View

AMOUNTS = [
    Column("planned", "Prévu", "money"),
    Column("agreed", "Conventionné", "money"),
    Column("paid", "Payé", "money"),
    Column("unknown", "Montants inconnus", "integer"),
]
NOTE = "Vide : aucun montant connu. La somme ne compte que les montants connus ; les autres sont dénombrés."


def _amounts(fundings: Sequence[Record]) -> tuple[int | None, int | None, int | None, int]:
    """Return the sums planned, agreed and paid in cents, None where no amount is known, and the unknown."""
    sums = [_sum(f["amount"] for f in fundings if f.get("kind") == kind and "amount" in f)
            for kind in ("planned", "agreed", "paid")]  # fmt: skip
    return sums[0], sums[1], sums[2], sum("amount" not in f for f in fundings)


def _sum(amounts: Iterable[int]) -> int | None:
    known = list(amounts)
    return sum(known) if known else None


def _of_year(view: View, given: Given) -> dict[str, Record]:
    year = given["annee"]
    return {k: f for k, f in view.nodes("Funding").items() if year is None or f.get("year") == year}


@question(
    "qui-finance-quoi",
    "Qui finance quoi, et combien ?",
    [YEAR, Parameter("financeur", "Organisation", "Identifiant ou clé d’un financeur ; tous s’il est vide.")],
    [
        Column("funder", "Financeur"),
        Column("object", "Action ou contrat"),
        Column("year", "Année", "year"),
        *AMOUNTS,
    ],
    NOTE,
)
def who_funds(view: View, given: Given) -> Iterator[Sorted]:
    """Yield funder, action (or contract) and year, with the amounts."""
    fundings, asked = _of_year(view, given), given["financeur"]
    kept = None if asked is None else view.named("Organisation", asked)
    about = {label: view.leaving("ABOUT", "Funding", label) for label in ("Action", "Contract")}
    found: dict[tuple[str, str, str, int | None], list[Record]] = {}
    for link in view.links("FUNDS", "Organisation", "Funding"):
        funding = fundings.get(link["target"])
        if funding is None or (kept is not None and link["source"] not in kept):
            continue
        for label, links in about.items():
            for target in links.get(link["target"], ()):
                place = (link["source"], target["target"], label, funding.get("year"))
                found.setdefault(place, []).append(funding)
    for (funder, what, label, year), group in found.items():
        name = view.nodes("Organisation")[funder].get("name")
        yield (funder, what, year), (name, view.nodes(label)[what]["id"], year, *_amounts(group))


@question(
    "montants-par-axe-et-annee",
    "Combien par axe et par année ?",
    [YEAR],
    [Column("axis", "Axe"), Column("name", "Intitulé"), Column("year", "Année", "year"), *AMOUNTS],
    "Axe vide : actions hors axe (animation) ; les montants du contrat entier n’y sont pas. " + NOTE,
)
def amounts_by_axis(view: View, given: Given) -> Iterator[Sorted]:
    """Yield axis and year with the amounts of the axis' actions."""
    fundings = _of_year(view, given)
    axes = view.leaving("PART_OF", "Action", "Axis")
    found: dict[tuple[str | None, int | None], dict[str, Record]] = {}
    for link in view.links("ABOUT", "Funding", "Action"):
        funding = fundings.get(link["source"])
        if funding is not None:
            parts = [part["target"] for part in axes.get(link["target"], ())]
            for axis in parts or [None]:
                found.setdefault((axis, funding.get("year")), {})[link["source"]] = funding
    for (axis, year), group in found.items():
        node = {} if axis is None else view.nodes("Axis")[axis]
        row = (node.get("id"), node.get("name"), year, *_amounts(list(group.values())))
        yield (axis, year), row
