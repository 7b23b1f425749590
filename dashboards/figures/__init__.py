"""The figures of the report, F1 to F8: one drawing, on its own page or bare inside a document."""

from dashboards.figures.figure import Figure
from dashboards.figures.registry import FIGURES, FigureKind, figure

__all__ = ["FIGURES", "Figure", "FigureKind", "figure"]
