"""The territory reference: communes, EPCI, départements, zonings, and the geometry of each.

Nothing is read before it is asked for: `load_reference()` gives the territories the package carries,
`resolve(text)` what a name or a code means today.
"""

from geodata.contiguity import Contiguity, commune_contiguity, contiguity
from geodata.names import AmbiguousNameError, NameMatch, UnknownNameError, resolve
from geodata.perimeters import Perimeter, perimeter_of_communes, unknown_perimeter
from geodata.territories import Territories, load_reference
from geodata.territory import LEVEL_FRENCH, Level, Territory
from geodata.topology import to_topojson

__all__ = [
    "LEVEL_FRENCH",
    "AmbiguousNameError",
    "Contiguity",
    "Level",
    "NameMatch",
    "Perimeter",
    "Territories",
    "Territory",
    "UnknownNameError",
    "commune_contiguity",
    "contiguity",
    "load_reference",
    "perimeter_of_communes",
    "resolve",
    "to_topojson",
    "unknown_perimeter",
]
