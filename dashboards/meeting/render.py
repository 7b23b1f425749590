"""The meeting as one page: the same template for the server and for the file that stands alone."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import jinja2
from markupsafe import Markup

from dashboards import theme, words
from dashboards.maps.bundle import ASSETS, content_policy, font_css
from dashboards.maps.elements import json_block
from dashboards.meeting.asked import AskedNeed
from dashboards.meeting.chair import chair_notes
from dashboards.meeting.context import MeetingContext
from dashboards.meeting.cooperation import FIELD
from dashboards.meeting.notes import PREFIX
from dashboards.meeting.said import KINDS
from graphmodel.schema import SCHEMA

STYLES: Final = ("meeting/meeting.css", "meeting/meeting-print.css")
SCRIPTS: Final = ("meeting/meeting-notes.js", "meeting/meeting-places.js", "meeting/meeting.js")
"""Own files of the page, in the order they must run."""
LEVELS: Final = ("region", "epci", "departement", "commune", "syndicat_mixte", "pnr", "authority", "custom")
"""Levels of the territories that can be called."""
REGION: Final = "82"
"""Code of the region of the reference."""
NOTES_PATH: Final = "/seance/notes"
"""Address that takes the notes on a server."""
FICTIONAL: Final = "Bilans, quartiers et zones rurales sont fictifs : rien ici n’est un résultat."


@dataclass(frozen=True, slots=True)
class Screen:
    """One view of a screen of the agenda.

    Attributes
    ----------
    slot
        Rank of the screen in the agenda; -1 for the territories where the agenda leaves them out: letters
        typed anywhere still open them.
    step
        Rank of the view in its screen.
    kind, title, hint
        Kind, question, hint of the footer.
    need
        Need of that view, on the first screen only.
    """

    slot: int
    step: int
    kind: str
    title: str
    hint: str
    need: AskedNeed | None = None


def screens_of(context: MeetingContext) -> tuple[Screen, ...]:
    """Return every view in order; the needs asked for have one each, after that of their counts."""
    found = []
    for rank, slot in enumerate(context.agenda.slots):
        hint = context.hint(slot)
        needs = (None, *context.asked.needs) if slot.kind == "demandes" else (None,)
        found += [Screen(rank, step, slot.kind, slot.title, hint, need) for step, need in enumerate(needs)]
    if all(slot.kind != "territoire" for slot in context.agenda.slots):
        title = words.typeset("Et mon territoire ?")
        found.append(Screen(-1, 0, "territoire", title, "Échap : revenir"))
    return tuple(found)


def meeting_page(context: MeetingContext, prefix: str | None = None, start: int = 0) -> str:
    """Return the page of a meeting.

    Parameters
    ----------
    context
        What it says.
    prefix
        Address of the assets on the server, None for a file that stands alone.
    start
        Rank of the screen it opens on.
    """
    served = prefix is not None
    return _template().render(
        c=context,
        screens=screens_of(context),
        title=f"Séance du {words.day(context.meeting.on)}",
        day=words.day(context.meeting.on),
        tokens=Markup(theme.css() + font_css(prefix) + f":root{{--pick:{theme.PICKED}}}"),
        styles=_links(STYLES, prefix, '<link rel="stylesheet" href="{}">', "<style>{}</style>"),
        scripts=_links(SCRIPTS, prefix, '<script src="{}"></script>', "<script>{}</script>"),
        data=Markup(json_block(data_of(context, served=served, start=start))),
        field=FIELD,
        plural=words.plural,
        fictional_warning=words.typeset(FICTIONAL),
    )


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    def source(name: str) -> str:
        return (files("dashboards.meeting") / name).read_text(encoding="utf-8")

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        loader=jinja2.FunctionLoader(source),
    )
    return environment.get_template("meeting.html")


def _links(names: tuple[str, ...], prefix: str | None, linked: str, inline: str) -> Markup:
    if prefix is not None:
        return Markup("\n".join(linked.format(f"{prefix}{name}") for name in names))
    return Markup("\n".join(inline.format((ASSETS / name).read_text(encoding="utf-8")) for name in names))


def data_of(context: MeetingContext, *, served: bool, start: int = 0) -> dict[str, object]:
    """Return what the scripts of the page read: territories, names, notes, where to write."""
    meeting, cards = context.meeting, context.territories.cards
    ranks = {code: rank for rank, code in enumerate(cards)}
    return {
        "meeting": {"id": meeting.id, "on": meeting.on.isoformat(), "known": meeting.known},
        "prefix": PREFIX,
        "region": REGION,
        "contract": context.contract,
        "notes_path": NOTES_PATH if served else None,
        "start": start,
        "slots": [
            {"kind": slot.kind, "title": slot.title, "minutes": slot.minutes, "option": slot.option}
            for slot in context.agenda.slots
        ],
        "chair": chair_notes(context),
        "kinds": KINDS,
        "levels": {level: SCHEMA.french("territory_level", level) for level in LEVELS},
        "territories": [
            {
                "code": card.code,
                "name": card.name,
                "about": card.about,
                "rows": [[row.figure, row.words] for row in card.rows],
                "at": [card.at[0] / context.drawing.width, card.at[1] / context.drawing.height]
                if card.at
                else None,
                "groups": card.groups,
                "level": card.level,
            }
            for card in cards.values()
        ],
        "communes": [[name, ranks[code]] for name, code in context.territories.communes if code in ranks],
        "said": [
            {"id": note.id.removeprefix(PREFIX), "kind": note.kind, "text": note.text, "territory": note.code,
             "name": note.territory, "at": None}
            for note in context.said
        ],
    }  # fmt: skip


def save_name(day: date) -> str:
    """Return the name of the file of a meeting: `seance_2016-10-18.html`."""
    return f"seance_{day.isoformat()}.html"


def alone(page: str) -> str:
    """Return a page that stands alone, with the policy that forbids it any request."""
    policy = content_policy(page).replace("'self' ", "")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return page.replace("<head>\n", f"<head>\n{meta}\n", 1)


def save_page(context: MeetingContext, path: Path) -> int:
    """Write a meeting as one HTML file that asks for nothing, and return its size in bytes."""
    content = alone(meeting_page(context)).encode("utf-8")
    path.write_bytes(content)
    return len(content)
