"""The pages of the dashboard, in the order of the header.

The order is Territoires, Coopérations, Évaluation, Séance, Contrat, Données; the mark leads to the overview.
"""

from dashboards.pages import (
    contract,
    cooperation,
    data,
    evaluation,
    meeting,
    meeting_callbacks,
    overview,
    overview_callbacks,
    territories,
    territories_callbacks,
    territories_files,
)
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
        linked=False,
    ),
    Page(
        territories.PATH,
        territories.NAME,
        territories.ICON,
        territories.build,
        territories_callbacks.connect,
        finds=frozenset({"territory"}),
        add_routes=territories_files.add_routes,
    ),
    Page(
        cooperation.PATH,
        cooperation.NAME,
        cooperation.ICON,
        cooperation.build,
        cooperation.connect,
        cooperation.stores,
        frozenset({"organisation", "action"}),
        cooperation.add_routes,
    ),
    Page(
        evaluation.PATH,
        evaluation.NAME,
        evaluation.ICON,
        evaluation.build,
        evaluation.connect,
        evaluation.stores,
        add_routes=evaluation.add_routes,
    ),
    Page(
        meeting.PATH,
        meeting.NAME,
        meeting.ICON,
        meeting.build,
        meeting_callbacks.connect,
        add_routes=meeting_callbacks.add_routes,
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
"""Every page that exists; the header links to those that are `linked`, and the keys 1 to 6 follow it."""

__all__ = ["PAGES", "Page"]
