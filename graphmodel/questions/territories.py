"""Questions about places: who is in a territory, what reaches it, what has no place."""

from collections.abc import Iterator

from graphmodel.questions.model import Column, Given, Parameter, Sorted, question
from graphmodel.questions.view import Record, View, grouped, is_there, years_of

YEAR = Parameter("annee", "year", "Année ; toutes si elle n’est pas dite.")
TERRITORY = Parameter(
    "territoire", "Territory", "Code ou clé d’un territoire ; avec tout ce qu’il contient.", required=True
)
ACTION = Column("action", "Action")
ACTION_NAME = Column("action_name", "Intitulé")
ORGANISATION = Column("organisation", "Organisation")
AXES = Column("axes", "Axes", "list")


def _places_inside(view: View, given: Given) -> dict[str, list[Record]]:
    """Return the places of actions that lie in the territory asked, by action."""
    inside = view.inside(given["territoire"])
    places = view.links("TAKES_PLACE_IN", "Action", "Territory")
    return grouped([place for place in places if place["target"] in inside and is_there(place)], "source")


@question(
    "qui-agit-dans-mon-territoire",
    "Qui agit dans mon territoire ?",
    [TERRITORY, YEAR],
    [
        ORGANISATION,
        Column("world", "Monde", "enum:world"),
        Column("role", "Rôle", "enum:role"),
        ACTION,
        ACTION_NAME,
        Column("years", "Années", "list"),
    ],
    "Porteurs et partenaires, selon les bilans, des actions qui ont lieu dans le territoire cette année-là.",
)
def who_acts(view: View, given: Given) -> Iterator[Sorted]:
    """Yield organisation, action and role, with the years."""
    places = _places_inside(view, given)
    parts: dict[tuple[str, str, str], list[Record]] = {}
    for part in view.operations(given["annee"]):
        if any(is_there(place, part.get("year")) for place in places.get(part["target"], ())):
            parts.setdefault((part["source"], part["target"], part["role"]), []).append(part)
    for (who, what, role), found in parts.items():
        organisation, action = view.nodes("Organisation")[who], view.nodes("Action")[what]
        name, world = organisation.get("name"), organisation.get("world")
        yield (
            (name, who, what, role),
            (name, world, role, action["id"], action.get("name"), years_of(found)),
        )


@question(
    "actions-dans-mon-territoire",
    "Quelles actions ont lieu dans mon territoire ?",
    [TERRITORY, YEAR],
    [
        ACTION,
        ACTION_NAME,
        AXES,
        Column("places", "Lieux", "integer"),
        Column("targeted", "Dont ciblés", "integer"),
    ],
    "Les lieux comptés sont le territoire et ce qu’il contient.",
)
def which_actions(view: View, given: Given) -> Iterator[Sorted]:
    """Yield actions with the number of their places inside."""
    for key, places in _places_inside(view, given).items():
        kept = [place for place in places if is_there(place, given["annee"])]
        if kept:
            action = view.nodes("Action")[key]
            targeted = {place["target"] for place in kept if place.get("degree") == "targeted"}
            row = (action["id"], action.get("name"), view.axes(key))
            yield (key,), (*row, len({place["target"] for place in kept}), len(targeted))


@question(
    "quartiers-que-rien-n-atteint",
    "Quels quartiers prioritaires aucune action n’atteint ?",
    [YEAR],
    [
        Column("quarter", "Quartier"),
        Column("code", "Code"),
        Column("vintage", "Millésime"),
        Column("communes", "Communes", "list"),
        Column("population", "Habitants", "integer"),
        Column("nearby", "Actions dans la commune", "integer"),
    ],
    "Atteint : une action cible le quartier ou y compte des bénéficiaires ; sa commune ne suffit pas.",
)
def unreached_quarters(view: View, given: Given) -> Iterator[Sorted]:
    """Yield quarters without an action, and how many actions are in their communes."""
    places = view.arriving("TAKES_PLACE_IN", "Action", "Territory")
    around = view.arriving("CONTAINS", "Territory", "Territory")
    territories = view.nodes("Territory")

    def present(key: str) -> set[str]:
        return {place["source"] for place in places.get(key, ()) if is_there(place, given["annee"])}

    for key, quarter in territories.items():
        if quarter["level"] != "qpv" or present(key):
            continue
        holders = {link["source"] for link in around.get(key, ())}
        communes = sorted(holder for holder in holders if territories[holder]["level"] == "commune")
        nearby = {action for commune in communes for action in present(commune)}
        names = [territories[commune].get("name") for commune in communes]
        yield (
            (quarter["code"], key),
            (
                quarter.get("name"),
                quarter["code"],
                quarter.get("vintage"),
                [name for name in names if name is not None],
                quarter.get("population"),
                len(nearby),
            ),
        )


@question(
    "actions-sans-lieu",
    "Quelles actions n’ont aucun lieu connu ?",
    [YEAR],
    [
        ACTION,
        ACTION_NAME,
        AXES,
        Column("region_wide", "Régionale", "boolean"),
        Column("declared", "Lieu écrit dans la source"),
    ],
)
def actions_without_place(view: View, given: Given) -> Iterator[Sorted]:
    """Yield actions that no territory is linked to."""
    places = view.leaving("TAKES_PLACE_IN", "Action", "Territory")
    for key, action in view.nodes("Action").items():
        if not any(is_there(place, given["annee"]) for place in places.get(key, ())):
            head = (action["id"], action.get("name"), view.axes(key))
            yield (key,), (*head, action.get("region_wide"), action.get("place_declared"))


@question(
    "communes-classees-d-une-action",
    "Quelles communes classées (en ZRR) une action cible-t-elle ?",
    [
        Parameter("action", "Action", "Code ou clé de l’action.", required=True),
        YEAR,
        Parameter("zonage", "text", "Nom du zonage.", default="ZRR"),
    ],
    [
        Column("commune", "Commune"),
        Column("code", "Code"),
        Column("vintage", "Millésime du zonage"),
        Column("status", "Classement", "enum:zoning_status"),
        Column("targets", "Par", "list"),
    ],
    "Ciblées par leur nom ou par un territoire qui les contient ; classées en tout ou en partie.",
)
def classed_communes(view: View, given: Given) -> Iterator[Sorted]:
    """Yield classed communes with the names of the targets that hold them."""
    actions, territories = view.named("Action", given["action"]), view.nodes("Territory")
    targets: dict[str, set[str]] = {}
    for place in view.links("TAKES_PLACE_IN", "Action", "Territory"):
        wanted = place["source"] in actions and place.get("degree") == "targeted"
        if wanted and is_there(place, given["annee"]):
            for key in view.inside(place["target"]):
                targets.setdefault(key, set()).add(place["target"])
    for link in view.links("CLASSED_IN", "Territory", "Zoning"):
        zoning, commune = view.nodes("Zoning")[link["target"]], territories[link["source"]]
        held = targets.get(link["source"])
        if (
            held
            and commune["level"] == "commune"
            and zoning["scheme"] == given["zonage"]
            and link["status"] in ("classed", "partly")
        ):
            by = [name for key in sorted(held) if (name := territories[key].get("name")) is not None]
            row = (commune.get("name"), commune["code"], zoning.get("vintage"), link["status"], by)
            yield (commune["code"], link["source"], link["target"]), row
