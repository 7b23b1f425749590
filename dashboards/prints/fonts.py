"""The typeface of printed pages: registered from the package, embedded in SVG files.

Source: Source Sans 3 by Adobe, SIL Open Font License 1.1, files and licence in `fonts/`.
"""

import base64
import io
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib import font_manager

from dashboards.theme import FONT_FAMILY

FACES: dict[tuple[int, bool], str] = {
    (400, False): "SourceSans3-Regular.ttf",
    (400, True): "SourceSans3-It.ttf",
    (600, False): "SourceSans3-Semibold.ttf",
    (600, True): "SourceSans3-SemiboldIt.ttf",
    (700, False): "SourceSans3-Bold.ttf",
}
"""File of each weight and slant."""


_FRENCH = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))} | set("ŒœŸ’‘“”–—…€•→←≤≥−∞\u202f")
"""What any French page may write: pages share one reduced face, which takes a second to make."""


def font_path(weight: int, italic: bool) -> Path:
    """Return the file of a face.

    Raises
    ------
    KeyError
        When the package has no such face.
    """
    return Path(str(files("dashboards.prints") / "fonts" / FACES[weight, italic]))


@lru_cache(maxsize=1)
def register() -> None:
    """Make the package's files the only ones of the family, whatever the machine has installed."""
    manager = font_manager.fontManager
    manager.ttflist = [entry for entry in manager.ttflist if not entry.name.startswith(FONT_FAMILY)]
    for weight, italic in sorted(FACES):
        manager.addfont(font_path(weight, italic))


@lru_cache(maxsize=64)
def properties(size: float, weight: int = 400, italic: bool = False) -> font_manager.FontProperties:
    """Return the font of a size in points."""
    register()
    return font_manager.FontProperties(
        family=FONT_FAMILY, style="italic" if italic else "normal", weight=weight, size=size
    )


def embed(svg: str, faces: Iterable[tuple[int, bool, str]]) -> str:
    """Return an SVG that carries the glyphs it uses, so that it reads the same on a machine without the font.

    Parameters
    ----------
    svg
        Document whose text is kept as text.
    faces
        Weight, slant and characters of each text of the page.
    """
    used: dict[tuple[int, bool], set[str]] = {}
    for weight, italic, text in faces:
        used.setdefault((weight, italic), set()).update(text)
    rules = [
        _rule(weight, italic, "".join(sorted(used[weight, italic] | _FRENCH)))
        for weight, italic in sorted(used)
    ]
    style = f'<style type="text/css">{"".join(rules)}</style>'
    return re.sub(r"(<svg[^>]*>)", lambda found: f"{found[1]}\n {style}", svg, count=1)


@lru_cache(maxsize=32)
def _rule(weight: int, italic: bool, characters: str) -> str:
    data = base64.b64encode(_subset(weight, italic, characters)).decode("ascii")
    style = "italic" if italic else "normal"
    return (
        f'@font-face{{font-family:"{FONT_FAMILY}";font-weight:{weight};font-style:{style};'
        f'src:url("data:font/woff;base64,{data}") format("woff")}}'
    )


def _subset(weight: int, italic: bool, characters: str) -> bytes:
    """Return the face reduced to some characters; the file's own dates stay, so that bytes repeat."""
    font = TTFont(font_path(weight, italic), recalcTimestamp=False)
    options = subset.Options(flavor="woff", layout_features=["kern", "mark", "mkmk", "ccmp", "locl"])
    chosen = subset.Subsetter(options)
    chosen.populate(text=characters)
    chosen.subset(font)
    font.flavor = "woff"
    stream = io.BytesIO()
    font.save(stream, reorderTables=None)
    return stream.getvalue()
