"""What the tests of the territory share: the reference, read once."""

import pytest

from geodata.names import Gazetteer, reference_gazetteer
from geodata.territories import Territories, load_reference


@pytest.fixture(scope="session")
def territories() -> Territories:
    """Return the reference the package carries."""
    return load_reference()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Return the names of the reference."""
    return reference_gazetteer()
