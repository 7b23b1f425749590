"""A folium map without tiles that can be read with the network cut, and the file it is written to."""

from pathlib import Path

import folium

from dashboards.maps.bundle import OfflineFigure, content_policy
from dashboards.theme import Scheme
from graphmodel.errors import MaillageError

START_ZOOM = 8
"""Zoom before the first fit."""


class UnsafePageError(MaillageError):
    """A map page would fetch something from elsewhere."""


class OfflineMap(folium.Map):
    """A folium map that needs nothing but itself: no tiles, Leaflet alone, canvas, French page.

    Parameters
    ----------
    title
        Title of the page, plain text.
    location
        Latitude and longitude of the centre before the first fit, degrees.
    scheme
        Light or dark set of tokens.
    prefix
        None for a file that stands alone; else the address of the bundled assets on the same server.

    Attributes
    ----------
    page
        The page the map is alone in.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  folium's own name and type
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(
        self,
        title: str,
        location: tuple[float, float],
        *,
        scheme: Scheme = "light",
        prefix: str | None = None,
    ) -> None:
        super().__init__(
            location=location,
            zoom_start=START_ZOOM,
            tiles=None,
            prefer_canvas=True,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.05,
            zoom_delta=1,
            min_zoom=6,
            max_zoom=15,
        )
        self.title = title
        self.page = OfflineFigure(title, scheme=scheme, prefix=prefix)
        self.page.add_child(self)


def page_of(made: folium.Map) -> str:
    """Return the HTML page of a map.

    Raises
    ------
    UnbundledAssetError
        When an element of the map links to an asset that is not bundled.
    """
    return str(made.get_root().render())


def save_map(made: folium.Map, path: Path) -> int:
    """Write a map as one HTML file that needs no network, with a policy that forbids any fetch.

    Parameters
    ----------
    made
        Map whose figure carries its assets (`prefix` None).
    path
        File to write; its folder must exist.

    Returns
    -------
    Size of the file in bytes.

    Raises
    ------
    UnbundledAssetError
        When an element of the map links to an asset that is not bundled.
    """
    if getattr(made.get_root(), "prefix", None) is not None:
        raise UnsafePageError(
            "Cette carte est faite pour le serveur : ses ressources ne sont pas dans la page."
        )
    page = page_of(made)
    policy = content_policy(page).replace("'self' ", "")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    data = page.replace("<head>\n", f"<head>\n{meta}\n", 1).encode("utf-8")
    path.write_bytes(data)
    return len(data)
