"""Sheets whose rows are more than one node or one relationship."""

from collections import Counter
from collections.abc import Iterable

from graphmodel.batch import Ref
from loaders.workbook.assemble import (
    Assembly,
    add_node_row,
    add_relationship_row,
    properties,
    row_trouble,
)
from loaders.workbook.known import KnownNode
from loaders.workbook.rows import ReadRow

EMPLOYMENT_METRICS = {
    "ess": ("employment_ess", "emplois"),
    "total": ("employment_total", "emplois"),
    "establishments": ("establishments_ess", "établissements"),
    "largest": ("largest_ess", "emplois"),
}
"""Metric and unit of the observation that each column of « Emploi » makes."""


def add_participations(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    """Add participations; the commitment of an authority names the territory it administers."""
    for row in rows:
        organisation = row.node("organisation")
        territory = assembly.known.administered.get(organisation.key) if organisation else None
        commits = row.values.get("basis") == "commitment"
        add_relationship_row(
            assembly,
            row,
            {"authority": _code(territory)} if commits and territory and not row.text("authority") else None,
        )


def _code(key: str) -> str:
    """Return the code of a territory from its key, `commune/69123@2025`."""
    return key.partition("/")[2].rpartition("@")[0]


def add_measures(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    """Add measures, each reported by the report of its operator."""
    for row in rows:
        node = add_node_row(assembly, row)
        organisation, action = row.node("organisation"), row.node("action")
        if node is None or organisation is None:
            continue
        if action is None:
            row_trouble(assembly, row, "missing_value", "Une mesure d’opérateur dit pour quelle action.")
            continue
        report = assembly.known.find("Report", f"{organisation.id}-{action.id}-{row.text('year')}")
        if report is None:
            row_trouble(
                assembly, row, "unknown_report",
                f"Aucun bilan {row.text('year')} de « {organisation.name} » n’est attendu pour cette action.",
                "Ajouter la ligne dans la feuille « Bilans ».",
            )  # fmt: skip
            continue
        assembly.builder.relationship("REPORTS", report.ref, node.ref, place=row.spot.place())


def add_attendance(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    """Add who was invited to a meeting, who came, who was excused."""
    kinds = {
        "present": ("INVITED_TO", "ATTENDED"),
        "excused": ("INVITED_TO", "EXCUSED"),
        "uninvited": ("ATTENDED",),
    }
    for row in rows:
        meeting, organisation = row.node("meeting"), row.node("organisation")
        if not row.sound or meeting is None or organisation is None:
            continue
        for kind in kinds.get(str(row.values["presence"]), ("INVITED_TO",)):
            assembly.builder.relationship(kind, organisation.ref, meeting.ref, place=row.spot.place())


def add_answers(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    """Add the history of answers: the order of the rows of one action and one need is its order."""
    order: Counter[tuple[str, str]] = Counter()
    for row in rows:
        action, need = row.node("action"), row.node("need")
        if action is None or need is None:
            continue
        order[action.key, need.key] += 1
        position = row.values.get("position", order[action.key, need.key])
        add_relationship_row(assembly, row, {"position": position})


def add_supports(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    """Add supported businesses, identified by their SIREN, and the support of each action."""
    order: Counter[tuple[str, str]] = Counter()
    for row in rows:
        action = row.node("action")
        if not row.sound or action is None or row.values.get("siren") is None:
            continue
        held = row.node("siren")
        business = _business(assembly, row, held)
        order[action.key, business[1]] += 1
        position = row.values.get("position", order[action.key, business[1]])
        values = {**properties(row, "SUPPORTS"), "position": position}
        assembly.builder.relationship("SUPPORTS", action.ref, business, values, place=row.spot.place())
        if held is not None:
            continue
        for field in ("commune", "qpv"):
            place = row.node(field)
            if place is not None:
                said = {"precision": "établissement"}
                assembly.builder.relationship("BASED_IN", business, place.ref, said, place=row.spot.place())


def _business(assembly: Assembly, row: ReadRow, held: KnownNode | None) -> Ref:
    """Add the business of a row; one that the store of a copy holds keeps the SIREN it has, or none."""
    name, said = row.text("name"), properties(row, "Organisation")
    if held is not None:
        assembly.builder.node("Organisation", held.id, said, name=name, key=held.key, place=row.spot.place())
        return held.ref
    siren = str(row.values["siren"])
    values = {**said, "siren": siren}
    ref = assembly.builder.node("Organisation", siren, values, name=name, place=row.spot.place())
    assembly.known.add(KnownNode(*ref, siren, name or siren))
    return ref


def add_needs(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    """Add needs; somebody expresses each of them."""
    for row in rows:
        held = assembly.known.trusting and assembly.known.find("Need", row.text("id") or "") is not None
        if row.sound and not held and not {"organisation", "code"} & row.values.keys():
            row_trouble(
                assembly, row, "missing_value", "Aucune collectivité n’exprime ce besoin.",
                "Remplir la collectivité, ou le niveau et le code de son territoire.",
            )  # fmt: skip
        node = add_node_row(assembly, row)
        date = row.values.get("date")
        if node is not None and not held and hasattr(date, "year"):
            assembly.builder.node("Need", node.id, {"year": date.year}, place=row.spot.place())


def add_observations(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    """Add observations; each describes one thing and holds one quantity."""
    subjects = {"organisation", "action", "instrument", "code"}
    for row in rows:
        said = subjects & row.values.keys()
        if row.sound and len(said) != 1 and not assembly.known.trusting:
            row_trouble(
                assembly, row, "wrong_subject",
                "Une grandeur décrit une chose : une organisation, une action, un outil ou un territoire.",
                "Ne remplir qu’une de ces colonnes.",
            )  # fmt: skip
        add_node_row(assembly, row)


def add_employment(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    """Add one observation for each filled column of a row."""
    for row in rows:
        territory = row.node("code")
        if not row.sound or territory is None:
            continue
        vintage = row.text("vintage") or _vintage(assembly, territory)
        suffix = row.text("id") or f"{row.text('year')}-{row.text('level')}-{territory.id}"
        for field, (metric, unit) in EMPLOYMENT_METRICS.items():
            value = row.values.get(field)
            if isinstance(value, int):
                said = {
                    "metric": metric,
                    "year": row.values["year"],
                    "value": float(value),
                    "unit": unit,
                    "vintage": vintage,
                }
                identifier = f"{metric}-{suffix}"
                place = row.spot.place(field)
                ref = assembly.builder.node("Observation", identifier, said, place=place)
                assembly.builder.relationship("ABOUT", ref, territory.ref, place=place)


def _vintage(assembly: Assembly, territory: KnownNode) -> str | None:
    """Return the vintage of a territory's codes, unknown in a copy that leaves its cell empty."""
    return None if assembly.known.trusting else territory.key.partition("@")[2] or None


def add_comparison(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    """Add to the contract which territories are compared; every row says the same metric and years."""
    groups: dict[str, list[str]] = {"treated": [], "control": []}
    given: dict[str, object] = {}
    heads: set[tuple[str, ...]] = set()
    first: ReadRow | None = None
    for row in rows:
        territory = row.node("code")
        if not row.sound or territory is None:
            continue
        first = first or row
        heads.add(tuple(str(row.values[field]) for field in ("metric", "year0", "year1")))
        groups[str(row.values["group"])].append(territory.id)
        if "value" in row.values:
            given[territory.id] = row.values["value"]
        if len(heads) > 1:
            row_trouble(
                assembly, row, "two_comparisons", "Une seule comparaison tient dans cette feuille.",
                "Garder la même grandeur et les mêmes années sur toutes les lignes.",
            )  # fmt: skip
            return
    if first is None:
        return
    metric, year0, year1 = next(iter(heads))
    comparison = {
        "cle": metric,
        "annee0": year0,
        "annee1": year1,
        "traites": groups["treated"],
        "temoins": groups["control"],
        **({"valeurs": given} if given else {}),
    }
    contract = str(assembly.known.contract["id"])
    assembly.builder.node("Contract", contract, {"comparison": comparison}, place=first.spot.place())


def add_reports(assembly: Assembly, rows: Iterable[ReadRow]) -> None:
    """Add expected reports; a report is received by a date, never before its year."""
    for row in rows:
        received, year = row.values.get("received_on"), row.values.get("year")
        held = assembly.known.trusting
        if not held and hasattr(received, "year") and isinstance(year, int) and received.year < year:
            row_trouble(
                assembly, row, "wrong_date", "Ce bilan serait reçu avant l’année dont il rend compte.",
                "Corriger l’année ou la date de réception.",
            )  # fmt: skip
        add_node_row(assembly, row)
