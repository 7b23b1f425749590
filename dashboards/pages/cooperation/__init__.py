"""« Coopérations »: the network of who works with whom, its communities, and what changes over the years."""

from dashboards.pages.cooperation.callbacks import connect
from dashboards.pages.cooperation.page import ICON, NAME, PATH, build, stores
from dashboards.pages.cooperation.routes import add_routes

__all__ = ["ICON", "NAME", "PATH", "add_routes", "build", "connect", "stores"]
