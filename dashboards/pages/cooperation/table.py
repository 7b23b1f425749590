"""The text alternative of the network: one sentence, and a table of every actor and action."""

from dash.development.base_component import Component

from dashboards import words
from dashboards.pages.cooperation.context import CooperationContext
from dashboards.pages.grid import grid

TABLE_ID = "coop-table"


def content_key(context: CooperationContext) -> str:
    """Return what the content of the table depends on: a selection leaves it as it is."""
    choices = context.choices
    names = ("dessin", "an", "axe", "monde", "famille", "change")
    return "|".join([context.version, *(getattr(choices, name) for name in names)])


def sentence(context: CooperationContext) -> str:
    """Return what the drawing shows, in one sentence."""
    subject, wave, change = context.subject, context.scene.wave, context.scene.change
    if change is not None and not change.first:
        kept, new, lost = (len(links) for links in (change.links.kept, change.links.new, change.links.lost))
        what = "liens" if change.projected else "participations"
        return words.typeset(
            f"De {change.before} à {change.after} : {words.number(kept)} {what} conservées, {new} nouvelles, "
            f"{lost} perdues.".replace("liens conservées", "liens conservés")
        )
    present = set(wave.network.operators)
    groups = [
        f"{one.letter} ({words.number(len(one.members & present))})"
        for one in subject.communities if one.members & present
    ]  # fmt: skip
    told = f" Communautés et nombre d’acteurs : {words.listed(groups)}." if groups else ""
    return words.typeset(f"En {wave.year} : {context.picture.caption}.{told}")


def records(context: CooperationContext) -> list[dict[str, object]]:
    """Return a row for each actor and each action of the year; what is not known is said in words."""
    subject, wave, change = context.subject, context.scene.wave, context.scene.change
    partners = {key: len(wave.meetings.partners(key)) for key in wave.network.operators}
    degrees = dict(zip(wave.network.operators, wave.network.degrees, strict=True))
    sizes = dict(zip(wave.network.actions, wave.network.sizes, strict=True))
    rows: list[dict[str, object]] = [
        {
            "key": subject.handle_of(key),
            "kind": "Acteur",
            "name": subject.full_names.get(key, key),
            "world": words.WORLDS.get(subject.read.worlds.get(key), words.UNKNOWN),
            "family": subject.read.families.get(key) or "–",
            "community": subject.letter_of.get(key, "autres"),
            "actions": degrees[key],
            "actors": None,
            "partners": partners[key],
            "place": subject.seat_names.get(key, words.UNKNOWN),
            "gained": change.gains[key] if change else None,
            "lost": change.losses[key] if change else None,
        }
        for key in sorted(wave.network.operators, key=subject.name_of)
    ]
    rows += [
        {
            "key": subject.handle_of(key),
            "kind": "Action",
            "name": subject.name_of(key),
            "world": "–",
            "family": "–",
            "community": subject.letter_of.get(key, "autres"),
            "actions": None,
            "actors": sizes[key],
            "partners": None,
            "place": f"axe {subject.read.axes[key]}" if key in subject.read.axes else words.UNKNOWN,
        }
        for key in sorted(wave.network.actions, key=subject.name_of)
    ]
    return rows


def columns(context: CooperationContext) -> list[dict[str, object]]:
    """Return the columns: those of change only when two years are compared."""
    found: list[dict[str, object]] = [
        {"field": "kind", "headerName": "Type", "width": 72},
        {"field": "name", "headerName": "Nom", "flex": 2.2, "minWidth": 170, "tooltipField": "name"},
        {"field": "world", "headerName": "Monde", "width": 96, "tooltipField": "world"},
        {"field": "family", "headerName": "Famille", "flex": 1.3, "tooltipField": "family"},
        {"field": "community", "headerName": "Comm.", "width": 74, "headerTooltip": "Communauté"},
        {"field": "actions", "headerName": "Actions", "width": 82, "type": "rightAligned"},
        {"field": "actors", "headerName": "Acteurs", "width": 82, "type": "rightAligned"},
        {"field": "partners", "headerName": "Partenaires", "width": 104, "type": "rightAligned"},
        {"field": "place", "headerName": "Siège ou axe", "flex": 1.2, "tooltipField": "place"},
    ]
    if context.scene.change is not None:
        found += [
            {"field": "gained", "headerName": "Gagnées", "width": 96, "type": "rightAligned"},
            {"field": "lost", "headerName": "Perdues", "width": 96, "type": "rightAligned"},
        ]
    return found


def actor_grid(context: CooperationContext) -> Component:
    """Return the table."""
    return grid(TABLE_ID, columns(context), records(context), "Aucun acteur")
