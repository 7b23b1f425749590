"""Map M1: what is unknown is said and never drawn; populations and overlaps by hand."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from dashboards.prints.checks import audit
from dashboards.prints.ground import PrintGround
from dashboards.prints.maps import map_page
from dashboards.prints.page import Page, printing
from dashboards.prints.perimeters_data import PerimetersMapData, perimeters_map_data
from dashboards.prints.perimeters_legend import legend_rows, styles_of
from dashboards.prints.perimeters_map import contours_of, two_lines
from graphmodel import BatchBuilder, ContractGraph, Source
from loaders.convention import load_convention
from tests.dashboards.prints.conftest import CONTRACT, said_on, stored, texts_of


def people_in(communes: Iterable[str], populations: Mapping[str, int | None]) -> int:
    """Return the inhabitants of communes, all known."""
    return sum(populations[code] or 0 for code in communes)


@pytest.fixture(scope="module")
def data(convention: ContractGraph, ground: PrintGround) -> PerimetersMapData:
    """Return what map M1 shows of the real convention."""
    return perimeters_map_data(convention, ground)


def test_sixteen_authorities_signed_and_four_perimeters_are_unknown(data: PerimetersMapData) -> None:
    assert len(data.parties) == 16
    assert {party.name for party in data.unknown} == {
        "Syndicat mixte Rhône Pluriel",
        "Syndicat mixte de l’Ardèche méridionale",
        "Syndicat mixte du Sud-Grésivaudan",
        "Syndicat mixte du Parc du Pilat",
    }
    assert all(party.population is None for party in data.unknown)


def test_what_is_unknown_is_listed_and_not_drawn(
    data: PerimetersMapData, ground: PrintGround, perimeters: Page
) -> None:
    assert set(contours_of(data, ground)) == {party.key for party in data.drawn}
    assert set(styles_of(data)) == {party.key for party in data.drawn}
    said = said_on(perimeters)
    assert "Périmètre inconnu (n = 4)" in said
    for party in data.unknown:
        assert party.name in said


def test_n_of_the_signs_sum_to_the_known_perimeters(
    data: PerimetersMapData, with_perimeters: ContractGraph, ground: PrintGround
) -> None:
    for shown in (data, perimeters_map_data(with_perimeters, ground)):
        said = [int(words.rsplit("= ", 1)[1].rstrip(")")) for _, words in legend_rows(shown)]
        assert sum(said) == len(shown.drawn)
        assert len(shown.drawn) + len(shown.unknown) == 16


def test_overlaps_and_sums_by_hand(data: PerimetersMapData, ground: PrintGround) -> None:
    lyon, villeurbanne = ground.populations["69123"], ground.populations["69266"]
    metropole = people_in((c for c, e in ground.epci_of.items() if e == "200046977"), ground.populations)
    assert lyon
    assert villeurbanne
    assert metropole
    shares = {(o.first, o.second): o.share for o in data.overlaps}
    assert shares["Grand Lyon", "Lyon"] == pytest.approx(lyon / metropole)
    assert shares["Grand Lyon", "Villeurbanne"] == pytest.approx(villeurbanne / metropole)
    assert ("Lyon", "Grand Lyon") in data.inclusions
    assert ("Grand Lyon", "Lyon") not in data.inclusions
    everyone = frozenset().union(*(party.communes or frozenset() for party in data.drawn))
    assert data.union == people_in(everyone, ground.populations)
    assert data.total == sum(party.population or 0 for party in data.drawn)


def test_a_perimeter_drawn_by_a_file_is_drawn_by_its_contour(tmp_path: Path, ground: PrintGround) -> None:
    disc = ground.communes["42168"].centroid.buffer(6_000)
    contour = json.loads(shapely.to_geojson(gpd.GeoSeries([disc], crs=2154).to_crs(4326).iloc[0]))
    made = BatchBuilder(Source("parc", "parc.geojson", "2" * 64, "perimeter"), contract=CONTRACT)
    said = {"code": "PNR-PILAT", "level": "pnr", "vintage": "2014", "perimeter": "known", "contour": contour}
    made.node("Territory", "PNR-PILAT", said, key="pnr/PNR-PILAT@2014", name="Parc du Pilat")
    graph = stored(tmp_path, [load_convention(), made.build()])
    data = perimeters_map_data(graph, ground)
    (park,) = [party for party in data.drawn if party.kind == "pnr"]
    assert contours_of(data, ground)[park.key].area == pytest.approx(disc.area, rel=1e-4)
    shares = shapely.area(shapely.intersection(list(ground.communes.values()), disc))
    shares = shares / shapely.area(list(ground.communes.values()))
    people = sum((ground.populations[c] or 0) * s for c, s in zip(ground.communes, shares, strict=True))
    assert park.population == pytest.approx(people, rel=1e-3)
    with printing():
        page, _ = map_page(graph, "perimeters")
        assert audit(page) == []


def test_the_convention_is_not_fictional_and_a_declared_perimeter_is(
    data: PerimetersMapData, demonstration: ContractGraph, with_perimeters: ContractGraph, ground: PrintGround
) -> None:
    assert not data.fictional
    assert not perimeters_map_data(demonstration, ground).fictional
    assert perimeters_map_data(with_perimeters, ground).fictional


def test_the_audit_finds_nothing_and_every_perimeter_is_named(
    data: PerimetersMapData, perimeters: Page
) -> None:
    with printing():
        assert audit(perimeters) == []
    written = texts_of(perimeters)
    for party in data.drawn:
        for line in two_lines(party.short):
            assert line in written, party.name


def test_perimeters_that_cross_are_hatched_apart(with_perimeters: ContractGraph, ground: PrintGround) -> None:
    data = perimeters_map_data(with_perimeters, ground)
    styles = [style for style in styles_of(data).values() if style.angle is not None]
    assert len(styles) == 2
    assert len({style.angle for style in styles}) == len({style.color for style in styles}) == 2
    assert [style.park for style in styles].count(True) == 1
    with printing():
        page, _ = map_page(with_perimeters, "perimeters")
        assert audit(page) == []
    assert "DONNÉES FICTIVES" in texts_of(page)
    crossed = {(o.first, o.second) for o in data.overlaps}
    assert ("SM Rhône Pluriel", "SM Parc du Pilat") in crossed


def test_a_contract_without_towns_has_no_inset(graph: ContractGraph, ground: PrintGround) -> None:
    data = perimeters_map_data(graph, ground)
    assert data.subjects == ()
    with printing():
        page, _ = map_page(graph, "perimeters")
        assert audit(page) == []
    assert "Parc du Pilat" in said_on(page)
