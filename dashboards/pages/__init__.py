"""The pages of the dashboard, in the order of the header."""

from dashboards.pages import overview, overview_callbacks
from dashboards.pages.page import Page

LINKS = ((overview.PATH, overview.NAME, overview.ICON),)
"""Address, word and icon of each page."""

PAGES = (
    Page(
        overview.PATH,
        overview.NAME,
        overview.ICON,
        lambda graph, settings: overview.build(graph, settings, LINKS),
        overview_callbacks.connect,
    ),
)
"""Every page that exists; the header links to these."""

__all__ = ["LINKS", "PAGES", "Page"]
