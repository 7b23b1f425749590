"""The maps that can be printed: their names on the command line, what they take. Light: no drawing here."""

from dataclasses import dataclass
from typing import Final, Literal

from graphmodel import UsageError
from graphmodel.secrecy import Mode

Paper = Literal["a4", "a3", "demi"]
"""Sizes of page; `demi` is half an A4 (A5)."""
Classes = Literal["fixes", "quantiles", "egales"]
"""Ways to choose limits between classes, as the address of the dashboard names them."""
Orientation = Literal["landscape", "portrait"]
MapKind = Literal[
    "actions", "perimeters", "amounts", "quarters", "rural", "poles", "employment", "compositions",
    "zonings", "communes-2014", "view",
]  # fmt: skip
"""Maps that can be asked for by name."""
MapLevel = Literal["commune", "epci", "departement"]
"""Units of the maps of territories."""

_FRENCH: Final = {
    "year": "l’année", "level": "le niveau", "region_wide": "les actions régionales",
    "series": "la série d’années", "measure": "la mesure", "classes": "les classes", "zonings": "les zonages",
}  # fmt: skip
"""Options of a map as a refusal names them."""


@dataclass(frozen=True, slots=True)
class MapOptions:
    """What can be chosen of a printed map.

    Attributes
    ----------
    year
        None is the last year, or all of them, as the map says.
    level
        Units; None is the map's own.
    region_wide
        True adds the amounts of region-wide actions.
    series
        True draws every year side by side, with one set of limits.
    measure
        Identifier of the measure of a view.
    classes
        How the limits between the classes of a view are chosen.
    zonings
        True draws QPV and ZRR over a view.
    mode
        `working` shows secret values and prints « document de travail ».
    grey
        True for the edition to be photocopied.
    paper, orientation
        Page; None is the map's own orientation.
    """

    year: int | None = None
    level: MapLevel | None = None
    region_wide: bool = False
    series: bool = False
    measure: str = ""
    classes: Classes = "fixes"
    zonings: bool = False
    mode: Mode = "publication"
    grey: bool = False
    paper: Paper = "a4"
    orientation: Orientation | None = None

    def words(self) -> list[str]:
        """Return the options as the command line says them, those left at their default out."""
        said = [
            f"--measure {self.measure}" if self.measure else "",
            f"--year {self.year}" if self.year is not None else "",
            "--series" if self.series else "",
            f"--level {self.level}" if self.level else "",
            f"--classes {self.classes}" if self.classes != "fixes" else "",
            "--region-wide" if self.region_wide else "",
            "--zonings" if self.zonings else "",
            f"--format {self.paper}" if self.paper != "a4" else "",
            f"--orientation {self.orientation}" if self.orientation else "",
            "--grey" if self.grey else "",
            f"--mode {self.mode}" if self.mode != "publication" else "",
        ]
        return [word for word in said if word]


_DEFAULTS: Final = MapOptions()


@dataclass(frozen=True, slots=True)
class MapCard:
    """A map that can be printed.

    Attributes
    ----------
    kind
        Its name on the command line.
    number
        Its number on the page: « Carte M3 ».
    said
        What it shows, for the help.
    stem
        Name of the file that its command proposes.
    orientation
        Page it is made for.
    takes
        Options it takes beside those of every map (page, grey, mode).
    levels
        Units it can be drawn by, its own first.
    """

    kind: MapKind
    number: str
    said: str
    stem: str
    orientation: Orientation = "landscape"
    takes: frozenset[str] = frozenset()
    levels: tuple[MapLevel, ...] = ()

    def command(self, options: MapOptions, suffix: str) -> str:
        """Return the command that makes the map again."""
        kind = [] if self.kind == DEFAULT else [f"--kind {self.kind}"]
        words = ["maillage export map", *kind, *options.words()]
        return " ".join([*words, f"--out {self.stem}{suffix}"])

    def check(self, options: MapOptions) -> None:
        """Refuse the options that the map does not take.

        Raises
        ------
        UsageError
            With what was asked for, and the levels that exist.
        """
        for name, french in _FRENCH.items():
            if getattr(options, name) != getattr(_DEFAULTS, name) and name not in self.takes:
                raise UsageError(f"La carte « {self.said} » ne se règle pas par {french}.")
        if options.level and options.level not in self.levels:
            raise UsageError(
                f"La carte « {self.said} » ne se dessine pas par « {options.level} ». Niveaux : "
                f"{', '.join(self.levels)}."
            )


DEFAULT: Final[MapKind] = "actions"
CARDS: Final = (
    MapCard("actions", "Carte M2", "actions par EPCI", "carte-m2", "portrait", frozenset({"year"})),
    MapCard("perimeters", "Carte M1", "périmètres des signataires", "carte-m1"),
    MapCard("amounts", "Carte M3", "montants par habitant", "carte-m3",
            takes=frozenset({"year", "level", "region_wide", "series"}), levels=("commune", "epci")),
    MapCard("quarters", "Carte M4", "QPV ciblés, inclus, atteints", "carte-m4", takes=frozenset({"year"})),
    MapCard("rural", "Carte M5", "communes ZRR couvertes", "carte-m5", takes=frozenset({"year"})),
    MapCard("poles", "Carte M6", "PTCE et leurs membres", "carte-m6", takes=frozenset({"year"})),
    MapCard("employment", "Carte M7", "poids de l’emploi de l’ESS", "carte-m7",
            takes=frozenset({"year", "level", "series"}), levels=("epci", "departement")),
    MapCard("compositions", "Carte M8", "écart entre deux compositions des EPCI", "carte-m8"),
    MapCard("zonings", "Carte des zonages", "QPV et ZRR", "zonages"),
    MapCard("communes-2014", "Carte de 2014", "communes du 1er janvier 2014", "carte", "portrait"),
    MapCard("view", "Vue des territoires", "vue d’une mesure", "vue",
            takes=frozenset({"measure", "year", "level", "series", "classes", "zonings"}),
            levels=("commune", "epci", "departement")),
)  # fmt: skip
"""Every map, in the order of the help."""
BY_KIND: Final[dict[MapKind, MapCard]] = {card.kind: card for card in CARDS}


def kinds_help() -> str:
    """Return the kinds with what each shows, for the help of the command line."""
    return " ; ".join(f"{card.kind} ({card.said})" for card in CARDS)
