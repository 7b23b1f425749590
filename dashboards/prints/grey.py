"""The greyscale edition: every colour of a finished page becomes a grey that a photocopier tells apart."""

from collections.abc import Iterable
from typing import Any, Final

from matplotlib.collections import Collection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.patches import Patch
from matplotlib.text import Text

from dashboards.prints.page import Page
from dashboards.theme import LIGHT, PRINT, PRINT_BLACK, PRINT_DIVERGING_GREYS, PRINT_GREYS

_SET: Final = {
    **dict(zip(LIGHT.sequential, PRINT_GREYS, strict=True)),
    **dict(zip(LIGHT.diverging, PRINT_DIVERGING_GREYS, strict=True)),
    **dict.fromkeys((LIGHT.sig, LIGHT.qpv), PRINT_BLACK),
    LIGHT.acc: PRINT["print_secret_dot"],
    PRINT["print_circle_other"]: PRINT["print_hairline"],
    **dict(
        zip((LIGHT.kept, LIGHT.new, LIGHT.gone), (PRINT_GREYS[2], PRINT_BLACK, PRINT_GREYS[4]), strict=True)
    ),
    # Axes bear their code in white: none may be paler than the fourth grey.
    LIGHT.categories[2]: PRINT_GREYS[3],
}
"""Colours whose grey is chosen; the others keep their lightness."""


def grey_of(color: str) -> str:
    """Return the grey of a colour `#rrggbb`: a chosen one, else that of its luminance.

    >>> grey_of("white")[1:], grey_of("red")[1:3]
    ('ffffff', '4c')
    """
    chosen = _SET.get(color.lower())
    if chosen is not None:
        color = chosen
    red, green, blue, _ = to_rgba(color)
    level = round(255 * (0.299 * red + 0.587 * green + 0.114 * blue))
    return f"#{level:02x}{level:02x}{level:02x}"


def make_grey(page: Page) -> None:
    """Turn every artist of a page to grey; call it once everything is drawn."""
    for artist in page.axes.get_children():
        if isinstance(artist, Text):
            artist.set_color(grey_of(to_hex(artist.get_color())))
            for effect in artist.get_path_effects() or ():
                effect._gc["foreground"] = grey_of(effect._gc["foreground"])  # type: ignore[attr-defined]
        elif isinstance(artist, Patch):
            artist.set_facecolor(_greys([artist.get_facecolor()])[0])
            artist.set_edgecolor(_greys([artist.get_edgecolor()])[0])
        elif isinstance(artist, Collection):
            artist.set_facecolor(_greys(artist.get_facecolor()))
            artist.set_edgecolor(_greys(artist.get_edgecolor()))


def _greys(colors: Iterable[Any]) -> list[tuple[float, float, float, float]]:
    """Return colours as greys, their opacity kept."""
    found = []
    for color in colors:
        red, green, blue, _ = to_rgba(grey_of(to_hex(color[:3])))
        found.append((red, green, blue, float(color[3])))
    return found
