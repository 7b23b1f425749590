"""The audit of a page before it is saved: what a machine can see wrong with its texts.

It sees a text off the page, out of its container, under the smallest size, over another text, or hidden.
It does not see ugliness: every page is also looked at.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from numpy.typing import NDArray

from dashboards.prints.page import Page, Written
from dashboards.prints.text import ASCENT, DESCENT, FLOOR, MM_PER_PT, Box

DPI: Final = 200
MARGIN_MM: Final = 4.0
"""Border of the page that stays empty."""
_INK_CHANGE, _INK_SHARE = 24, 0.02
_SHARED_MM2 = 0.05


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong on a page: `kind` is outside, container, overlap, small or hidden."""

    kind: str
    text: str
    detail: str = ""


def audit(page: Page) -> list[Finding]:
    """Return everything wrong with the texts and plates of a page; empty when nothing is."""
    canvas: Any = FigureCanvasAgg(page.figure)
    before = page.figure.dpi
    page.figure.set_dpi(DPI)
    try:
        with_texts = _picture(canvas)
        renderer = canvas.get_renderer()
        boxes = [_box_of(text, renderer, page) for text in page.written]
        for text in page.written:
            text.artist.set_visible(False)
        without = _picture(canvas)
    finally:
        for text in page.written:
            text.artist.set_visible(True)
        page.figure.set_dpi(before)
    return [
        *_places(page, boxes),
        *_sizes(page),
        *_overlaps(page, boxes),
        *_hidden(page, boxes, np.abs(with_texts - without).max(axis=2) > _INK_CHANGE),
    ]


def _picture(canvas: Any) -> NDArray[np.int16]:
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[:, :, :3].astype(np.int16)


def _box_of(text: Written, renderer: RendererAgg, page: Page) -> Box:
    """Return the extent of a text in millimetres: its width as drawn, its height that of the letters."""
    extent = text.artist.get_window_extent(renderer)
    size = float(text.artist.get_fontsize()) * MM_PER_PT
    baseline = page.height - text.artist.get_transform().transform(text.artist.get_position())[1] * 25.4 / DPI
    return Box(
        extent.x0 * 25.4 / DPI, baseline - ASCENT * size, extent.width * 25.4 / DPI, (ASCENT + DESCENT) * size
    )


def _places(page: Page, boxes: list[Box]) -> list[Finding]:
    paper = Box(0, 0, page.width, page.height).grown(-MARGIN_MM)
    found = []
    for text, box in zip(page.written, boxes, strict=True):
        said = text.artist.get_text()
        if not _inside(box, paper, 0.0, 0.0):
            found.append(Finding("outside", said, "hors de la page"))
        if text.container is not None and not _inside(box, text.container, 0.3, 0.6):
            found.append(Finding("container", said, f"{box} hors de {text.container}"))
    found += [
        Finding("outside", name, "hors de la page")
        for name, box in page.boxes
        if not _inside(box, paper, 0, 0)
    ]
    return found


def _inside(box: Box, container: Box, across: float, down: float) -> bool:
    return (
        box.x >= container.x - across
        and box.right <= container.right + across
        and box.y >= container.y - down
        and box.bottom <= container.bottom + down
    )


def _sizes(page: Page) -> list[Finding]:
    return [
        Finding("small", text.artist.get_text(), f"{text.artist.get_fontsize():g} points")
        for text in page.written
        if float(text.artist.get_fontsize()) < FLOOR - 1e-6
    ]


def _overlaps(page: Page, boxes: list[Box]) -> list[Finding]:
    """Two texts, their boxes less a tenth at top and bottom: leading is not ink."""
    edges = np.array([(b.x, b.y + 0.1 * b.h, b.right, b.bottom - 0.1 * b.h) for b in boxes]).reshape(-1, 4)
    wide = np.minimum(edges[:, None, 2], edges[None, :, 2]) - np.maximum(edges[:, None, 0], edges[None, :, 0])
    high = np.minimum(edges[:, None, 3], edges[None, :, 3]) - np.maximum(edges[:, None, 1], edges[None, :, 1])
    shared = np.triu(wide.clip(0) * high.clip(0), 1)
    texts = [text.artist.get_text() for text in page.written]
    return [
        Finding("overlap", texts[one], f"sur « {texts[other]} » : {shared[one, other]:.2f} mm²")
        for one, other in np.argwhere(shared > _SHARED_MM2).tolist()
    ]


def _hidden(page: Page, boxes: list[Box], ink: NDArray[np.bool_]) -> list[Finding]:
    """Each third of a text must change the picture, else it is covered, cut or as pale as its ground."""
    found = []
    for text, box in zip(page.written, boxes, strict=True):
        top, bottom = (round(edge * DPI / 25.4) for edge in (box.y, box.bottom))
        cuts = [round((box.x + box.w * third / 3) * DPI / 25.4) for third in range(4)]
        shares = [
            float(part.mean()) if (part := ink[max(top, 0) : bottom, max(left, 0) : right]).size else 0.0
            for left, right in pairwise(cuts)
        ]
        if min(shares) < _INK_SHARE:
            said = ", ".join(f"{share:.2f}" for share in shares)
            found.append(Finding("hidden", text.artist.get_text(), f"encre par tiers : {said}"))
    return found
