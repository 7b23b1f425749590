"""F4: how the money is spread among inhabitants: the Lorenz curve of each year, or its Gini index alone."""

from dataclasses import dataclass
from typing import Final

import shapely

from dashboards import words
from dashboards.figures import plot
from dashboards.figures.asked import Asked, hidden, map_text
from dashboards.figures.figure import Drawing, Words, nothing
from dashboards.figures.registered import Made
from dashboards.prints import signs
from dashboards.prints.page import Page, Z
from dashboards.prints.text import Box
from dashboards.theme import LIGHT

RUNS: Final = {"with": "toutes les actions localisées", "without": "sans les actions régionales"}
_DASHES: Final = ("solid", (0.0, (5.0, 1.6)), (0.0, (1.6, 1.6)))
_COLORS: Final = (LIGHT.sequential[4], LIGHT.sequential[3], LIGHT.sequential[2])
_GAP, _FOOT = 12.0, 11.0


@dataclass(frozen=True, slots=True)
class Curve:
    """The curve of a year in one version.

    Attributes
    ----------
    year, run
        Year, and `with` or `without` region-wide actions.
    points
        Share of the inhabitants and share of the money, 0 to 1, ends included; empty where it is not told.
    gini
        Gini index; None where it is not told.
    why
        Why a curve has no points.
    """

    year: int
    run: str
    points: tuple[tuple[float, float], ...]
    gini: float | None
    why: str = ""

    @property
    def half(self) -> float | None:
        """Share of the money of the least endowed half of the inhabitants."""
        return dict(self.points).get(0.5)


def lorenz_data(asked: Asked) -> tuple[Curve, ...]:
    """Return the curves, a year and a version each, those without any value left out."""
    years = sorted({int(value.params["year"]) for value in asked.of("T08", "gini", level="R")})
    curves = [_curve(asked, year, run) for run in RUNS for year in years]
    return tuple(curve for curve in curves if curve.points or curve.gini is not None)


def _curve(asked: Asked, year: int, run: str) -> Curve:
    about = {"year": str(year), "level": "R", "territory": "R", "ubiquitous": run}
    cuts = asked.of("T08", "lorenz", **about)
    gini = asked.get("T08", "gini", **about)
    known = {int(v.params["share"]) / 100: float(v.value) for v in cuts if v.value is not None}
    complete = len(known) == len(cuts) > 0
    points = ((0.0, 0.0), *sorted(known.items()), (1.0, 1.0)) if complete else ()
    secret = any(hidden(value, asked.mode) for value in cuts)
    lacking = next((str(value.reason) for value in cuts if value.value is None), "")
    why = "" if complete else "courbe secrète : elle révélerait un montant" if secret else lacking
    return Curve(year, run, points, None if gini is None or gini.value is None else float(gini.value), why)


def make(asked: Asked) -> Made:
    """Return F4."""
    curves = lorenz_data(asked)
    title = "Les montants payés se répartissent-ils entre habitants ? Courbe de Lorenz"
    subtitle = f"{asked.contract} · question 3, effet E3.1 · montants payés par habitant, communes (T08)"
    source = asked.source(
        "relevés de paiement, lieux d’action déclarés, populations des communes", asked.reported
    )
    if not curves:
        reason = asked.absence("T08")
        said = Words(title, subtitle, reason, source, f"Figure sans donnée : {reason}"[:350])
        return Made(said, nothing(reason), None, reason)
    told = any(curve.points for curve in curves)
    drawing = Drawing(
        lambda page, box: draw(page, box, curves),
        lambda width: 11.0 + (width - _GAP) / 2 - 16.0 + _FOOT if told else 52.0,
        stretch=1.0 if told else 2.2,
    )
    if not told:
        title = title.replace("Courbe de Lorenz", "Indice de Gini")
    return Made(_words(curves, title, subtitle, source), drawing)


def _words(curves: tuple[Curve, ...], title: str, subtitle: str, source: str) -> Words:
    told = [curve for curve in curves if curve.points]
    years = words.listed(map_text(sorted({curve.year for curve in curves})))
    ginis = " ; ".join(f"{RUNS[run]} {_ginis_of(curves, run)}" for run in RUNS)
    if told:
        last = told[-1]
        fact = (
            f"la moitié la moins dotée des habitants reçoit {words.percent(last.half, 0)} des montants en "
            f"{last.year}, {RUNS[last.run]}"
        )
        caption = (
            "Part des montants reçue par les habitants les moins dotés, communes rangées par montant par "
            f"habitant, {years}. Gini, {ginis}."
        )
        reading = (
            f"{fact[:1].upper()}{fact[1:]}. La diagonale est l’égalité : plus la courbe s’en écarte, plus "
            "les montants sont concentrés."
        )
    else:
        fact = "les courbes sont couvertes par le secret statistique ; l’indice de Gini est publié"
        caption = (
            f"Indice de Gini des montants par habitant entre communes, {years} (0 : égalité ; 1 : tout dans "
            f"une commune). La courbe de Lorenz est couverte par le secret statistique. Gini, {ginis}."
        )
        reading = f"Gini, {ginis}. 0 : même montant par habitant partout ; 1 : tout dans une commune."
    alt = f"Concentration des montants payés entre communes, {years} : {fact}. Gini, {ginis}."
    limit = (
        "Que la concentration est un défaut : elle peut être voulue (ciblage), à lire avec T04. Le prorata "
        "de population suppose chaque action uniforme dans son lieu ; les actions régionales aplatissent la "
        "courbe."
    )
    return Words(title, subtitle, caption, source, alt, reading, limit)


def _ginis_of(curves: tuple[Curve, ...], run: str) -> str:
    told = [curve for curve in curves if curve.run == run and curve.gini is not None]
    return words.listed([f"{words.number(curve.gini, 2)} en {curve.year}" for curve in told])


def draw(page: Page, box: Box, curves: tuple[Curve, ...]) -> None:
    """Draw the two versions side by side: curves where they are told, else the Gini indices."""
    told = any(curve.points for curve in curves)
    wide = (box.w - _GAP) / 2
    for rank, run in enumerate(RUNS):
        own = [curve for curve in curves if curve.run == run]
        panel = Box(box.x + rank * (wide + _GAP), box.y, wide, box.h)
        if told:
            _draw_curves(page, panel, run, own)
        else:
            _draw_ginis(page, panel, run, own)


def _draw_curves(page: Page, box: Box, run: str, curves: list[Curve]) -> None:
    plot.centered(page, box.x, box.y + 3, RUNS[run], plot.HEAD, width=box.w)
    side = min(box.w - 16, box.h - 11 - _FOOT)
    across = plot.Scale(0, 100, box.x + 11, box.x + 11 + side)
    down = plot.Scale(0, 100, box.y + 11 + side, box.y + 11)
    for tick in (0, 25, 50, 75, 100):
        plot.rule(page, across.start, down.at(tick), across.end, down.at(tick))
        plot.baseline(page, across.start - 1.5, down.at(tick), f"{tick}", align="right", color=plot.MUTED)
    plot.grid(page, across, (0, 25, 50, 75, 100), down.end, down.start)
    plot.rule(page, across.start, down.start, across.end, down.end, plot.MUTED, 0.8, Z["edge"])
    middle = (across.start + across.end) / 2
    plot.centered(
        page,
        middle,
        down.start + 6.0,
        "% des habitants, du moins doté au plus doté",
        plot.SMALL,
        align="center",
        width=side + 18,
        color=plot.MUTED,
    )
    plot.baseline(page, across.start, down.end - 2.6, "% des montants", color=plot.MUTED)
    for rank, curve in enumerate(curves):
        color, dashes = _COLORS[rank % 3], _DASHES[rank % 3]
        y = down.end + 5 + 5.2 * rank
        if curve.points:
            line = [(across.at(100 * p), down.at(100 * share)) for p, share in curve.points]
            signs.lines(page, shapely.LineString(line), color, 1.5, Z["mark"], dashes=dashes)
            signs.lines(
                page,
                shapely.LineString([(across.start + 3, y), (across.start + 11, y)]),
                color,
                1.5,
                Z["mark"],
                dashes=dashes,
            )
        gini = f"Gini {words.number(curve.gini, 2)}" if curve.gini is not None else "Gini non calculable"
        text = f"{curve.year} · {gini}" if curve.points else f"{curve.year} · {curve.why}"
        plot.baseline(page, across.start + 13, y, text, plot.SMALL, halo=1.2)


def _draw_ginis(page: Page, box: Box, run: str, curves: list[Curve]) -> None:
    plot.centered(page, box.x, box.y + 3, f"Indice de Gini, {RUNS[run]}", plot.HEAD, width=box.w)
    scale = plot.Scale(0, 1, box.x + 14, box.right - 14)
    top = box.y + 8
    step = (box.h - 8 - _FOOT) / max(len(curves), 1)
    plot.grid(
        page,
        scale,
        (0, 0.25, 0.5, 0.75, 1),
        top,
        top + step * len(curves),
        said=("0", "0,25", "0,5", "0,75", "1"),
    )
    for rank, curve in enumerate(curves):
        y = top + (rank + 0.5) * step
        plot.baseline(page, box.x, y, str(curve.year), plot.BODY)
        if curve.gini is not None:
            plot.rule(page, scale.at(0), y, scale.at(curve.gini), y, LIGHT.acc, 1.2, Z["edge"])
            plot.disc(page, scale.at(curve.gini), y, 1.5, fill=LIGHT.acc, edge=LIGHT.acc)
            plot.baseline(page, scale.end + 2, y, words.number(curve.gini, 2), plot.STRONG)
    said = "courbe de Lorenz : secret statistique" if any("secr" in c.why for c in curves) else ""
    if said:
        plot.centered(
            page, box.x, top + step * len(curves) + 7, said, plot.SMALL, width=box.w, color=plot.MUTED
        )
