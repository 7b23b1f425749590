"""Map M5: communes of the ZRR covered by an action, by name or by their beneficiaries."""

from collections import Counter
from typing import Final

import shapely

from dashboards import words
from dashboards.prints import furniture, signs
from dashboards.prints.atlas import Atlas, Labels, Place, draw_atlas
from dashboards.prints.blocks import Block, Row, Rows, Section, Swatch
from dashboards.prints.content import Content, Request, population_words
from dashboards.prints.coverage_data import Cover, RuralMapData, rural_map_data
from dashboards.prints.ground import PrintGround
from dashboards.prints.layout import Layout
from dashboards.prints.page import Page, Z
from dashboards.prints.quarters_map import years_words
from dashboards.prints.ratio_legend import edge_rows
from dashboards.prints.scale import MapFrame
from dashboards.prints.text import Box
from dashboards.prints.towns import label_towns
from dashboards.prints.zonings_legend import zoning_words
from dashboards.theme import LIGHT, PRINT

FLATS: Final[dict[Cover, str]] = {
    "targeted": LIGHT.sequential[3], "reached": LIGHT.sequential[1], "uncovered": LIGHT.land,
    "left_out": PRINT["print_blank"], "outside": LIGHT.land,
}  # fmt: skip
_ORIGIN: Final = (800_000.0, 6_500_000.0)


def rural_content(asked: Request) -> Content:
    """Return map M5 of a contract.

    Raises
    ------
    UsageError
        When no list of rural communes is loaded, or nothing is known of the year.
    """
    ground = asked.ground
    data = rural_map_data(asked.graph, ground, asked.options.year)
    zoning = data.zonings.rural_zoning
    origin = " (jeu de démonstration fictif)" if data.fictional else ""
    scheme = zoning.scheme if zoning else "ZRR"
    return Content(
        title=f"Communes de la {scheme} couvertes par une action, {years_words(data.years)}",
        about="question 3, effet E3.1 · lieux nommés et bénéficiaires localisés, hors actions régionales",
        fictional=data.fictional,
        sources=(
            f"Source : lieux et bénéficiaires des bilans annuels{origin} (T03). "
            f"Zonage : {zoning_words(zoning) if zoning else scheme}.",
        ),
        draw=lambda page, layout: draw_rural_map(page, layout, data, ground),
        zonings=(zoning,) if zoning else (),
        ground_words=population_words(ground),
    )


def draw_rural_map(page: Page, layout: Layout, data: RuralMapData, ground: PrintGround) -> None:
    """Draw map M5; names that found no place are in `Page.unplaced`."""
    areas = {
        cover: shapely.coverage_union_all(
            [ground.communes[c] for c, own in data.rows.items() if own == cover]
        )
        for cover in FLATS
    }
    rural = shapely.coverage_union_all([ground.communes[code] for code in data.zonings.rural])

    def paint(page: Page, frame: MapFrame, z: float) -> None:
        for cover, area in areas.items():
            if cover != "outside":
                signs.fill(page, frame.shape(area), FLATS[cover], frame.box, Z["fill"] + z)
        signs.draw_zrr(page, frame.shape(rural), frame.box, frame.point(*_ORIGIN), z)

    def label(page: Page, frame: MapFrame, labels: Labels) -> None:
        label_towns(page, frame, ground, labels)

    def blocks(page: Page, insets: bool) -> list[Block]:  # noqa: ARG001
        return _legend(data, ground)

    atlas = Atlas(paint, label, blocks, inset_places(data, ground), communes=True)
    draw_atlas(page, layout, ground, atlas)


def inset_places(data: RuralMapData, ground: PrintGround) -> tuple[Place, ...]:
    """Return what the insets show: the EPCI with the most communes classed, small on the whole map."""
    count = Counter(ground.epci_of[code] for code in data.zonings.rural if code in ground.epci_of)
    chosen = sorted(count, key=lambda code: (-count[code], code))[:2]
    return tuple(Place(ground.centers[code], ground.epci_names[code]) for code in chosen)


def _swatch(cover: Cover) -> Swatch:
    def draw(page: Page, box: Box) -> None:
        page.rectangle(box, Z["fill"], fill=FLATS[cover])
        if cover in ("targeted", "reached", "uncovered"):
            signs.draw_zrr(page, box.polygon, box.grown(1), (box.x, box.y))
        else:
            page.rectangle(box, Z["mark"], edge=PRINT["print_commune_edge"], line=0.3)

    return draw


def legend_rows(data: RuralMapData) -> list[tuple[Cover, str, int]]:
    """Return the signs that are drawn, their words and n; the sum is the number of communes."""
    scheme = data.zonings.rural_zoning.scheme if data.zonings.rural_zoning else "ZRR"
    said: dict[Cover, str] = {
        "targeted": f"{scheme}, ciblée : lieu d’une action",
        "reached": f"{scheme}, atteinte seulement : bénéficiaires",
        "uncovered": f"{scheme}, non couverte",
        "left_out": f"classée en partie ou pour un temps : hors {scheme} et hors comparaison",
        "outside": f"hors {scheme}",
    }
    counts = data.counts
    return [(cover, text, counts[cover]) for cover, text in said.items() if counts[cover]]


def _legend(data: RuralMapData, ground: PrintGround) -> list[Block]:
    rows = tuple(Row(_swatch(cover), text, count) for cover, text, count in legend_rows(data))
    total = f"Total : {words.counted(len(data.rows), 'commune')}."
    table = tuple(
        Row(None, ground.departement_names.get(code, code), value=f"{covered} sur {classed}")
        for code, (classed, covered) in data.by_departement.items()
    )
    edges = tuple(edge_rows(furniture.EDGES, plain=True))
    return [
        Rows("Communes", rows, foot=total, bars=True),
        Rows("", edges, step=3.8, gap=1.2),
        Section("Couverture", coverage_words(data)),
        Rows("Ciblées ou atteintes", table, note="communes classées, par département", step=3.7, swatch=0.0),
        Section("Lecture", reading_words(data, ground)),
        Section("Ne pas conclure", warning_words()),
    ]


def coverage_words(data: RuralMapData) -> str:
    """Return how many classed communes and inhabitants are covered, by both readings of T03."""
    said = []
    for found, name in ((data.targeted, "Ciblées"), (data.wider, "Ciblées ou atteintes")):
        share = words.percent(found.share_population, 0)
        said.append(f"{name} : {found.covered} communes sur {found.total}, {share} des habitants.")
    if data.unknown:
        said.append(f"Périmètre inconnu, qui ne couvre rien : {words.shortened(data.unknown, 3)}.")
    return " ".join(said)


def reading_words(data: RuralMapData, ground: PrintGround) -> str:
    """Return a sentence that reads the most populated classed commune."""
    classed = [code for code, cover in data.rows.items() if cover not in ("outside", "left_out")]
    code = max(classed, key=lambda one: (ground.populations.get(one) or 0, one))
    said = {"targeted": "ciblée", "reached": "atteinte sans être nommée", "uncovered": "non couverte"}
    fictional = " (fictif)" if data.fictional else ""
    return f"{ground.commune_names[code]} : {said[data.rows[code]]}, {years_words(data.years)}{fictional}."


def warning_words() -> str:
    """Return what the map does not allow to conclude."""
    return (
        "Une commune couverte n’est pas un habitant atteint. Non couverte : aucun bilan reçu n’y place "
        "d’action ; ce n’est pas « aucun besoin »."
        " Seule la liste du temps du contrat compte, jamais celle de 2017."
    )
