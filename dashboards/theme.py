"""The colours, palettes and sizes of every view: the only place where a colour is written.

Screen tokens exist in a light and a dark set that are designed as a pair; `css()` turns them into custom
properties, so that style sheets and map scripts name tokens and never colours. `PRINT` holds the colours that
only paper uses. Source: the visual reference of the project; a test compares the values.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Scheme = Literal["light", "dark"]
"""Light or dark set of tokens."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of one scheme, as `#rrggbb`.

    Attributes
    ----------
    paper, surface
        Ground of the page and of panels.
    ink, mut
        Text and secondary text (contrast at least 6:1 on both grounds).
    acc, on_acc, accs
        Action and selection, text on it, its soft form.
    sig, sigs
        Fictitious data, fault or new; its soft form.
    qpv
        Reserved to priority neighbourhoods.
    lost
        What disappeared.
    line2, line, bar
        Borders of controls (3:1), separators, soft bar.
    land
        White of a value of zero and of a territory without a fill.
    blank, blank_line
        Ground and texture of « no data » and « secret ».
    casing
        Edge that detaches a sign from what lies under it.
    hatch_ink, hatch_white
        The two strokes of the ZRR hatch.
    sequential, diverging, categories
        Palettes: five ordered classes, five around a reference, six categories A to F.
    kept, new, gone
        Ties kept, new and lost from one year to the next.
    """

    paper: str
    surface: str
    ink: str
    mut: str
    acc: str
    on_acc: str
    accs: str
    sig: str
    sigs: str
    qpv: str
    lost: str
    line2: str
    line: str
    bar: str
    land: str
    blank: str
    blank_line: str
    casing: str
    hatch_ink: str
    hatch_white: str
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    categories: tuple[str, ...]
    kept: str
    new: str
    gone: str


_DIVERGING = ("#8c3b06", "#d58a4a", "#f0e9dc", "#79b4b8", "#0c5563")

LIGHT = Tokens(
    paper="#f6f5f1",
    surface="#ffffff",
    ink="#1b1b2f",
    mut="#565a6a",
    acc="#0b5563",
    on_acc="#ffffff",
    accs="#e2f0f0",
    sig="#b83a05",
    sigs="#fdeee5",
    qpv="#b0106f",
    lost="#6d3aa8",
    line2="#868a97",
    line="#dcdbd4",
    bar="#cfe0e1",
    land="#ffffff",
    blank="#dcdce2",
    blank_line="#a3a6b0",
    casing="#ffffff",
    hatch_ink="#1b1b2f",
    hatch_white="#ffffff",
    sequential=("#f5ecc8", "#a8d3c4", "#5dafae", "#21798c", "#0d3f5c"),
    diverging=_DIVERGING,
    categories=("#2c6972", "#dc6124", "#7f32c2", "#27a28c", "#914236", "#9182cb"),
    kept="#5a6270",
    new="#c44a00",
    gone="#7a45b8",
)

DARK = Tokens(
    paper="#12151b",
    surface="#1a1e26",
    ink="#eeece6",
    mut="#abafbc",
    acc="#79c7cc",
    on_acc="#0e1418",
    accs="#17353b",
    sig="#ffa066",
    sigs="#38241a",
    qpv="#ff7ac6",
    lost="#c3a0f2",
    line2="#7d8494",
    line="#333a46",
    bar="#24505a",
    land="#0c0e12",
    blank="#2c313b",
    blank_line="#7d8494",
    casing="#12151b",
    hatch_ink="#12151b",
    hatch_white="#eeece6",
    sequential=("#2b3a44", "#1f5a6b", "#2b8597", "#6cbdb6", "#ece7c0"),
    diverging=_DIVERGING,
    categories=("#6fb9c4", "#f28a4f", "#a282f5", "#bdd5ab", "#f8d80f", "#abf6fc"),
    kept="#abafbc",
    new="#ffa066",
    gone="#c3a0f2",
)

SCHEMES: MappingProxyType[Scheme, Tokens] = MappingProxyType({"light": LIGHT, "dark": DARK})
"""The two token sets by name."""

MANTINE_SHADES = (
    "#eef6f6", "#d9eaea", "#b3d5d6", "#86bcbf", "#5ea3a9",
    "#3f8c94", "#287781", "#17656f", "#0e5a64", "#0b5563",
)  # fmt: skip
"""Ten shades of the primary colour « sarcelle » of the interface kit, lightest first."""

PRINT = MappingProxyType(
    {
        "print_secondary": "#5a5a6b",
        "print_text": "#33334a",
        "print_hairline": "#c9c9d1",
        "print_ground": "#f4f3ef",
        "print_blank": "#e6e6ea",
        "print_blank_line": "#8a8a94",
        "print_secret_dot": "#2e2e3a",
        "print_commune_edge": "#8f8f9c",
        "print_departement_partner": "#eef2f2",
        "print_epci_partner": "#cfe5e6",
        "print_city_partner": "#2b7f8c",
        "print_circle_other": "#7fbcc0",
        "print_world_classic": "#e3a83c",
        "print_world_public": "#b9b9c4",
    }
)
"""Colours of paper that the screen does not use; the others are those of `LIGHT`."""

PRINT_GREYS = ("#ebebeb", "#c6c6c6", "#9a9a9a", "#6b6b6b", "#363636")
"""Five ordered classes of the greyscale edition."""

PRINT_DIVERGING_GREYS = ("#8f8f8f", "#d2d2d2", "#ffffff", "#8a8a8a", "#363636")
"""Five classes around a reference in the greyscale edition; those under it are hatched too."""

PRINT_BLACK = "#000000"
"""What must be seen first on a photocopy: the badge, the priority quarters."""

PRINT_PERIMETERS = ("#7f32c2", "#2f6b1f", "#914236", "#4a4a5a")
"""Hatches of the perimeters of syndicats mixtes and parks on paper."""

PICKED = "#ff6a13"
"""Outline of the territory that a meeting looks at: seen at ten metres on any fill."""

FONT_FAMILY = "Source Sans 3"
"""The typeface; its files are in `assets/fonts`."""

DESK_SCALE_QUERY = "(min-width:1600px) and (min-height:880px)"
"""Media query above which a desk page is drawn at 20 px a rem instead of 16."""

MAP_SCALE_QUERY = "(min-width:760px) and (min-height:790px)"
"""The same switch inside the frame of a map."""

_PALETTES = ("sequential", "diverging", "categories")


def properties(scheme: Scheme) -> dict[str, str]:
    """Return the custom properties of a scheme: `--acc`, `--sequential-1` … by name.

    Underscores become hyphens; the colours of a palette are numbered from 1.
    """
    tokens = SCHEMES[scheme]
    found: dict[str, str] = {}
    for name in Tokens.__slots__:
        value = getattr(tokens, name)
        if name in _PALETTES:
            found.update({f"--{name}-{i}": colour for i, colour in enumerate(value, 1)})
        else:
            found[f"--{name.replace('_', '-')}"] = value
    return found


def css() -> str:
    """Return the style sheet of the tokens: light by default, dark where the root element says so."""
    light = _declarations("light")
    dark = _declarations("dark")
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f':root[data-mantine-color-scheme="dark"]{{color-scheme:dark;{dark}}}\n'
    )


def _declarations(scheme: Scheme) -> str:
    return ";".join(f"{name}:{value}" for name, value in properties(scheme).items())


def mantine_theme() -> dict[str, object]:
    """Return the theme of the interface kit: one primary colour, one radius, one typeface."""
    return {
        "colors": {"sarcelle": list(MANTINE_SHADES)},
        "primaryColor": "sarcelle",
        "primaryShade": {"light": 9, "dark": 3},
        "autoContrast": True,
        "defaultRadius": 6,
        "fontFamily": f'"{FONT_FAMILY}", sans-serif',
        "headings": {"fontFamily": f'"{FONT_FAMILY}", sans-serif', "fontWeight": "700"},
    }
