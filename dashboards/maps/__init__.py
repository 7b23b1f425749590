"""Offline folium maps: what they show, the signs they are made of, and the file they end in."""

from dashboards.maps.bundle import UnbundledAssetError
from dashboards.maps.communes import communes_map
from dashboards.maps.offline import OfflineMap, page_of, save_map

__all__ = ["OfflineMap", "UnbundledAssetError", "communes_map", "page_of", "save_map"]
