"""The workbook of one operator for one year: what it did the year before, and the cells it has to fill."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from graphmodel import UsageError
from graphmodel.schema import SCHEMA
from loaders.filling.left_out import LeftOut
from loaders.filling.links import Links, Record
from loaders.filling.node_sheets import node_rows
from loaders.filling.references import place_cells, reference
from loaders.template import SHEETS, Content, Identity
from loaders.workbook.known import KnownNode

OPERATOR_ROLES = ("pilot", "partner")
"""Roles that make an organisation an operator of an action, and owe a report."""

_ASKED = ("siren", "world", "legal_form", "seat", "address")
"""Cells of the operator's own row that are marked when they are empty."""


@dataclass(frozen=True, slots=True)
class _Past:
    """What an operator did the last year before: the year, and the keys of its actions in order."""

    year: int
    actions: tuple[str, ...]


def operators(links: Links, year: int) -> list[str]:
    """Return the identifiers of the organisations that owe a report for a year, or took part the year before.

    Raises
    ------
    UsageError
        The contract does not cover the year.
    """
    _check_year(links, year)
    found = {str(row["source"]) for row in _parts(links) if row.get("year") in (year, year - 1)}
    found |= {str(link["target"]) for link, report in _reports(links) if report.get("year") == year}
    nodes = links.nodes("Organisation")
    return sorted(str(nodes[key]["id"]) for key in found if key in nodes)


def operator_content(links: Links, operator: str, year: int) -> Content:
    """Return the workbook of an operator for a year, to be filled and sent back.

    It holds the operator, its actions with their partners and places of the last year it took part before,
    one report a row with its due date, and the figures asked; the cells to fill are marked, and so are those
    carried over, which are to be confirmed. The file's identity is `bilan-<operator>-<year>`.

    Parameters
    ----------
    links
        Graph of one contract, as the sheets ask for it.
    operator
        Identifier or name of an organisation.
    year
        Year that the report is about.

    Raises
    ------
    UsageError
        Nobody bears that name, it took part in nothing, or the contract does not cover the year.
    """
    _check_year(links, year)
    node = _operator(links, operator, year)
    past = _past(links, node, year)
    row = links.nodes("Organisation")[node.key]
    identity = Identity(
        f"bilan-{node.id}-{year}",
        str(links.known.contract["id"]),
        author=node.name,
        fictional=row.get("fictional") is True,
        note=f"Bilan {year}, repris de {past.year}." if past.year < year else f"Bilan {year}.",
    )
    content = Content(identity, title=f"Bilan {year} de {node.name}", advice=_advice(year, past.year))
    _add_itself(links, content, row)
    _add_partners(links, content, past, year)
    _add_places(links, content, past, year)
    _add_reports(links, content, node, past, year)
    return content


def _check_year(links: Links, year: int) -> None:
    years = sorted(links.known.years)
    if years and year not in years:
        raise UsageError(f"L’année {year} est hors du contrat : de {years[0]} à {years[-1]}.")


def _operator(links: Links, word: str, year: int) -> KnownNode:
    found = links.known.find("Organisation", word)
    if found is None:
        from loaders.workbook.known import fold
        from loaders.workbook.trouble import suggestion

        names = operators(links, year)
        near = suggestion(fold(word), names, [fold(name) for name in names])
        raise UsageError(f"Aucune organisation ne s’appelle « {word} ». {near or ''}".rstrip())
    return found


def _parts(links: Links) -> Iterable[Record]:
    """Return the participations that a report tells, of operators."""
    return [
        row
        for row in links.rows("TAKES_PART_IN")
        if row.get("basis") == "report" and row.get("role") in OPERATOR_ROLES
    ]


def _reports(links: Links) -> list[tuple[Record, Record]]:
    """Return who submits each report, and the report."""
    reports = links.nodes("Report")
    return [(link, reports[str(link["source"])]) for link in links.rows("SUBMITTED_BY")
            if str(link["source"]) in reports]  # fmt: skip


def _past(links: Links, node: KnownNode, year: int) -> _Past:
    """Return what the operator did the last year before, or in the year itself when nothing is older."""
    own = [row for row in _parts(links) if row["source"] == node.key and isinstance(row.get("year"), int)]
    years = sorted({int(str(row["year"])) for row in own})
    before = [one for one in years if one < year]
    last = before[-1] if before else year
    actions = {str(row["target"]) for row in own if row["year"] == last}
    actions |= {
        action
        for link, report in _reports(links)
        if link["target"] == node.key and report.get("year") == year
        for action in _actions_of(links, report)
    }
    if not actions:
        raise UsageError(f"« {node.name} » n’a pris part à aucune action et ne doit aucun bilan {year}.")
    return _Past(last, tuple(sorted(actions)))


def _actions_of(links: Links, row: Record) -> list[str]:
    about = links.leaving("ABOUT", row["key"])
    return [str(link["target"]) for link in about if link["target_label"] == "Action"]


def _advice(year: int, last: int) -> tuple[str, ...]:
    carried = f"Les partenaires et les lieux sont ceux de {last}, reportés en {year} : supprimez les lignes "
    return (
        f"{carried}qui ne valent plus, ajoutez celles qui manquent." if last < year else "",
        "« Lieux » : ajoutez les territoires atteints, ceux où sont des bénéficiaires, avec leur nombre.",
        "« Reçu le » : le jour où vous envoyez ce bilan.",
        "« Mesures » : dites pour chaque chiffre s’il est renseigné, manquant ou sans objet.",
    )[0 if last < year else 1 :]


def _add_itself(links: Links, content: Content, row: Record) -> None:
    [cells] = node_rows(links, SHEETS["Organisations"], [row], LeftOut())
    content.add("Organisations", **cells)
    content.mark("to_fill", "Organisations", *(name for name in _ASKED if cells.get(name) is None))


def _named(links: Links, key: object) -> str | None:
    """Return the name of an organisation where it names it alone, else its identifier."""
    row = links.nodes("Organisation").get(str(key), {})
    found = links.known.find("Organisation", str(row.get("name")))
    return str(row["name"]) if found is not None and found.key == key else reference(
        links, "Organisation", key
    )  # fmt: skip


def _add_partners(links: Links, content: Content, past: _Past, year: int) -> None:
    rows = [row for row in _parts(links) if row["target"] in past.actions and row.get("year") == past.year]
    for row in sorted(
        rows, key=lambda row: (str(row["target"]), str(row["role"]) != "pilot", str(row["key"]))
    ):
        content.add(
            "Participations",
            organisation=_named(links, row["source"]),
            action=reference(links, "Action", row["target"]),
            year=year,
            role=SCHEMA.french("role", str(row["role"])),
            basis=SCHEMA.french("basis_of_part", "report"),
        )
        content.mark("carried", "Participations", "organisation", "action", "role")


def _add_places(links: Links, content: Content, past: _Past, year: int) -> None:
    """Add the places targeted the year before; those reached are results of that year alone."""
    column = SHEETS["Lieux"].by_field["code"]
    degree = SCHEMA.french("degree", "targeted")
    for action in past.actions:
        for row in links.leaving("TAKES_PLACE_IN", action):
            said = row.get("year") == past.year and row["degree"] == "targeted"
            place = place_cells(links, column, row["target"]) if said else None
            if place is None:
                continue
            code, share = reference(links, "Action", action), row.get("share")
            name = links.nodes("Territory")[str(row["target"])]["name"]
            content.add("Lieux", action=code, year=year, **place, name=name, degree=degree, share=share)
            content.mark("carried", "Lieux", *place, "name", *(("share",) if share is not None else ()))


def _add_reports(links: Links, content: Content, node: KnownNode, past: _Past, year: int) -> None:
    """Add one report for each action, with its due date, and the figures asked of it."""
    own = [report for link, report in _reports(links) if link["target"] == node.key]
    for action in past.actions:
        named = {"organisation": _named(links, node.key), "action": reference(links, "Action", action)}
        here = [report for report in own if action in _actions_of(links, report)]
        now = next((report for report in here if report.get("year") == year), None)
        before = next((report for report in here if report.get("year") == past.year), None)
        due, received = _due_on(now, before, year - past.year), (now or {}).get("received_on")
        content.add("Bilans", **named, year=year, due_on=due, received_on=received)
        content.mark("to_fill", "Bilans", *(("received_on",) if received is None else ()))
        if due is None:
            content.mark("to_fill", "Bilans", "due_on")
        _add_figures(links, content, named, now, before, year)


def _due_on(now: Record | None, before: Record | None, years: int) -> datetime.date | None:
    """Return the due date of a report, else the one before, as many years later."""
    said = (now or {}).get("due_on")
    if isinstance(said, datetime.date):
        return said
    last = (before or {}).get("due_on")
    if not isinstance(last, datetime.date):
        return None
    leap = (last.month, last.day) == (2, 29)
    return last.replace(year=last.year + years, day=28 if leap else last.day)


def _add_figures(
    links: Links,
    content: Content,
    named: dict[str, str | None],
    now: Record | None,
    before: Record | None,
    year: int,
) -> None:
    """Add the figures asked: those of the year where they are known, else those of the report before."""
    measures = links.nodes("Measure")
    asked = [
        measures[str(link["target"])]
        for report in (now, before)
        if report is not None
        for link in links.leaving("REPORTS", report["key"])
        if str(link["target"]) in measures
    ]
    seen: set[str] = set()
    for row in asked:
        metric = str(row["metric"])
        if metric in seen:
            continue
        seen.add(metric)
        told = row if row.get("year") == year and row.get("status") != "missing" else {}
        status = SCHEMA.french("measure_status", str(told["status"])) if "status" in told else None
        content.add(
            "Mesures",
            metric=metric,
            **named,
            year=year,
            value=told.get("value"),
            unit=row.get("unit"),
            status=status,
            sources_declared=told.get("sources_declared"),
        )
        if not told:
            content.mark("to_fill", "Mesures", "value", "status", "sources_declared")
