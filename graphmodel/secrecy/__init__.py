"""Statistical secrecy and personal data: the gate that every output passes."""

from graphmodel.secrecy.attacker import bounds
from graphmodel.secrecy.gate import Cell, Released, release
from graphmodel.secrecy.network import PERSONAL, SecretAttribute
from graphmodel.secrecy.rules import (
    DOMINANCE_PERCENT,
    FEWEST,
    MODES,
    STATUS_FRENCH,
    WIDTH_PERCENT,
    Kind,
    Mode,
    Status,
    status_of,
)

__all__ = [
    "DOMINANCE_PERCENT",
    "FEWEST",
    "MODES",
    "PERSONAL",
    "STATUS_FRENCH",
    "WIDTH_PERCENT",
    "Cell",
    "Kind",
    "Mode",
    "Released",
    "SecretAttribute",
    "Status",
    "bounds",
    "release",
    "status_of",
]
