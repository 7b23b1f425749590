"""What a reminder says, before it is put on a page."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from dashboards import words
from graphmodel import ContractGraph
from graphmodel.dues import Debtor, Due
from graphmodel.frames import records_of

_NNBSP, _NBSP = words.NNBSP, words.NBSP


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the organisation that follows the contract up.

    Attributes
    ----------
    key
        Its key, None when the contract names none.
    name, address
        None when not known.
    contract
        Name of the contract.
    """

    key: str | None
    name: str | None
    address: str | None
    contract: str


@dataclass(frozen=True, slots=True)
class Table:
    """What is missing of one kind: a sentence before, headings, rows."""

    lead: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, in the order of the page.

    Attributes
    ----------
    sender, recipient
        Lines of the address.
    dated, subject, greeting
        « Le 24 novembre 2026 », what it is about, « Madame, Monsieur, ».
    opening, tables, closing
        Paragraphs before the tables, the tables, paragraphs after.
    signature
        Lines under it.
    fictional
        True when it must say that its data are fictional.
    """

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    dated: str
    subject: str
    greeting: str
    opening: tuple[str, ...]
    tables: tuple[Table, ...]
    closing: tuple[str, ...]
    signature: tuple[str, ...]
    fictional: bool


def sender_of(graph: ContractGraph) -> Sender:
    """Return who follows a contract up: its pivot, with the address the store knows."""
    contract = graph.contract
    name = str(contract.get("name"))
    pivot = contract.get("pivot")
    for row in records_of(graph.nodes("Organisation")):
        if pivot is not None and row["id"] == pivot:
            address = row.get("address")
            return Sender(str(row["key"]), str(row["name"]), str(address) if address else None, name)
    return Sender(None, None, None, name)


def letter_to(debtor: Debtor, sender: Sender, on: datetime.date) -> Letter:
    """Return the reminder of an operator.

    Parameters
    ----------
    debtor
        The operator and what it owes.
    sender
        Who writes.
    on
        Day of the letter.
    """
    return Letter(
        sender=tuple(line for line in (sender.name, sender.address) if line),
        recipient=(
            "À l’attention de la direction",
            debtor.name,
            *((debtor.address,) if debtor.address else ()),
        ),
        dated=f"Le {words.day(on)}",
        subject=_subject(debtor, sender),
        greeting="Madame, Monsieur,",
        opening=_opening(sender),
        tables=_tables(debtor.dues, on),
        closing=_closing(debtor, sender),
        signature=(sender.name,) if sender.name else (),
        fictional=debtor.fictional,
    )


def _subject(debtor: Debtor, sender: Sender) -> str:
    reports = any(due.kind == "report" for due in debtor.dues)
    others = any(due.kind != "report" for due in debtor.dues)
    what = " et ".join(
        word for word, wanted in (("bilans non reçus", reports), ("données manquantes", others)) if wanted
    )
    return f"{sender.contract} – {what}"


def _opening(sender: Sender) -> tuple[str, ...]:
    return (
        f"Au titre du contrat dénommé «{_NBSP}{sender.contract}{_NBSP}», votre structure remet chaque année "
        "un bilan de chacune des actions auxquelles elle prend part.",
        "Sauf erreur ou omission de notre part, les éléments suivants ne nous sont pas parvenus à ce jour.",
    )


def _tables(dues: Sequence[Due], on: datetime.date) -> tuple[Table, ...]:
    reports = [due for due in dues if due.kind == "report"]
    figures = [due for due in dues if due.kind == "measure"]
    places = [due for due in dues if due.kind == "places"]
    made = (
        Table(
            f"Bilans non reçus{_NBSP}:",
            ("Action", "Année", "Attendu le", "Retard"),
            tuple((_action(due), _year(due), _day(due.due_on), _late(due, on)) for due in reports),
        ),
        Table(
            f"Données manquantes dans les bilans reçus{_NBSP}:",
            ("Action", "Année", "Donnée manquante", "Bilan reçu le"),
            tuple((_action(due), _year(due), due.metric or "", _day(due.received_on)) for due in figures),
        ),
        Table(
            f"Actions dont aucun lieu n’est indiqué{_NBSP}:",
            ("Action", "Année"),
            tuple((_action(due), _year(due)) for due in places),
        ),
    )
    return tuple(table for table in made if table.rows)


def _closing(debtor: Debtor, sender: Sender) -> tuple[str, ...]:
    years = sorted({due.year for due in debtor.dues if due.year is not None})
    of_years = f" ({', '.join(map(str, years))})" if years else ""
    contact = ", ".join(word for word in (sender.name, sender.address) if word)
    where = f" Contact{_NBSP}: {contact}." if contact else ""
    return (
        f"Nous vous saurions gré de bien vouloir compléter le classeur de bilan{of_years} et nous le "
        f"retourner dans les meilleurs délais. Une case vide y veut dire «{_NBSP}inconnu{_NBSP}»{_NNBSP}; si "
        "la valeur est nulle, veuillez inscrire 0. Si une donnée est sans objet pour votre action, veuillez "
        f"l’indiquer dans la colonne «{_NBSP}Statut{_NBSP}».",
        "Ces éléments sont nécessaires à l’évaluation du contrat. Tant qu’ils font défaut, ils sont comptés "
        "comme inconnus, et certains résultats ne peuvent être établis.",
        f"Nous restons à votre disposition pour toute précision.{where} Si ces éléments nous ont "
        "été adressés entre-temps, nous vous prions de ne pas tenir compte de ce courrier.",
        "Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées.",
    )


def _action(due: Due) -> str:
    code = due.action.replace("_", ".")
    return code if due.action_name in ("", due.action) else f"{code} – {due.action_name}"


def _year(due: Due) -> str:
    return "non dite" if due.year is None else str(due.year)


def _day(day: datetime.date | None) -> str:
    return "non dit" if day is None else day.strftime("%d/%m/%Y")


def _late(due: Due, on: datetime.date) -> str:
    days = due.days_late(on)
    if days is None:
        return "non dit"
    return words.counted(days, "jour")
