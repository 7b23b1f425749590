"""What a map hands to the one road that prints it: its words, its sources, how it draws itself on a page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dashboards.map_kinds import MapCard, MapOptions
from dashboards.prints.ground import CREDIT, PROJECTION, PrintGround, vintage_words
from dashboards.prints.layout import BELOW, Layout
from dashboards.prints.page import Page
from dashboards.prints.zonings_data import Zoning
from graphmodel import ContractGraph, UsageError
from graphmodel.indicators import IndicatorValue
from graphmodel.secrecy import Mode

Values = Callable[[str], Sequence[IndicatorValue]]
"""Values of an indicator by its identifier, released in the mode of the map."""

OF_ITS_TIME: Final = {"QPV": "2015", "ZRR": "2014"}
"""Lists that a contract of 2014 to 2016 is judged by; publication refuses any other."""


@dataclass(frozen=True, slots=True)
class Request:
    """A map that is asked for: the snapshot of one contract, the options, the ground, the indicators."""

    graph: ContractGraph
    card: MapCard
    options: MapOptions
    ground: PrintGround
    values: Values


@dataclass(frozen=True, slots=True)
class Content:
    """A map ready to be drawn.

    Attributes
    ----------
    title
        Title of the page and of the file.
    about
        What stands after the name of the contract in the subtitle.
    fictional
        True when anything shown is fictional.
    sources
        Sentences of the footer before those of the ground.
    draw
        Draws everything between the header and the footer.
    insets, below
        What the layout must keep room for; see `layout_of`.
    zonings
        Lists drawn or counted; publication accepts those of the contract's time alone.
    ground_words
        What the footer says of the vintages of the ground; empty says nothing.
    """

    title: str
    about: str
    fictional: bool
    sources: tuple[str, ...]
    draw: Callable[[Page, Layout], None]
    insets: int = 2
    below: float = BELOW
    zonings: tuple[Zoning, ...] = ()
    ground_words: str = ""

    def footer(self, mode: Mode) -> tuple[str, ...]:
        """Return the sentences of the footer, deviations of the zonings included.

        Raises
        ------
        UsageError
            In publication, when a list is not one of the contract's time.
        """
        told = deviations(self.zonings, mode)
        return (*self.sources, *told, *([self.ground_words] if self.ground_words else []),
                f"{CREDIT}. {PROJECTION}.")  # fmt: skip


def deviations(zonings: Iterable[Zoning], mode: Mode) -> tuple[str, ...]:
    """Return a sentence for each list that is not of the contract's time.

    Raises
    ------
    UsageError
        In publication: figures of another list must not be taken for those of the contract.
    """
    found = [one for one in zonings if OF_ITS_TIME.get(one.scheme) != one.vintage]
    if found and mode == "publication":
        said = " et ".join(f"{one.scheme} {one.vintage}" for one in found)
        wanted = ", ".join(f"{scheme} {vintage}" for scheme, vintage in OF_ITS_TIME.items())
        raise UsageError(
            f"Zonage {said} : ce n’est pas une liste du temps du contrat ({wanted}). Une carte publiée la "
            "refuse ; un document de travail la dessine et dit l’écart (--mode working)."
        )
    return tuple(
        f"Écart : {one.scheme} {one.vintage} au lieu d’une liste du temps du contrat"
        f"{f' ({one.scheme} {OF_ITS_TIME[one.scheme]})' if one.scheme in OF_ITS_TIME else ''}."
        for one in found
    )


def population_words(ground: PrintGround) -> str:
    """Return what the footer says of the ground of a map that uses the population."""
    return vintage_words(ground, population=True)
