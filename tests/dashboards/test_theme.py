"""The tokens are those of the visual reference, and no colour is written elsewhere."""

import re
from pathlib import Path

import pytest

from dashboards import theme

DASHBOARDS = Path(theme.__file__).parent
HEX = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?![\w-])")
ADDED_ON_PAPER = {"print_departement_partner", "print_world_classic", "print_world_public"}
VENDORED = ("assets/leaflet", "assets/topojson", "assets/dayjs")


def luminance(colour: str) -> float:
    """Relative luminance of WCAG."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def rows_of_reference(shared: Path) -> dict[str, list[str]]:
    """Return the colours of each row of the tables of tokens and palettes, by first cell."""
    text = (shared / "ux" / "ux.md").read_text(encoding="utf-8").split("## 3.")[0]
    found = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) > 2 and HEX.search(line):
            found[cells[0]] = HEX.findall(line)
    return found


def test_screen_tokens_equal_the_reference(shared: Path) -> None:
    rows = rows_of_reference(shared)
    for said, name in (
        ("ink (text)", "ink"), ("mut (secondary text)", "mut"),
        ("acc (teal: action, selection, value)", "acc"),
        ("text on acc", "on_acc"), ("accs (soft teal)", "accs"),
        ("sig (orange: fictitious, fault, new)", "sig"),
        ("sigs (soft orange)", "sigs"), ("qpv (magenta, reserved)", "qpv"), ("lost (violet)", "lost"),
        ("line2 (borders of controls, ticks)", "line2"),
    ):  # fmt: skip
        assert rows[said][:2] == [getattr(theme.LIGHT, name), getattr(theme.DARK, name)], name
    light, dark = theme.LIGHT, theme.DARK
    assert rows["paper, surface"] == [light.paper, light.surface, dark.paper, dark.surface]
    assert rows["line (separators), bar (soft bar)"] == [light.line, light.bar, dark.line, dark.bar]


def test_palettes_equal_the_reference(shared: Path) -> None:
    rows = rows_of_reference(shared)
    assert tuple(rows["sequential light"]) == theme.LIGHT.sequential
    assert tuple(rows["sequential dark"]) == theme.DARK.sequential
    assert tuple(rows["diverging"]) == theme.LIGHT.diverging
    assert tuple(rows["categories light A-F"]) == theme.LIGHT.categories
    assert tuple(rows["categories dark A-F"]) == theme.DARK.categories
    assert rows["ties kept/new/lost"] == [theme.LIGHT.kept, theme.LIGHT.new, theme.LIGHT.gone]


def test_paper_colours_are_those_of_the_print_reference(shared: Path) -> None:
    text = (shared / "print" / "print.md").read_text(encoding="utf-8").split("## 4.")[0]
    known = set(HEX.findall(text))
    said = {colour for name, colour in theme.PRINT.items() if name not in ADDED_ON_PAPER}
    assert said | set(theme.PRINT_GREYS) | set(theme.PRINT_PERIMETERS) <= known


def test_colours_stand_in_the_theme_alone() -> None:
    wrong = []
    for path in sorted(DASHBOARDS.rglob("*")):
        name = path.relative_to(DASHBOARDS).as_posix()
        if (
            path.suffix not in {".py", ".css", ".js", ".html"}
            or name == "theme.py"
            or name.startswith(VENDORED)
        ):
            continue
        text = path.read_text(encoding="utf-8")
        wrong += [f"{name}: {colour}" for colour in HEX.findall(text) if not colour[1:].isdigit()]
    assert not wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_on_every_ground(scheme: theme.Scheme) -> None:
    tokens = theme.SCHEMES[scheme]
    for text in (tokens.ink, tokens.mut, tokens.acc, tokens.sig, tokens.qpv, tokens.lost):
        assert contrast(text, tokens.surface) >= 4.5
        assert contrast(text, tokens.paper) >= 4.5
    assert contrast(tokens.on_acc, tokens.acc) >= 4.5
    assert contrast(tokens.sig, tokens.sigs) >= 4.5
    assert contrast(tokens.ink, tokens.accs) >= 4.5
    for drawn in (tokens.line2, *tokens.categories):
        assert contrast(drawn, tokens.surface) >= 3


def test_style_sheet_names_every_token_in_both_schemes() -> None:
    light, dark = theme.css().split("\n")[:2]
    for name in theme.properties("light"):
        assert f"{name}:" in light
        assert f"{name}:" in dark
