"""`reminders`: who owes what, on screen, as JSON, and as one letter for each operator."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

from dashboards import words
from dashboards.cli.session import SESSION, print_json
from dashboards.cli.templates import slug
from dashboards.letters import letter_to, plain_text, sender_of, write_docx
from dashboards.letters.letter import Sender
from graphmodel import UsageError
from graphmodel.dues import Debtor, Due, dues

_KINDS = {"report": "bilan non reçu", "measure": "donnée manquante", "places": "aucun lieu indiqué"}


def remind(year: int | None, on: str | None, out: Path | None, *, as_json: bool) -> None:
    """Say who owes what, and write letters where a folder is given.

    Raises
    ------
    UsageError
        A day that is none.
    """
    day = _day(on)
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
    debtors = dues(graph, day, year)
    sender = sender_of(graph)
    if out is not None:
        paths = write_letters([debtor for debtor in debtors if debtor.key != sender.key], sender, day, out)
        SESSION.say(f"{len(paths)} fichiers écrits dans {out}.")
    if as_json:
        print_json("reminders", _json(debtors, day, year))
    else:
        _print(debtors, day)


def write_letters(debtors: Sequence[Debtor], sender: Sender, day: datetime.date, folder: Path) -> list[Path]:
    """Write the letter of each operator into a folder, as text and as DOCX; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for debtor in debtors:
        letter = letter_to(debtor, sender, day)
        text = folder / f"relance-{slug(debtor.id)}.txt"
        text.write_text(plain_text(letter), encoding="utf-8", newline="\n")
        paths += [text, write_docx(letter, text.with_suffix(".docx"))]
    return paths


def _day(said: str | None) -> datetime.date:
    if said is None:
        return datetime.date.today()
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", said.strip())
    try:
        if found is not None:
            return datetime.date(int(found[3]), int(found[2]), int(found[1]))
        return datetime.date.fromisoformat(said.strip())
    except ValueError:
        raise UsageError(f"« {said} » n’est pas une date : attendu jj/mm/aaaa.") from None


def _print(debtors: Sequence[Debtor], day: datetime.date) -> None:
    for debtor in debtors:
        print(f"{debtor.name} ({debtor.id})")
        for due in debtor.dues:
            print(f"  - {_line(due, day)}")
    reports = sum(due.kind == "report" for debtor in debtors for due in debtor.dues)
    others = sum(len(debtor.dues) for debtor in debtors) - reports
    if not debtors:
        print(f"Au {words.day(day)}, rien ne manque.")
        return
    print(
        f"Au {words.day(day)} : {words.counted(len(debtors), 'opérateur')}, "
        f"{words.counted(reports, 'bilan non reçu', 'bilans non reçus')}, "
        f"{words.counted(others, 'donnée manquante', 'données manquantes')}."
    )
    if any(debtor.fictional for debtor in debtors):
        print(f"{words.FICTIONAL}.")


def _line(due: Due, day: datetime.date) -> str:
    code, year = due.action.replace("_", "."), "année non dite" if due.year is None else str(due.year)
    what = f"{_KINDS[due.kind]} : {due.metric}" if due.metric else _KINDS[due.kind]
    text = f"{code}, {year} : {what}"
    if due.kind != "report":
        return text
    if due.due_on is None:
        return f"{text}, sans date d’échéance"
    late = words.counted(due.days_late(day) or 0, "jour")
    return f"{text}, attendu le {due.due_on:%d/%m/%Y} ({late} de retard)"


def _json(debtors: Sequence[Debtor], day: datetime.date, year: int | None) -> dict[str, object]:
    return {
        "on": day.isoformat(),
        "year": year,
        "fictional": any(debtor.fictional for debtor in debtors),
        "operators": [
            {
                "id": debtor.id,
                "name": debtor.name,
                "fictional": debtor.fictional,
                "missing": [
                    {
                        "kind": due.kind,
                        "action": due.action,
                        "year": due.year,
                        "due_on": due.due_on.isoformat() if due.due_on else None,
                        "received_on": due.received_on.isoformat() if due.received_on else None,
                        "days_late": due.days_late(day) if due.kind == "report" else None,
                        "metric": due.metric,
                    }
                    for due in debtor.dues
                ],
            }
            for debtor in debtors
        ],
    }
