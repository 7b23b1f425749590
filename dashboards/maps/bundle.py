"""The assets that travel with a map, and the figure that refuses every other one.

A page made here holds the text of its scripts, styles and fonts, or links to copies on the same server:
nothing is ever fetched from the network.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from branca.element import CssLink, Element, Figure, JavascriptLink, Link, MacroElement
from jinja2 import Template

from dashboards import theme
from graphmodel.errors import MaillageError

ASSETS = Path(__file__).parent.parent / "assets"
"""Folder of the bundled assets."""

BUNDLED = {
    "leaflet.js": "leaflet/leaflet.js",
    "leaflet.css": "leaflet/leaflet.css",
    "topojson.js": "topojson/topojson-client.min.js",
    "map-ground.js": "map/map-ground.js",
    "map-layers.js": "map/map-layers.js",
    "map-names.js": "map/map-names.js",
    "map-page.js": "map/map-page.js",
    "map-measure.js": "map/map-measure.js",
    "map-footprint.js": "map/map-footprint.js",
    "map.css": "map/map.css",
}
"""Bundled scripts and styles of maps: short name, path in the assets."""

FONT_FACES = (("normal", "fonts/source-sans-3-latin-wght-normal.woff2"),)
"""Faces of the typeface a map carries: style and path in the assets. Browsers slant it themselves."""


class UnbundledAssetError(MaillageError):
    """A map asks for something that is not among the bundled assets."""


@cache
def asset_text(name: str) -> str:
    """Return the text of a bundled script or style.

    Raises
    ------
    UnbundledAssetError
        When no bundled asset has this name.
    """
    path = BUNDLED.get(name)
    if path is None:
        raise UnbundledAssetError(
            f"La carte demande « {name} », absent des ressources fournies : "
            "une carte doit se lire sans réseau."
        )
    return (ASSETS / path).read_text(encoding="utf-8")


class BundledScript(JavascriptLink):
    """A script of the bundle, carried as text or linked from the same server.

    Parameters
    ----------
    name
        Short name in `BUNDLED`.
    """

    _template = Template(
        "{% if this.prefix() is none %}<script>{{ this.text }}</script>"
        '{% else %}<script src="{{ this.prefix() }}{{ this.path }}"></script>{% endif %}'
    )

    def __init__(self, name: str) -> None:
        super().__init__(f"bundled:{name}")
        self.text = asset_text(name)
        self.path = BUNDLED[name]

    def prefix(self) -> str | None:
        """Return the address of the assets on the server, None when the figure is a file of its own."""
        return getattr(self.get_root(), "prefix", None)


class BundledStyle(CssLink):
    """A style sheet of the bundle, carried as text or linked from the same server."""

    _template = Template(
        "{% if this.prefix() is none %}<style>{{ this.text }}</style>"
        '{% else %}<link rel="stylesheet" href="{{ this.prefix() }}{{ this.path }}">{% endif %}'
    )

    def __init__(self, name: str) -> None:
        super().__init__(f"bundled:{name}")
        self.text = asset_text(name)
        self.path = BUNDLED[name]

    def prefix(self) -> str | None:
        """Return the address of the assets on the server, None when the figure is a file of its own."""
        return getattr(self.get_root(), "prefix", None)


def font_css(prefix: str | None) -> str:
    """Return the `@font-face` rules, with the files as data or linked under `prefix`."""
    return "\n".join(
        f'@font-face{{font-family:"{theme.FONT_FAMILY}";font-style:{style};font-weight:200 900;'
        f'font-display:block;src:url({_font_url(path, prefix)}) format("woff2")}}'
        for style, path in FONT_FACES
    )


@cache
def _font_url(path: str, prefix: str | None) -> str:
    if prefix is not None:
        return f"{prefix}{path}"
    encoded = base64.b64encode((ASSETS / path).read_bytes()).decode("ascii")
    return f"data:font/woff2;base64,{encoded}"


class OfflineFigure(Figure):
    """A page in French that carries everything it needs.

    Parameters
    ----------
    title
        Title of the page, plain text.
    scheme
        Light or dark set of tokens at first; the page can change it.
    prefix
        None for a file that stands alone; else the address of the assets on the same server.

    Attributes
    ----------
    lead
        HTML that comes before everything else of the page, already escaped: its title.
    """

    _template = Template(
        "<!DOCTYPE html>\n"
        '<html lang="fr" data-mantine-color-scheme="{{ this.scheme }}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{{ this.title|e }}</title>\n"
        '<link rel="icon" href="data:,">\n'
        "<style>{{ this.own_css() }}</style>\n"
        "{{ this.header.render(**kwargs) }}\n</head>\n<body>\n"
        "<main>\n{{ this.lead }}{{ this.html.render(**kwargs) }}\n</main>\n"
        "<script>\n{{ this.script.render(**kwargs) }}\n</script>\n</body>\n</html>\n"
    )

    def __init__(self, title: str, *, scheme: theme.Scheme = "light", prefix: str | None = None) -> None:
        super().__init__(title=title)
        self.scheme = scheme
        self.prefix = prefix
        self.lead = ""
        self.header._children.clear()

    def own_css(self) -> str:
        """Return the tokens and the faces of the page."""
        return f"{theme.css()}{font_css(self.prefix)}"

    def render(self, **kwargs: object) -> str:
        """Return the page; identifiers follow the order of the elements, so that equal maps are equal bytes.

        Raises
        ------
        UnbundledAssetError
            When an element of the page links to an asset that is not bundled.
        """
        for number, element in enumerate(_descendants(self)):
            element._id = f"{number:04d}"
        for child in self._children.values():
            child.render(**kwargs)
        self._keep_bundled_only()
        return str(self._template.render(this=self, kwargs=kwargs))

    def _keep_bundled_only(self) -> None:
        for name, child in list(self.header._children.items()):
            if isinstance(child, Link) and not isinstance(child, BundledScript | BundledStyle):
                raise UnbundledAssetError(
                    f"La carte demande « {child.url} », absent des ressources fournies : "
                    "une carte doit se lire sans réseau."
                )
            if isinstance(child, Element) and "user-scalable" in child.render():
                # folium's own header forbids zooming the page and repeats what ours says.
                self.header._children.pop(name)


class Raw(Element):
    """Text of a page as it is: branca would read braces in it as a template."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "raw"
        self.text = text

    def render(self, **_: object) -> str:
        """Return the text."""
        return self.text


class PageElement(MacroElement):
    """Base of what is added to a map: it writes its HTML and its script into the page as they are.

    Parameters
    ----------
    name
        Word its identifier in the page begins with.
    """

    def __init__(self, name: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = name

    def html_text(self) -> str:
        """Return what it adds to the body, already escaped."""
        return ""

    def script_text(self) -> str:
        """Return what it adds to the script that runs once the page is there."""
        return ""

    def render(self, **_: object) -> str:
        """Write into the page; nothing is returned, as with every macro element."""
        figure = self.get_root()
        if not isinstance(figure, Figure):
            raise UnbundledAssetError("Un élément de carte a été dessiné hors d’une page.")
        self.add_assets(figure)
        for part, text in ((figure.html, self.html_text()), (figure.script, self.script_text())):
            if text:
                part.add_child(Raw(text), name=self.get_name())
        return ""

    def add_assets(self, figure: Figure) -> None:
        """Add to the head of the page the scripts and styles it needs; none by default."""


def _descendants(element: Element) -> Iterator[Element]:
    for child in element._children.values():
        yield child
        yield from _descendants(child)


_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def content_policy(page: str) -> str:
    """Return the content security policy of a page: its own scripts and styles by hash, nothing else.

    Parameters
    ----------
    page
        HTML of an `OfflineFigure`.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {_hashes(_SCRIPT, page)}",
            f"style-src 'self' {_hashes(_STYLE, page)}",
            "font-src 'self' data:",
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hashes(pattern: re.Pattern[str], page: str) -> str:
    digests = {hashlib.sha256(text.encode()).digest() for text in pattern.findall(page)}
    return " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in sorted(digests))
