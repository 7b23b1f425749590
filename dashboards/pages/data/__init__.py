"""« Données »: load with preview, completeness, decisions, history, exports."""

from dashboards.pages.data.callbacks import connect
from dashboards.pages.data.page import ICON, NAME, PATH, build, stores
from dashboards.pages.data.routes import add_routes

__all__ = ["ICON", "NAME", "PATH", "add_routes", "build", "connect", "stores"]
