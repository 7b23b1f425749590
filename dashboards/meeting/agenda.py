"""The agenda of a meeting: which screens, in which order, how long each, and what two of them begin with."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from dashboards import words


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of screen.

    Attributes
    ----------
    id
        Its name in an address and in the store.
    title
        Question the room reads.
    about
        What it shows, for the person who prepares.
    minutes
        Minutes it takes unless told otherwise.
    option
        What can be chosen of it, in one word; empty when nothing can.
    """

    id: str
    title: str
    about: str
    minutes: int
    option: str = ""


KINDS: Final = {
    kind.id: kind
    for kind in (
        Kind(
            "demandes",
            "Ce que vous aviez demandé",
            "Chaque besoin de la séance précédente, sa réponse ou son silence",
            4,
        ),
        Kind("sujet", "De quoi parle-t-on ?", "Le contrat en trois nombres", 2),
        Kind("argent", "L’argent est-il allé partout ?", "La carte : a reçu, rien reçu, on ne sait pas", 4,
             "année"),
        Kind("zones", "Et les quartiers, et la campagne ?", "Quartiers visés, communes rurales touchées", 3),
        Kind("territoire", "Et mon territoire ?", "Celui que la salle appelle, par ses premières lettres", 6,
             "territoire"),
        Kind("reseau", "Qui travaille avec qui ?", "Les groupes qui coopèrent, et leurs liens", 3),
        Kind("besoins", "Que vous manque-t-il ?", "La ligne où l’on prend note", 6),
        Kind("dire", "Ce qu’on peut dire", "Chaque effet attendu : établi, orienté ou non", 2),
        Kind("releve", "Ce que vous avez dit", "Ce qui a été noté, par territoire", 2),
    )
}  # fmt: skip
"""Every kind of screen, in the order of the storyboard."""

MOST_MINUTES: Final = 90
_PART = re.compile(r"([a-z]+)(?::(\d{1,3}))?(?:@([\w.-]{1,40}))?")


@dataclass(frozen=True, slots=True)
class Slot:
    """A screen of an agenda: its kind, its minutes from 0 to 90, what it begins with (empty for nothing)."""

    kind: str
    minutes: int
    option: str = ""

    @property
    def title(self) -> str:
        """Question the room reads."""
        return words.typeset(KINDS[self.kind].title)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The screens of a meeting in order, and what was asked for that nobody knows."""

    slots: tuple[Slot, ...]
    notices: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Minutes of the whole meeting."""
        return sum(slot.minutes for slot in self.slots)

    @property
    def text(self) -> str:
        """The agenda as an address and the store write it; inverse of `agenda_of`."""
        return ",".join(_written(slot) for slot in self.slots)

    def beginning(self, kind: str, option: str) -> "Agenda":
        """Return the agenda where a screen begins with something; an empty option changes nothing."""
        if not option or _PART.fullmatch(f"{kind}@{option}") is None:
            return self
        slots = [replace(slot, option=option) if slot.kind == kind else slot for slot in self.slots]
        return replace(self, slots=tuple(slots))


def _written(slot: Slot) -> str:
    return f"{slot.kind}:{slot.minutes}{f'@{slot.option}' if slot.option else ''}"


def standard_agenda(first: Iterable[str] = KINDS) -> Agenda:
    """Return the agenda of the storyboard, half an hour."""
    return Agenda(tuple(Slot(name, KINDS[name].minutes) for name in first))


def agenda_of(text: str | None) -> Agenda:
    """Return the agenda a text says, the storyboard when it says none.

    Parameters
    ----------
    text
        `argent:4@2015,territoire:6`: kinds, minutes and what each begins with. A kind nobody knows, or that
        was already named, is left out and told.
    """
    if not text:
        return standard_agenda()
    slots: dict[str, Slot] = {}
    unknown = []
    for part in text.split(","):
        found = _PART.fullmatch(part.strip())
        if found is None or found[1] not in KINDS or found[1] in slots:
            unknown.append(part.strip()[:40])
            continue
        kind = KINDS[found[1]]
        minutes = kind.minutes if found[2] is None else min(int(found[2]), MOST_MINUTES)
        slots[kind.id] = Slot(kind.id, minutes, (found[3] or "") if kind.option else "")
    notices = tuple(
        f"Le lien demandait l’écran {words.quoted(name)}, inconnu ici ou déjà présent." for name in unknown
    )
    return Agenda(tuple(slots.values()), notices) if slots else replace(standard_agenda(), notices=notices)
