"""Tb3: which action reaches which authority: named there, included in a wider place, beneficiaries there."""

from dashboards import view_data, words
from dashboards.figures.asked import Asked
from dashboards.figures.dumbbells import authorities_of, authority_names
from dashboards.report_tables.table import NONE, Cell, Column, Content, count, text
from graphmodel.frames import records_of
from graphmodel.profile import territory_profile

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
    places = authorities_of(asked)
    names = authority_names(asked)
    places.sort(key=lambda place: names.get(place.code, place.code))
    actions = sorted(records_of(asked.graph.nodes("Action")), key=lambda row: str(row["id"]))
    order = view_data.codes_in_order([view_data.action_code(str(row["id"])) for row in actions])
    actions.sort(key=lambda row: order.index(view_data.action_code(str(row["id"]))))
    if not places or not len(asked.graph.relationships("TAKES_PLACE_IN")):
        made.empty = asked.absence("T01") if places else "Aucune collectivité n’est connue."
        return made
    marks = {place.code: _marks(asked, str(place.key)) for place in places}
    made.columns = (
        Column("Action", width=1.4),
        Column("Intitulé", width=4.0),
        *(Column(_short(names.get(place.code, place.code)), "status") for place in places),
        Column("Touchées", "integer"),
    )
    unknown = [place for place in places if not _known(asked, str(place.key))]
    totals = dict.fromkeys(marks, 0)
    for row in actions:
        code, wide = str(row["id"]), bool(row.get("region_wide", False))
        cells = []
        for place in places:
            if place in unknown:
                cells.append(Cell(None, "?"))
                continue
            said = _REGION if wide else marks[place.code].get(code, "")
            totals[place.code] += bool(said) and not wide
            cells.append(Cell(said or None, said or NONE))
        touched = (
            None
            if wide
            else sum(bool(marks[place.code].get(code)) for place in places if place not in unknown)
        )
        made.add(
            text(view_data.action_code(code)),
            text(str(row.get("short_name", row["name"]))),
            *cells,
            Cell(touched, words.number(touched) if touched is not None else _REGION),
        )
    made.add(
        text("Actions"),
        text("hors actions régionales"),
        *(count(None if place in unknown else totals[place.code], "?") for place in places),
        Cell(None, NONE),
        level="total",
    )
    made.notes = [
        "C : la collectivité ou un lieu qu’elle contient est nommé ; I : elle est dans un lieu plus large ; "
        "A : des "
        "bénéficiaires y sont localisés ; R : action régionale, qui concerne tout le monde et personne en "
        "particulier.",
        "Comptage plein : une action compte dans chaque collectivité touchée. Les périmètres se recouvrent "
        ": ni les "
        "lignes ni la dernière ligne ne s’additionnent (T10).",
        "CG : conseil général ; SM : syndicat mixte ; V. : ville.",
        "« ? » : périmètre inconnu ; « — » : aucun lieu déclaré là, ce qui n’est pas une absence prouvée.",
    ]
    return made


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
