"""Tb3: which action reaches which authority: named there, included in a wider place, beneficiaries there."""

from collections.abc import Sequence

from dashboards import view_data, words
from dashboards.figures.asked import Asked
from dashboards.figures.dumbbells import authorities_of, authority_names
from dashboards.report_tables.table import NONE, Cell, Column, Content, count, text
from graphmodel.frames import records_of
from graphmodel.profile import territory_profile

_NOTES = (
    "C : la collectivité ou un lieu qu’elle contient est nommé ; I : elle est dans un lieu plus large ; A : "
    "des bénéficiaires y sont localisés ; R : action régionale, qui concerne tout le monde et personne en "
    "particulier.",
    "Comptage plein : une action compte dans chaque collectivité touchée. Les périmètres se recouvrent : ni "
    "les lignes ni la dernière ligne ne s’additionnent (T10).",
    "CG : conseil général ; SM : syndicat mixte ; V. : ville.",
    "« ? » : périmètre inconnu ; « — » : aucun lieu déclaré là, ce qui n’est pas une absence prouvée.",
)
_REGION = "R"
_SHORTENED = (
    ("Conseil général de l’", "CG "),
    ("Conseil général ", "CG "),
    ("Syndicat mixte ", "SM "),
    ("Ville de ", "V. "),
)


def make(asked: Asked) -> Content:
    """Return Tb3."""
    made = Content(
        "Les actions et les collectivités : ciblée (C), incluse (I), atteinte (A), toutes années",
        asked.source("lieux d’action déclarés dans les bilans", asked.reported),
        wide=True,
    )
    places, names = authorities_of(asked), authority_names(asked)
    if not places or not len(asked.graph.relationships("TAKES_PLACE_IN")):
        made.empty = asked.absence("T01") if places else "Aucune collectivité n’est connue."
        return made
    made.columns = (
        Column("Action", width=1.4),
        Column("Intitulé", width=4.0),
        *(Column(_short(names.get(place.code, place.code)), "status") for place in places),
        Column("Touchées", "integer"),
    )
    # None where the perimeter is unknown: nothing can be said of any action there.
    marks = [_marks(asked, str(place.key)) if _known(asked, str(place.key)) else None for place in places]
    for row in _actions(asked):
        code = str(row["id"])
        told = [None if own is None else own.get(code, "") for own in marks]
        made.add(*_row(row, told))
    wide = {str(row["id"]) for row in _actions(asked) if row.get("region_wide", False)}
    totals = [None if own is None else len(set(own) - wide) for own in marks]
    made.add(
        text("Actions"),
        text("hors actions régionales"),
        *(count(one, "?") for one in totals),
        Cell(None, NONE),
        level="total",
    )
    made.notes = list(_NOTES)
    return made


def _actions(asked: Asked) -> list[dict[str, object]]:
    """Return the records of the actions, in the order of the annex."""
    records = {view_data.action_code(str(row["id"])): row for row in records_of(asked.graph.nodes("Action"))}
    return [records[code] for code in view_data.codes_in_order(records)]


def _row(row: dict[str, object], told: Sequence[str | None]) -> tuple[Cell, ...]:
    """Return the row of an action; `told` holds its mark in each authority, None where none can be."""
    wide = bool(row.get("region_wide", False))
    said = [None if mark is None else _REGION if wide else mark for mark in told]
    touched = None if wide else sum(bool(mark) for mark in said)
    return (
        text(view_data.action_code(str(row["id"]))),
        text(str(row.get("short_name", row["name"]))),
        *(Cell(mark or None, "?" if mark is None else mark or NONE) for mark in said),
        Cell(touched, words.number(touched) if touched is not None else _REGION),
    )


def _short(name: str) -> str:
    """Return the name of an authority for a narrow column; the notes say what is shortened."""
    for long, short in _SHORTENED:
        name = name.replace(long, short)
    return name


def _known(asked: Asked, key: str) -> bool:
    return bool(asked.graph.nodes("Territory")["perimeter"][key] != "unknown") and bool(
        (asked.graph.relationships("CONTAINS")["source"] == key).any()
        or asked.graph.nodes("Territory")["level"][key] == "commune"
    )


def _marks(asked: Asked, key: str) -> dict[str, str]:
    """Return the marks of the actions in a territory, by identifier of the action."""
    found: dict[str, str] = {}
    for action in territory_profile(asked.graph, key).actions:
        letters = {"targeted": "C", "reached": "A"}
        told = [letters[degree] for degree in ("targeted", "reached") if degree in action.degrees]
        if action.where == "around":
            told = ["I" if letter == "C" else letter for letter in told]
        found[action.code] = "".join(dict.fromkeys([*found.get(action.code, ""), *told]))
    return found
