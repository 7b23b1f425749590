"""The whole of a contract in the sheets of the template."""

from collections.abc import Iterable

from graphmodel import ContractGraph, UsageError
from loaders.filling.left_out import LeftOut
from loaders.filling.links import Links, Record
from loaders.filling.node_sheets import node_rows
from loaders.filling.observation_sheets import comparison_rows, employment_place, employment_rows
from loaders.filling.references import reference
from loaders.filling.relationship_sheets import (
    answer_rows,
    attendance_rows,
    by_year,
    member_rows,
    participation_rows,
    relationship_rows,
    support_rows,
)
from loaders.template import SHEETS, Cells, Content, Identity
from loaders.template.model import Sheet
from loaders.workbook.assemble import is_node_sheet


def store_content(graph: ContractGraph) -> tuple[Content, LeftOut]:
    """Return what a contract's graph holds, as rows of the template, and what they cannot say.

    Read back on the same store, the rows change nothing: they are a copy, no new source. What the template
    has no column for (quotes of the convention, outlines of territories) is not in it.

    Parameters
    ----------
    graph
        Graph of one contract.

    Raises
    ------
    UsageError
        The graph holds no contract, or several.
    """
    contracts = list(graph.contracts)
    if len(contracts) != 1:
        raise UsageError(
            "La base ne contient aucun contrat : rien à écrire dans le modèle."
            if not contracts
            else f"La base contient plusieurs contrats : choisissez avec --contract ({', '.join(contracts)})."
        )
    contract = str(contracts[0])
    note = f"Copie de la base à sa version {graph.version.number}."
    identity = Identity(f"copie-{contract}", contract, fictional=graph.fictional, note=note, copy=True)
    left, links = LeftOut(), Links(graph)
    content = Content(identity)
    for sheet in SHEETS.values():
        rows = sheet_rows(links, sheet, left)
        if rows:
            content.rows[sheet.name] = rows
    return content, left


def sheet_rows(links: Links, sheet: Sheet, left: LeftOut) -> list[Cells]:
    """Return the rows of one sheet."""
    made = _MAKERS.get(sheet.name)
    if made is not None:
        return made(links, sheet, left)
    if is_node_sheet(sheet):
        return node_rows(links, sheet, _nodes(links, sheet), left)
    return relationship_rows(links, sheet, by_year(links.rows(sheet.record)), left)


def _nodes(links: Links, sheet: Sheet) -> Iterable[Record]:
    """Return the nodes of a sheet in the order of years and keys, without those another sheet says."""
    rows = by_year(links.nodes(sheet.record).values())
    if sheet.name == "Organisations":
        return [row for row in rows if row["key"] not in links.businesses]
    if sheet.name == "Délégations":
        return [row for row in rows if row.get("source") == "dataset"]
    if sheet.name == "Observations":
        return [row for row in rows if employment_place(links, str(row["key"]), row) is None]
    return rows


def _measures(links: Links, sheet: Sheet, left: LeftOut) -> list[Cells]:
    """Return measures with the operator whose report holds them."""
    found = []
    for row in _nodes(links, sheet):
        reports = [link["source"] for link in links.entering("REPORTS", row["key"])]
        authors = [link["target"] for report in reports for link in links.leaving("SUBMITTED_BY", report)]
        word = reference(links, "Organisation", authors[0]) if len(authors) == 1 else None
        for cells in node_rows(links, sheet, [row], left):
            said = {**cells, "organisation": word}
            # The operator belongs to what makes an identifier: only another one is written.
            made = _measure_identifier(row, links, authors, word)
            if made == row["id"]:
                said.pop("id", None)
            else:
                said["id"] = row["id"]
            found.append(said)
    return found


def _measure_identifier(row: Record, links: Links, authors: list[object], word: str | None) -> str:
    about = [link for link in links.leaving("ABOUT", row["key"]) if link["target_label"] == "Action"]
    action = str(links.nodes("Action")[str(about[0]["target"])]["id"]) if about else None
    parts = (row.get("metric"), action, row.get("year"), word if authors else None)
    return "-".join(str(part) for part in parts if part is not None)


_MAKERS = {
    "Participations": participation_rows,
    "Mesures": _measures,
    "Membres des PTCE": lambda links, sheet, left: member_rows(links, sheet, "Ptce", left),
    "Membres des filières": lambda links, sheet, left: member_rows(links, sheet, "Sector", left),
    "Réponses": answer_rows,
    "Présences": attendance_rows,
    "Entreprises soutenues": support_rows,
    "Emploi": employment_rows,
    "Comparaison": comparison_rows,
}
"""Sheets that put more than one node or one relationship in a row."""
