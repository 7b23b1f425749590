"""Maps, figures and tables of the catalogue as blocks; one whose data is not there is one honest sentence."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from dashboards.figures import Figure, figure
from dashboards.map_kinds import BY_KIND, MapKind, MapOptions
from dashboards.prints.content import Content, Request, deviations
from dashboards.prints.ground import print_ground
from dashboards.prints.layout import Layout, LayoutError
from dashboards.prints.maps import BUILDERS
from dashboards.prints.page import Page, printing
from dashboards.prints.text import Box
from dashboards.report.blocks import Align, Block, Cell, Column, Paragraph, Picture, Row, Table
from dashboards.report.material import Material
from dashboards.report_tables import report_table
from graphmodel import MaillageError
from graphmodel.indicators import IndicatorValue

WIDTH: Final = 166.0
"""Width of the text of the report, in millimetres."""
_HEIGHTS: Final = (106.0, 112.0, 155.0)
"""Heights tried for a map beside its legend: the lowest in which everything fits."""
_LARGE: Final = frozenset({"actions"})
"""Maps of circles with names: they need the whole width."""
_MAP_SHARE: Final = 0.60
_LONGEST_ALT: Final = 350
_ALIGN: Final[Mapping[str, Align]] = {"l": "l", "c": "c", "r": "r"}


def map_block(material: Material, kind: MapKind, options: MapOptions | None = None) -> Block:
    """Return a map drawn for the column of the text, without the head and foot of a page.

    Parameters
    ----------
    material
        What it is drawn from.
    kind
        Name of the map; see `dashboards.map_kinds.CARDS`.
    options
        Year, measure, units; the mode is that of the report.
    """
    chosen = _in_mode(options or MapOptions(), material)
    card = BY_KIND[kind]
    try:
        card.check(chosen)
        with printing():
            content = BUILDERS[kind](Request(material.graph, card, chosen, print_ground(), _values(material)))
            page, height = _fitted(content, kind)
            source = " ".join((*content.sources, *deviations(content.zonings, material.mode)))
    except MaillageError as error:
        return Paragraph(f"{card.number} ({card.said}) : non dessinée. {_reason(error)}", small=True)
    return Picture(
        "Carte",
        f"{content.title} ({card.number.removeprefix('Carte ')}). "
        f"{content.about[:1].upper()}{content.about[1:]}.",
        _alt(f"{content.title}. {content.about}. Les valeurs sont dans les tableaux de cette partie."),
        WIDTH,
        height,
        lambda: _saved(page, ".svg", content.title),
        lambda: _saved(page, ".png", content.title),
        source,
    )  # fmt: skip


def _in_mode(options: MapOptions, material: Material) -> MapOptions:
    return replace(options, mode=material.mode, paper="a4")


def _values(material: Material) -> Callable[[str], list[IndicatorValue]]:
    @cache
    def find(indicator: str) -> list[IndicatorValue]:
        return [value for value in material.evaluation.values if value.indicator == indicator]

    return find


def _fitted(content: Content, kind: str) -> tuple[Page, float]:
    """Return the map drawn on the lowest sheet in which everything fits, and its height.

    Raises
    ------
    MaillageError
        When it fits none.
    """
    last: MaillageError = LayoutError("La carte ne tient pas dans la page du rapport.")
    sheets = [_beside(height) for height in _HEIGHTS] if kind not in _LARGE else []
    for layout in (*sheets, _above()):
        page = Page(WIDTH, layout.height, "A4", False)
        try:
            content.draw(page, layout)
        except MaillageError as error:
            last = error
        else:
            return page, layout.height
    raise last


def _beside(height: float) -> Layout:
    """The map at left, its legend at right; no inset, like half a page: the map's own page has them."""
    main = Box(0.3, 0.3, WIDTH * _MAP_SHARE, height - 0.6)
    column = Box(main.right + 4.0, 0.3, WIDTH - main.right - 4.3, height - 0.6)
    return Layout("A5", WIDTH, height, main, (), (column,), height)


def _above() -> Layout:
    """The map over the whole width, its legend in two columns under it."""
    height, tall = 218.0, 150.0
    wide = (WIDTH - 6.0) / 2
    columns = tuple(Box(x, tall + 4.0, wide, height - tall - 4.3) for x in (0.3, wide + 5.7))
    return Layout("A5", WIDTH, height, Box(0.3, 0.3, WIDTH - 0.6, tall), (), columns, height)


def _saved(page: Page, suffix: str, title: str) -> bytes:
    with TemporaryDirectory() as folder, printing():
        return page.save(Path(folder) / f"map{suffix}", title).read_bytes()


def figure_block(material: Material, kind: str, year: int | None = None) -> Block:
    """Return a figure of the catalogue (`f1` to `f8`)."""
    try:
        drawn: Figure = figure(kind, material.graph, material.evaluation, year=year)
    except MaillageError as error:
        return Paragraph(f"Figure {kind.upper()} : non dessinée. {_reason(error)}", small=True)
    if drawn.empty is not None:
        return Paragraph(f"{drawn.title} : figure non dessinée. {_reason(drawn.empty)}", small=True)
    return Picture(
        "Figure", f"{drawn.caption.rstrip('.')} ({kind.upper()}).", _alt(drawn.alt), WIDTH,
        drawn.height(WIDTH), lambda: drawn.svg(WIDTH), lambda: drawn.png(WIDTH), drawn.source,
    )  # fmt: skip


def table_block(material: Material, kind: str) -> Block:
    """Return a table of the catalogue (`tb1` to `tb8`)."""
    try:
        made = report_table(kind, material.graph, material.evaluation)
    except MaillageError as error:
        return Paragraph(f"Tableau {kind.capitalize()} : non dressé. {_reason(error)}", small=True)
    if made.empty is not None:
        return Paragraph(f"{made.caption} : tableau non dressé. {_reason(made.empty)}", small=True)
    columns = tuple(
        Column(f"{c.title} ({c.unit})" if c.unit else c.title, _ALIGN[c.align], c.width, c.group)
        for c in made.columns
    )
    rows = tuple(Row(tuple(Cell(x.text, x.note) for x in row.cells), row.level) for row in made.rows)
    caption = f"{made.caption.rstrip('.')} ({kind.capitalize()})"
    return Table(caption, columns, rows, made.notes, made.source, made.wide)


def _reason(error: object) -> str:
    said = str(error).strip().splitlines()[0] if str(error).strip() else "La donnée n’est pas chargée."
    return f"{said[:1].upper()}{said[1:]}".rstrip(".") + "."


def _alt(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _LONGEST_ALT else said[: said.rindex(" ", 0, _LONGEST_ALT - 1)] + "…"
