"""The one road of every printed map: from a snapshot and options to a page, and to a file."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from dashboards.evaluations import evaluation_of
from dashboards.map_kinds import BY_KIND, DEFAULT, MapKind, MapOptions
from dashboards.prints import furniture
from dashboards.prints.actions_map import actions_content
from dashboards.prints.amounts_map import amounts_content
from dashboards.prints.compositions_map import compositions_content
from dashboards.prints.content import Content, Request, Values
from dashboards.prints.employment_map import employment_content
from dashboards.prints.former_map import UnnumberedGroupError, former_content
from dashboards.prints.grey import make_grey
from dashboards.prints.ground import print_ground
from dashboards.prints.labels import UnnamedPartnerError
from dashboards.prints.layout import LayoutError, layout_of
from dashboards.prints.page import FORMATS, Page, printing
from dashboards.prints.perimeters_map import perimeters_content
from dashboards.prints.poles_map import poles_content
from dashboards.prints.quarters_map import quarters_content
from dashboards.prints.rural_map import rural_content
from dashboards.prints.text import TextOverflowError
from dashboards.prints.view_map import view_content
from dashboards.prints.zonings_map import zonings_content
from graphmodel import ContractGraph, UsageError
from graphmodel.indicators import IndicatorValue

BUILDERS: Final[Mapping[MapKind, Callable[[Request], Content]]] = {
    "actions": actions_content,
    "perimeters": perimeters_content,
    "amounts": amounts_content,
    "quarters": quarters_content,
    "rural": rural_content,
    "poles": poles_content,
    "employment": employment_content,
    "compositions": compositions_content,
    "zonings": zonings_content,
    "communes-2014": former_content,
    "view": view_content,
}
"""What makes each map, by its name on the command line."""


def print_map(
    graph: ContractGraph,
    kind: MapKind,
    out: Path,
    options: MapOptions | None = None,
    values: Values | None = None,
) -> Path:
    """Write a map as a page to print.

    Parameters
    ----------
    graph
        Snapshot with one contract.
    kind
        Name of the map; see `dashboards.map_kinds.CARDS`.
    out
        File to write: `.png` (300 dpi), `.svg` or `.pdf`.
    options
        Year, units, mode, edition, page.
    values
        Indicators by identifier, released in the mode; None takes those of the evaluation kept on disk.

    Raises
    ------
    UsageError
        An extension of no known format, an option the map does not take, data it needs that is not there, a
        page on which it does not fit.
    MaillageError
        When the page would be wrong (a party without a name, a text out of its box); nothing is written.
    """
    suffix = out.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(f"« {out.suffix} » n’est pas un format de page : {', '.join(FORMATS)}.")
    with printing():
        page, title = map_page(graph, kind, options, suffix, values)
        return page.save(out, title)


def map_page(
    graph: ContractGraph,
    kind: MapKind = DEFAULT,
    options: MapOptions | None = None,
    suffix: str = ".png",
    values: Values | None = None,
) -> tuple[Page, str]:
    """Return the page of a map and its title, inside `printing()`; see `print_map`."""
    chosen = options or MapOptions()
    card = BY_KIND[kind]
    card.check(chosen)
    orientation = chosen.orientation or card.orientation
    asked = Request(graph, card, chosen, print_ground(), values or _evaluated(graph, chosen))
    content = BUILDERS[kind](asked)
    layout = layout_of(chosen.paper, orientation, insets=content.insets, below=content.below)
    page = Page(layout.width, layout.height, layout.paper, chosen.grey)
    foot = furniture.imprint(graph, content.footer(chosen.mode), card.command(chosen, suffix),
                             fictional=content.fictional, mode=chosen.mode)  # fmt: skip
    try:
        furniture.draw_header(page, _heading(asked, content))
        content.draw(page, layout)
        furniture.draw_footer(page, foot, layout.foot)
    except (UnnamedPartnerError, UnnumberedGroupError, TextOverflowError) as error:
        if chosen.paper != "demi":
            raise
        raise LayoutError(
            f"Cette carte ne tient pas sur une demi-page ; choisir --format a4 ou a3. {error}"
        ) from error
    if chosen.grey:
        make_grey(page)
    return page, content.title


def _heading(asked: Request, content: Content) -> furniture.Heading:
    number = asked.card.number + (", série" if asked.options.series else "")
    return furniture.Heading(
        title=content.title,
        subtitle=f"{furniture.contract_words(asked.graph)} · {content.about}",
        number=number + (" · niveaux de gris" if asked.options.grey else ""),
        fictional=content.fictional,
    )


def _evaluated(graph: ContractGraph, options: MapOptions) -> Values:
    """Return what finds the values of an indicator in the evaluation, computed at the first need."""

    def find(indicator: str) -> Sequence[IndicatorValue]:
        every = evaluation_of(graph, options.mode).values
        return [value for value in every if value.indicator == indicator]

    return find
