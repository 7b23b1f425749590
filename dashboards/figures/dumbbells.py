"""F7: the strategy score of each authority at the first and at the last year told."""

from dataclasses import dataclass
from typing import Final

import shapely

from dashboards import view_data, words
from dashboards.figures import plot
from dashboards.figures.asked import Asked, without
from dashboards.figures.figure import Drawing, Words, nothing
from dashboards.figures.registered import Made
from dashboards.prints import signs
from dashboards.prints.page import Page, Z
from dashboards.prints.text import Box
from dashboards.theme import LIGHT
from graphmodel.indicators.territories.authorities import authorities
from graphmodel.indicators.territories.ground import Place
from graphmodel.surroundings import organisations_of

HIGHEST: Final = 6
_ROW, _HEAD, _FOOT = 6.2, 7.0, 14.0


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """An authority: its score at both years, None where it is not known, with why."""

    name: str
    before: int | None
    after: int | None
    why: str = ""

    @property
    def change(self) -> int | None:
        """Points gained or lost; None unless both are known."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def text(self) -> str:
        """« 1 → 3 (+2) », or what is missing."""
        change = self.change
        if change is None:
            told = [
                f"{what} : {said}"
                for what, said in (("avant", self.before), ("après", self.after))
                if said is not None
            ]
            return " ; ".join([*told, self.why]) if told else self.why
        sign = "+" if change > 0 else words.MINUS if change < 0 else "="
        return f"{self.before} → {self.after} ({sign}{abs(change) or ''})"


@dataclass(frozen=True, slots=True)
class Dumbbells:
    """The authorities, those that gained most first, and what is said of all of them."""

    first: int
    last: int
    rows: tuple[Dumbbell, ...]
    mean: str
    progress: str

    @property
    def known(self) -> list[int]:
        """Changes that are known."""
        return [row.change for row in self.rows if row.change is not None]


def dumbbells_data(asked: Asked) -> Dumbbells | None:
    """Return what F7 shows; None when no score is told at two years."""
    scores = asked.of("T13", "score")
    years = sorted({int(value.params["year"]) for value in scores})
    if len(years) < 2:
        return None
    first, last = years[0], years[-1]
    names = authority_names(asked)
    told = {(value.params["territory"], int(value.params["year"])): value for value in scores}
    rows = []
    for code in sorted({code for code, _ in told}):
        pair = [told.get((code, year)) for year in (first, last)]
        before, after = (None if v is None or v.value is None else int(v.value) for v in pair)
        lacking = next((v for v in pair if v is None or v.value is None), None)
        why = "" if before is not None and after is not None else without(lacking, asked.mode, "aucun score")
        rows.append(Dumbbell(names.get(code, code), before, after, why))
    rows.sort(key=lambda row: (row.change is None, -(row.change or 0), -(row.after or 0), row.name))
    both = {"year": str(first), "year2": str(last), "level": "C1"}
    mean, progress = (asked.get("T13", measure, **both) for measure in ("mean_change", "share_progress"))
    return Dumbbells(
        first,
        last,
        tuple(rows),
        words.number(mean.value, 1) if mean is not None and mean.value is not None else "",
        f"{round(progress.value * progress.n)} sur {progress.n}"
        if progress is not None and progress.value is not None and progress.n
        else "",
    )


def authorities_of(asked: Asked) -> list[Place]:
    """Return the authorities of the contract, the region apart, by name."""
    levels, names = asked.graph.nodes("Territory")["level"], authority_names(asked)
    found = [place for place in authorities(asked.context) if levels[str(place.key)] != "region"]
    return sorted(found, key=lambda place: names.get(place.code, place.code))


def authority_names(asked: Asked) -> dict[str, str]:
    """Return the name of the organisation that administers each territory, else that of the territory."""
    frame = asked.graph.nodes("Territory")
    own = view_data.territory_names(asked.graph)
    administered = organisations_of(asked.graph, own)
    return {str(code): str(administered.get(str(key), own[str(key)])) for key, code in frame["code"].items()}


def make(asked: Asked) -> Made:
    """Return F7."""
    data = dumbbells_data(asked)
    title = "Stratégie ESS des collectivités : score au début et à la fin"
    subtitle = (
        f"{asked.contract} · question 3, effets E3.3 et E1.3 · score de 0 à 6, six critères datés (T13)"
    )
    source = asked.source("pièces et délibérations recherchées, collectivité par collectivité")
    if data is None:
        reason = (
            asked.absence("T13") if not asked.of("T13", "score") else "Un seul millésime de scores est connu."
        )
        said = Words(title, subtitle, reason, source, f"Figure sans donnée : {reason}"[:350])
        return Made(said, nothing(reason), None, reason)
    height = _HEAD + _ROW * len(data.rows) + _FOOT
    return Made(
        _words(data, f"{title}, {data.first} et {data.last}", subtitle, source),
        Drawing(lambda page, box: draw(page, box, data), lambda _: height),
    )


def _words(data: Dumbbells, title: str, subtitle: str, source: str) -> Words:
    up, down = sum(c > 0 for c in data.known), sum(c < 0 for c in data.known)
    same, lost = data.known.count(0), len(data.rows) - len(data.known)
    fact = f"{up} en hausse, {same} sans changement, {down} en baisse"
    caption = (
        f"Score de stratégie ESS en {data.first} (cercle vide) et en {data.last} (disque plein), par "
        f"collectivité : {fact} ; {words.counted(lost, 'collectivité')} sans deux scores. Les six critères "
        "ne se valent pas : le score se lit en transitions, une élection (mars 2014, décembre 2015) peut "
        "l’expliquer."
    )
    alt = (
        f"Haltères de {len(data.rows)} collectivités, score de 0 à 6 en {data.first} et {data.last} : "
        f"{fact}{f' ; variation moyenne {data.mean} point' if data.mean else ''} ; {lost} sans deux scores. "
        "Les scores sont écrits au bout de chaque ligne."
    )
    one = next((row for row in data.rows if row.change), None)
    reading = (f"{one.name} : {one.text}. " if one is not None else "") + (
        f"{data.progress} en progression ; variation moyenne {data.mean} point, sur les collectivités à "
        "deux scores."
        if data.progress
        else ""
    )
    limit = (
        "Que le contrat a fait monter un score : élection, changement d’équipe ou d’exécutif l’expliquent "
        "aussi. Les six critères s’ajoutent sans se valoir ; une pièce non recherchée n’est pas une absence."
    )
    return Words(title, subtitle, caption, source, alt, reading, limit)


def draw(page: Page, box: Box, data: Dumbbells) -> None:
    """Draw the dumbbells in a box: a row an authority, hollow before, full after."""
    wide = box.w / 166
    name_w, text_w = 56 * wide, 44 * wide
    scale = plot.Scale(0, HIGHEST, box.x + name_w + 4, box.right - text_w - 5)
    top = box.y + _HEAD
    plot.centered(page, box.x, box.y + 3, "Collectivité", plot.HEAD, width=name_w)
    plot.centered(
        page,
        (scale.start + scale.end) / 2,
        box.y + 3,
        "score, de 0 à 6",
        plot.HEAD,
        align="center",
        width=scale.end - scale.start,
    )
    plot.centered(page, box.right - text_w, box.y + 3, f"{data.first} → {data.last}", plot.HEAD, width=text_w)
    plot.rule(page, box.x, top, box.right, top, LIGHT.ink, 0.6)
    step = (box.h - _HEAD - _FOOT) / len(data.rows)
    for rank, row in enumerate(data.rows):
        y = top + (rank + 0.5) * step
        plot.centered(page, box.x, y, row.name, plot.BODY, width=name_w, high=_ROW)
        color = LIGHT.ink if row.change is not None else plot.MUTED
        plot.centered(
            page,
            box.right - text_w,
            y,
            row.text,
            plot.BODY if row.change is not None else plot.SMALL,
            width=text_w,
            color=color,
            high=_ROW,
        )
        _draw_row(page, scale, y, row)
        if rank:
            plot.rule(page, box.x, y - step / 2, box.right, y - step / 2, width=0.25)
    bottom = top + step * len(data.rows)
    plot.grid(page, scale, range(HIGHEST + 1), top, bottom)
    plot.rule(page, box.x, bottom, box.right, bottom, LIGHT.ink, 0.6)
    _draw_key(page, Box(box.x, bottom + 6.5, box.w, 6), data)


def _draw_row(page: Page, scale: plot.Scale, y: float, row: Dumbbell) -> None:
    if row.before is not None and row.after is not None and row.before != row.after:
        rose = row.after > row.before
        color = LIGHT.acc if rose else LIGHT.gone
        ends = [(scale.at(row.before), y), (scale.at(row.after), y)]
        signs.lines(
            page,
            shapely.LineString(ends),
            color,
            1.6,
            Z["mark"] - 0.5,
            dashes="solid" if rose else (0.0, (2.5, 1.5)),
        )
    if row.after is not None:
        color = LIGHT.gone if row.change is not None and row.change < 0 else LIGHT.acc
        plot.disc(page, scale.at(row.after), y, 1.35, fill=color, edge=color)
    if row.before is not None:
        over = row.change == 0
        plot.disc(
            page,
            scale.at(row.before),
            y,
            2.0 if over else 1.35,
            fill="none" if over else LIGHT.surface,
            edge=LIGHT.ink,
            line=1.0,
        )
    if row.before is None and row.after is None:
        signs.cross(page, (scale.start + scale.end) / 2, y, Z["mark"], plot.MUTED)


def _draw_key(page: Page, box: Box, data: Dumbbells) -> None:
    y, step = box.y + 1.5, box.w / 5
    texts = (f"{data.first}", f"{data.last}", "sans changement", "baisse (tireté)", "aucun score connu")
    for rank, text in enumerate(texts):
        x = box.x + rank * step + 2
        match rank:
            case 0:
                plot.disc(page, x, y, 1.35, fill=LIGHT.surface, line=1.0)
            case 1:
                plot.disc(page, x, y, 1.35, fill=LIGHT.acc, edge=LIGHT.acc)
            case 2:
                plot.disc(page, x, y, 1.35, fill=LIGHT.acc, edge=LIGHT.acc)
                plot.disc(page, x, y, 2.0, fill="none", line=1.0)
            case 3:
                line = shapely.LineString([(x - 2, y), (x + 3, y)])
                signs.lines(page, line, LIGHT.gone, 1.6, Z["mark"], dashes=(0.0, (2.5, 1.5)))
            case _:
                signs.cross(page, x, y, Z["mark"], plot.MUTED)
        plot.centered(page, x + 4.5, y, text, plot.SMALL, width=step - 7)
