"""Printed pages: maps in PNG (300 dpi), SVG or PDF, the same bytes for the same store and options."""

from dashboards.map_kinds import CARDS, MapCard, MapOptions
from dashboards.prints.maps import map_page, print_map

__all__ = ["CARDS", "MapCard", "MapOptions", "map_page", "print_map"]
