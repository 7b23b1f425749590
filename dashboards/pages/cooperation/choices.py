"""What a person chose on « Coopérations »: read from the address, checked, and written back to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from dashboards import words
from dashboards.pages.cooperation.subject import Subject
from dashboards.pages.page import Settings

DRAWINGS = (("actions", "Acteurs et actions"), ("acteurs", "Acteurs seuls"))
"""Two-mode network, or its projection: value in the address, words."""
COLOURS = (("communaute", "Communauté"), ("monde", "Monde"), ("axe", "Axe"))
"""What the colour of a node says."""
VIEWS = ("reseau", "tableau")
"""The drawing, or the table that says the same."""
TOOLS = ("", "voisinage", "chemin")
"""Tool in hand; it waits for an actor, and is no part of the address."""
WORLDS = {
    "ess": "ess",
    "societe-ess": "ess_company",
    "classique": "classic",
    "public": "public",
    "recherche": "research",
}
"""Worlds: value in the address, value of the graph."""
COMMUNITY = "Communaute"
"""Prefix of a community in `sel`."""
_INTERNAL = frozenset({"outil"})


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that decides what the page shows; empty texts choose nothing.

    Attributes
    ----------
    dessin, an, couleur, vue
        Drawing, year, meaning of the colours, drawing or table.
    axe, monde, famille
        Filters: identifier of an axis, world, family.
    terr
        Code of a territory whose actors are ringed.
    sel
        `Organisation:id`, `Action:id` or `Communaute:A`.
    ego, de, vers
        `Organisation:id` of the actor whose surroundings are lit; ends of a path.
    change
        Two years compared, `2014-2015`.
    outil
        Tool in hand.
    """

    dessin: str = "actions"
    an: str = ""
    axe: str = ""
    monde: str = ""
    famille: str = ""
    terr: str = ""
    couleur: str = "communaute"
    sel: str = ""
    ego: str = ""
    de: str = ""
    vers: str = ""
    change: str = ""
    vue: str = "reseau"
    outil: str = ""

    @property
    def year(self) -> int:
        """The year shown; that of `change` is its second one."""
        return int(self.an)

    @property
    def waves(self) -> tuple[int, int] | None:
        """The two years compared."""
        if not self.change:
            return None
        before, after = self.change.split("-")
        return int(before), int(after)

    @property
    def community(self) -> str:
        """Letter of the community selected, empty for none."""
        kind, _, letter = self.sel.partition(":")
        return letter if kind == COMMUNITY else ""

    @property
    def state(self) -> dict[str, str]:
        """Every choice by name, as the browser keeps it."""
        return {name: str(value) for name, value in asdict(self).items()}

    @property
    def said(self) -> dict[str, str]:
        """What the address says: choices that are not the default, the year always."""
        plain = Choices()
        found = {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if one.name not in _INTERNAL and getattr(self, one.name) != getattr(plain, one.name)
        }
        return {"an": self.an, **found} if self.an else found

    @property
    def filters(self) -> tuple[tuple[str, str, str], ...]:
        """Filters in use: name in the address, its label, what is kept in words."""
        worlds = {value: words.WORLDS[world] for value, world in WORLDS.items()}
        found = (
            ("axe", "Axe", self.axe),
            ("monde", "Monde", worlds.get(self.monde, "")),
            ("famille", "Famille", self.famille),
        )
        return tuple(one for one in found if one[2])


def choices_of(subject: Subject, settings: Settings) -> tuple[Choices, tuple[str, ...]]:
    """Return what the settings choose, and one sentence for each that means nothing here.

    Parameters
    ----------
    subject
        The network of the contract: it says which years, axes, families and names there are.
    settings
        Settings of the address, or the state that the browser keeps.
    """
    reader = _Reader(settings)
    years = [str(year) for year in subject.years]
    change = reader.take("change", _pairs(years))
    an = reader.take("an", years, str(subject.latest or ""))
    if change:
        an = change.split("-")[1]
    made = Choices(
        dessin=reader.take("dessin", [value for value, _ in DRAWINGS], "actions"),
        an=an,
        axe=reader.take("axe", subject.axis_names),
        monde=reader.take("monde", WORLDS),
        famille=reader.take("famille", subject.families),
        terr=reader.check("terr", lambda code: subject.place(code) is not None),
        couleur=reader.take("couleur", [value for value, _ in COLOURS], "communaute"),
        sel=_selection(subject, reader),
        ego=reader.check("ego", subject.is_actor),
        de=reader.check("de", subject.is_actor),
        vers=reader.check("vers", subject.is_actor),
        change=change,
        vue=reader.take("vue", VIEWS, "reseau"),
        outil=reader.take("outil", TOOLS),
    )
    return made, tuple(reader.notices)


def _pairs(years: Sequence[str]) -> list[str]:
    """Return the pairs of years that can be compared, and the first year beside itself: nothing before it."""
    return [f"{year}-{year}" for year in years[:1]] + [
        f"{before}-{after}" for before in years for after in years if before < after
    ]


def _selection(subject: Subject, reader: "_Reader") -> str:
    """Return `sel`; a territory asked for there is one of `terr`: the search field gives it so."""

    def known(asked: str) -> bool:
        kind, _, name = asked.partition(":")
        if kind == COMMUNITY:
            return name in {community.letter for community in subject.communities}
        return subject.key_of(asked) is not None

    return reader.check("sel", known)


class _Reader:
    """Takes settings one by one and remembers those that mean nothing."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._settings = settings
        self.notices: list[str] = []

    def take(self, name: str, allowed: Iterable[str], default: str = "") -> str:
        """Return a setting among the values allowed, else the default."""
        return self.check(name, set(allowed).__contains__, default)

    def check(self, name: str, known: Callable[[str], bool], default: str = "") -> str:
        """Return a setting that is known, else the default."""
        asked = self._settings.get(name) or ""
        if not asked or known(asked):
            return asked or default
        self.notices.append(words.unknown_setting(asked))
        return default
