"""The scripts that build the reference, on small contours and histories of our own."""

import numpy as np
import pytest
import shapely

from geodata.reference import coverage
from geodata.reference.history import movements
from geodata.reference.packages import Edition, typographic, with_article


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """Return a rectangle in hundredths of a degree from 4° east, 45° north (about 0.79 by 1.11 km)."""
    return shapely.box(4 + west / 100, 45 + south / 100, 4 + east / 100, 45 + north / 100)


def made(faces: coverage.Faces) -> dict[tuple[str, str], shapely.Geometry]:
    """Return the cells of faces by (commune, former)."""
    communes, formers, shapes = coverage.cells(faces)
    return dict(zip(zip(communes, formers, strict=True), shapes, strict=True))


@pytest.mark.parametrize(("bend", "slivers"), [(4.0100004, 1), (4.0099996, 0)])
def test_a_border_drawn_with_other_vertices_becomes_one(bend: float, slivers: int) -> None:
    """A gap goes to a neighbour and is noted; an overlap goes to the first of the two."""
    bent = shapely.Polygon([(4.01, 45), (4.02, 45), (4.02, 45.01), (4.01, 45.01), (bend, 45.005)])
    faces = coverage.build_faces({"01001": box(0, 0, 1, 1), "01002": bent}, {}, {})
    coverage.absorb_slivers(faces)
    cells = made(faces)
    assert set(cells) == {("01001", ""), ("01002", "")}
    left, right = cells.values()
    assert shapely.coverage_is_valid([left, right])
    assert set(left.intersection(right).boundary.geoms) == set(shapely.points([(4.01, 45), (4.01, 45.01)]))
    assert left.area + right.area == pytest.approx(2e-4)
    assert [note["kind"] for note in faces.notes] == ["sliver"] * slivers


def test_a_commune_without_contour_is_the_union_of_its_parts() -> None:
    faces = coverage.build_faces(
        {"01001": box(0, 0, 1, 1)},
        {"01002": box(1, 0, 2, 1), "01003": box(2, 0, 3, 1)},
        {"01002": "01002", "01003": "01002"},
    )
    cells = made(faces)
    assert set(cells) == {("01001", ""), ("01002", "01002"), ("01002", "01003")}


def frame_with_holes() -> dict[str, shapely.Geometry]:
    """Return four communes around two holes of 3 by 1 hundredths, one beside 01001 alone of the takers."""
    return {
        "01001": box(0, 0, 1, 3),
        "01002": box(1, 0, 4, 1),
        "01003": box(1, 2, 4, 3),
        "01004": box(4, 0, 5, 3),
        "01005": box(5, 0, 8, 1),
        "01006": box(5, 2, 8, 3),
        "01007": box(8, 0, 9, 3),
    }


def test_a_hole_goes_to_the_one_taker_beside_it_and_the_rest_stays_empty() -> None:
    faces = coverage.build_faces(frame_with_holes(), {}, {})
    coverage.give_holes(faces, {"01099": "01001"}, {"01001"})
    cells = made(faces)
    assert cells["01001", "01099"].equals(box(1, 1, 4, 2))
    assert cells["01001", "01001"].equals(box(0, 0, 1, 3))
    assert [note["kind"] for note in faces.notes] == ["given", "hole"]
    assert sum(coverage.areas_km2(np.array(list(cells.values())))) == pytest.approx(
        sum(coverage.areas_km2(np.array([box(0, 0, 9, 3)]))) - faces.notes[1]["area_km2"], abs=1e-5
    )


def test_a_taker_already_served_leaves_the_next_hole_to_the_other() -> None:
    faces = coverage.build_faces(frame_with_holes(), {}, {})
    # 01004 stands beside both holes, 01007 beside the second only, 01001 beside the first only.
    coverage.give_holes(faces, {"01098": "01004", "01097": "01004", "01099": "01001"}, set())
    cells = made(faces)
    assert ("01001", "01099") not in cells or ("01004", "") in cells
    given = {note["code"] for note in faces.notes if note["kind"] == "given"}
    assert given == {"01001", "01004"}
    assert cells["01004", ""].area == pytest.approx(3 * 1e-4 + 3 * 1e-4)


def test_small_rests_join_a_neighbour_and_large_ones_stay() -> None:
    commune = {"01001": box(0, 0, 4, 1)}
    parts = {"01001": box(0, 0, 1.9, 1), "01002": box(2, 0, 3, 1)}
    faces = coverage.build_faces(commune, parts, {"01001": "01001", "01002": "01001"})
    coverage.settle_rests(faces)
    cells = made(faces)
    assert set(cells) == {("01001", "01001"), ("01001", "01002"), ("01001", "")}
    assert cells["01001", ""].equals(box(3, 0, 4, 1))
    assert sum(shape.area for shape in cells.values()) == pytest.approx(commune["01001"].area)


def test_history_climbs_from_delegated_communes_to_the_full_one() -> None:
    history = [
        {"type": "COM", "code": "01001", "nom": "A", "id": "a0", "dateFin": "2016-01-01",
         "raisonFin": "commune devenant déléguée", "successeur": "ad"},
        {"type": "COMD", "code": "01001", "nom": "A", "id": "ad", "pole": "c"},
        {"type": "COM", "code": "01002", "nom": "B", "id": "b0", "dateFin": "2016-01-01",
         "raisonFin": "fusion simple", "successeur": "c"},
        {"type": "COM", "code": "01001", "nom": "C d'A", "id": "c"},
        {"type": "COM", "code": "02001", "nom": "Loin", "id": "x", "dateFin": "2016-01-01",
         "raisonFin": "changement de nom", "successeur": "y"},
        {"type": "COM", "code": "02001", "nom": "Plus loin", "id": "y"},
    ]  # fmt: skip
    found = movements([Edition(2019, {}, [], history)])
    assert [(m.date, m.dated, m.kind, m.from_code, m.to_code, m.to_name) for m in found] == [
        ("2016-01-01", "day", "merger", "01001", "01001", "C d’A"),
        ("2016-01-01", "day", "merger", "01002", "01001", "C d’A"),
    ]


def test_editions_are_compared_by_their_former_codes() -> None:
    before = {code: {"nom": name} for code, name in
              {"01001": "A", "01002": "B", "01003": "C", "01004": "D", "02001": "Loin"}.items()}  # fmt: skip
    after = {
        "01001": {"nom": "A-et-B", "anciensCodes": ["01002"]},
        "01003": {"nom": "C-sur-Ain"},
        "01005": {"nom": "D", "anciensCodes": ["01004"]},
        "02001": {"nom": "Ailleurs"},
    }
    found = movements([Edition(2019, before, [], []), Edition(2020, after, [], [])])
    assert {(m.date, m.dated, m.kind, m.from_code, m.to_code) for m in found} == {
        ("2020-01-01", "year", "merger", "01001", "01001"),
        ("2020-01-01", "year", "merger", "01002", "01001"),
        ("2020-01-01", "year", "name", "01003", "01003"),
        ("2020-01-01", "year", "code", "01004", "01005"),
    }


def test_articles_come_from_the_kind_of_name() -> None:
    assert with_article("Tour-du-Pin", "3") == "La Tour-du-Pin"
    assert with_article("Abergement-de-Varey", 5) == "L’Abergement-de-Varey"
    assert with_article("Vans", 4) == "Les Vans"
    assert typographic("Val  d'Arc ") == "Val d’Arc"
