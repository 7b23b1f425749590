"""Files: the same bytes each time, text kept as text, nothing of the machine in them."""

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image

from dashboards.prints import print_map
from dashboards.prints.labels import UnnamedPartnerError
from dashboards.prints.page import Page, printing
from graphmodel import ContractGraph, UsageError
from tests.support.source import ROOT

TITLE = "Périmètres des 16 collectivités signataires"
ELSEWHERE = """
import sys
from pathlib import Path
from dashboards.prints import print_map
from tests.dashboards.conftest import graph_of, small_builder
print_map(graph_of(small_builder()), "actions", Path(sys.argv[1]))
"""


def saved(page: Page, path: Path) -> Path:
    """Write a page that is already made."""
    with printing():
        return page.save(path, TITLE)


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_same_map_made_twice_has_the_same_bytes(
    convention: ContractGraph, tmp_path: Path, suffix: str
) -> None:
    first = print_map(convention, "perimeters", tmp_path / f"one{suffix}").read_bytes()
    second = print_map(convention, "perimeters", tmp_path / f"two{suffix}").read_bytes()
    assert first == second
    assert len(first) > 100_000


@pytest.mark.slow
def test_another_process_makes_the_same_bytes(graph: ContractGraph, tmp_path: Path) -> None:
    here = print_map(graph, "actions", tmp_path / "here.svg").read_bytes()
    there = tmp_path / "there.svg"
    subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(there)],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)},
    )
    assert there.read_bytes() == here


def test_a_png_has_the_pixels_of_its_paper(perimeters: Page, tmp_path: Path) -> None:
    with Image.open(saved(perimeters, tmp_path / "m1.png")) as picture:
        assert picture.size == (3507, 2480)
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert set(picture.info) & {"Software", "Creation Time"} == set()


def test_an_svg_keeps_text_and_carries_its_glyphs(perimeters: Page, tmp_path: Path) -> None:
    content = saved(perimeters, tmp_path / "m1.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(content)
    texts = {"".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")}
    assert "Carte M1" in texts
    assert "Conseil général" in texts
    assert content.count("@font-face") >= 3
    assert not re.search(r'(href|src)="(?!#)', content.replace('src:url("data:', ""))
    assert str(Path.home()) not in content


def test_a_pdf_is_one_page_of_its_paper_with_text(perimeters: Page, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(saved(perimeters, tmp_path / "m1.pdf"))
    assert len(document) == 1
    width, height = document[0].get_size()
    assert (width, height) == pytest.approx((297 / 25.4 * 72, 210 / 25.4 * 72), abs=0.1)
    text = document[0].get_textpage().get_text_range()
    assert "Périmètre inconnu" in text
    assert "\ufffd" not in text
    said = document.get_metadata_dict()
    assert said["CreationDate"] == said["ModDate"] == ""
    assert said["Title"].startswith("Périmètres des 16")


def test_no_ink_is_left_in_the_margin(perimeters: Page, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(saved(perimeters, tmp_path / "m1.pdf"))
    picture = document[0].render(scale=100 / 72).to_pil().convert("L")
    edge = round(5 / 25.4 * 100)
    wide, high = picture.size
    borders = [
        (0, 0, wide, edge),
        (0, high - edge, wide, high),
        (0, 0, edge, high),
        (wide - edge, 0, wide, high),
    ]
    assert all(picture.crop(border).getextrema()[0] == 255 for border in borders)


def test_an_unknown_extension_writes_nothing(convention: ContractGraph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"« \.bmp » n’est pas un format"):
        print_map(convention, "perimeters", tmp_path / "m1.bmp")
    assert list(tmp_path.iterdir()) == []


def test_a_refused_page_writes_nothing(
    graph: ContractGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboards.prints.perimeters_map.place", lambda _: {})
    with pytest.raises(UnnamedPartnerError):
        print_map(graph, "perimeters", tmp_path / "m1.png")
    assert list(tmp_path.iterdir()) == []
