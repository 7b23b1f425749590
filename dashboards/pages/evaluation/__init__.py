"""« Évaluation »: the four questions, the values with their proof, the answers in sentences."""

from dashboards.pages.evaluation.callbacks import connect
from dashboards.pages.evaluation.page import ICON, NAME, PATH, build, stores
from dashboards.pages.evaluation.routes import add_routes

__all__ = ["ICON", "NAME", "PATH", "add_routes", "build", "connect", "stores"]
