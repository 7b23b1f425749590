"""Where the browser goes once something is written."""

import time


def way(address: str) -> dict[str, object]:
    """Return what the browser follows: an address, and the moment, so that the same one can follow itself."""
    return {"to": address, "at": time.time()}
