"""When a test may be left out, and when leaving it out is a failure."""

import os
from typing import NoReturn

import pytest

NEVER_SKIPPED = frozenset({"neo4j", "browser", "shared"})
"""Markers whose tests must run where everything is installed."""


def strict() -> bool:
    """Say whether this run must have everything: CI does, a person's machine need not."""
    return os.environ.get("CI") == "true" or os.environ.get("MAILLAGE_CI") == "1"


def unavailable(reason: str) -> NoReturn:
    """Leave the test out with its reason; under CI, fail it instead."""
    if strict():
        pytest.fail(f"required in CI: {reason}", pytrace=False)
    pytest.skip(reason)
