"""The pages of the dashboard, in the order of the header."""

from dashboards.pages import contract, data, overview, overview_callbacks
from dashboards.pages.page import Page

PAGES = (
    Page(
        overview.PATH,
        overview.NAME,
        overview.ICON,
        overview.build,
        overview_callbacks.connect,
        overview.stores,
        frozenset({"territory", "organisation", "action"}),
    ),
    Page(
        contract.PATH,
        contract.NAME,
        contract.ICON,
        contract.build,
        contract.connect,
        finds=frozenset({"action"}),
    ),
    Page(data.PATH, data.NAME, data.ICON, data.build, data.connect, data.stores, add_routes=data.add_routes),
)
"""Every page that exists; the header links to these."""

__all__ = ["PAGES", "Page"]
