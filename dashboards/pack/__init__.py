"""The folder of a meeting: a sheet for each authority, the presentation, the maps, and an index."""

from dashboards.pack.contents import Choice, Contents, Order, contents_of
from dashboards.pack.folder import Packed, write_pack

__all__ = ["Choice", "Contents", "Order", "Packed", "contents_of", "write_pack"]
