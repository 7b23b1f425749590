"""What the pages that are served are for: a working document, or a publication."""

import os
from typing import Final

from graphmodel.secrecy import Mode

MODE_VARIABLE: Final = "MAILLAGE_MODE"
"""Where the server's processes read it; `maillage serve --mode` sets it."""

NAMES: Final[dict[Mode, str]] = {"working": "Document de travail", "publication": "Publication"}

SENTENCES: Final[dict[Mode, str]] = {
    "working": "Toutes les valeurs sont montrées, y compris celles que le secret statistique couvre.",
    "publication": "Les valeurs couvertes par le secret statistique sont tues.",
}


def current_mode() -> Mode:
    """Return the mode of the pages; what nobody set is a publication, the careful one."""
    return "working" if os.environ.get(MODE_VARIABLE) == "working" else "publication"
