"""What goes in the folder of a meeting: for whom a sheet is made, and which pieces."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dashboards import words
from dashboards.map_kinds import CARDS
from dashboards.sheets.subject import subject_of
from graphmodel import ContractGraph, UsageError
from graphmodel.invitations import (
    Guest,
    MeetingHeld,
    authorities_of,
    guests_of,
    meeting_named,
    members_of,
    parties_of,
)
from graphmodel.secrecy import Mode

Kind = Literal["meeting", "sheet", "map", "web_map"]
GROUPS: Final = ("invited", "parties", "members", "all")
"""What `--for` names beside codes; the first is what is done when nothing is asked."""
_LEFT_OUT: Final = frozenset({"view"})
"""Maps that need a choice of their own."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for.

    Attributes
    ----------
    meeting
        Day or identifier, as typed.
    who
        One of `GROUPS`, or codes and names of territories.
    mode
        See `graphmodel.secrecy.release`.
    """

    meeting: str
    who: tuple[str, ...] = ()
    mode: Mode = "publication"

    def command(self, meeting: MeetingHeld, folder: str) -> str:
        """Return the command that makes the folder again."""
        day = meeting.on.isoformat() if meeting.on is not None else meeting.id
        asked = "".join(f" --for {_argument(one)}" for one in self.who)
        mode = "" if self.mode == "publication" else f" --mode {self.mode}"
        return f"maillage pack --meeting {day}{asked}{mode} --out {_argument(folder)}"


def _argument(text: str) -> str:
    return text if re.fullmatch(r"[\w./:@-]+", text) else '"' + text.replace('"', '\\"') + '"'


@dataclass(frozen=True, slots=True)
class Order:
    """A piece to make.

    Attributes
    ----------
    kind
        What it is.
    subject
        Code of a territory, kind of a map, identifier of a meeting.
    title
        What the index calls it.
    about
        What the index says of it.
    paths
        Files it is written to, relative to the folder.
    """

    kind: Kind
    subject: str
    title: str
    about: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The folder of a meeting, before it is made.

    Attributes
    ----------
    meeting
        The meeting.
    orders
        The pieces, the longest to make first.
    absent
        What is not there, and why: name, reason.
    """

    meeting: MeetingHeld
    orders: tuple[Order, ...]
    absent: tuple[tuple[str, str], ...]


def contents_of(graph: ContractGraph, choice: Choice) -> Contents:
    """Return what the folder of a meeting holds.

    Raises
    ------
    UsageError
        A meeting or a territory that is not known; a group of `--for` beside others; nobody to write for.
    """
    meeting = meeting_named(graph, choice.meeting)
    guests, codes = _asked(graph, meeting, choice.who)
    sheets, absent = _sheets(graph, guests, codes)
    if not sheets:
        raise UsageError(
            f"Aucune collectivité n’est convoquée à cette réunion ({meeting.title}) : nommez-les, "
            "--for parties, --for all ou --for CODE."
        )
    about = "Présentation de la séance, à projeter sans réseau."
    shown = Order("meeting", meeting.id, title_of(meeting), about, ("seance.html",))
    return Contents(meeting, (shown, *_maps(), *sheets), tuple(absent))


def _asked(
    graph: ContractGraph, meeting: MeetingHeld, who: Sequence[str]
) -> tuple[tuple[Guest, ...], tuple[str, ...]]:
    """Return the organisations and the territories that `--for` names.

    Raises
    ------
    UsageError
        A group beside anything else.
    """
    groups = [one for one in who if one in GROUPS]
    if groups and len(who) > 1:
        raise UsageError(f"--for {groups[0]} se donne seul, ou donnez des codes de territoires.")
    if who and not groups:
        return (), tuple(who)
    group = groups[0] if groups else GROUPS[0]
    if group == "parties":
        return parties_of(graph), ()
    if group == "members":
        return members_of(graph, meeting), ()
    invited = guests_of(graph, meeting)
    if group == "all":
        seen = {one.key for one in invited}
        return (*invited, *(one for one in authorities_of(graph) if one.key not in seen)), ()
    return invited, ()


def _sheets(
    graph: ContractGraph, guests: Iterable[Guest], codes: Iterable[str]
) -> tuple[list[Order], list[tuple[str, str]]]:
    """Return the sheets to make, one a territory, by name; and the organisations that have none."""
    orders: dict[str, Order] = {}
    absent: list[tuple[str, str]] = []
    territories = graph.nodes("Territory")
    for guest in guests:
        if guest.territory is None:
            absent.append((guest.name, "n’administre aucun territoire connu de la base : pas de fiche"))
        elif guest.level == "region":
            absent.append((guest.name, "est le périmètre du contrat : la séance et les cartes la disent"))
        else:
            said = "signataire" if guest.signed else "non signataire"
            code = str(territories["code"][guest.territory])
            orders.setdefault(code, _sheet(code, guest.name, said))
    for asked in codes:
        subject = subject_of(graph, asked)
        said = "signataire" if subject.party else "non signataire"
        orders.setdefault(subject.code, _sheet(subject.code, subject.authority or subject.name, said))
    return sorted(orders.values(), key=lambda one: (folded(one.title), one.subject)), absent


def _sheet(code: str, name: str, said: str) -> Order:
    stem = f"fiches/{slug(name)}-{slug(code)}"
    return Order("sheet", code, name, f"Fiche territoire, {said}.", (f"{stem}.pdf", f"{stem}.html"))


def _maps() -> list[Order]:
    drawn = []
    # « Carte M1 » stands before the maps that bear a name.
    for card in sorted(CARDS, key=lambda card: (not card.number.startswith("Carte M"), card.number)):
        if card.kind not in _LEFT_OUT:
            path = f"cartes/{slug(card.number)}-{slug(card.kind)}.pdf"
            paper = "paysage" if card.orientation == "landscape" else "portrait"
            drawn.append(
                Order(
                    "map", card.kind, f"{card.number}, {card.said}", f"Page A4 {paper}, à imprimer.", (path,)
                )
            )
    about = "Carte à parcourir sans réseau, avec sa table."
    return [*drawn, Order("web_map", "communes", "Toutes les communes", about, ("cartes/communes.html",))]


def folded(text: str) -> str:
    """Return a text without case nor accents, for sorting as a person does."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()


def slug(text: str) -> str:
    """Return a text as a file name that every system takes.

    >>> slug("Conseil général de l’Isère")
    'conseil-general-de-l-isere'
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", " ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "sans-nom"


def title_of(meeting: MeetingHeld) -> str:
    """Return the body and the day of a meeting: « Assemblée des territoires, 18 octobre 2016 »."""
    who = meeting.body_name or meeting.id
    return who if meeting.on is None else f"{who}, {words.day(meeting.on)}"
