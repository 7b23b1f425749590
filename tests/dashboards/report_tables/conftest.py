"""The demonstration with its values, clear and withheld, for what the report prints."""

import pytest

from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation
from tests.support.told_demonstration import told_demonstration, withheld_demonstration


@pytest.fixture(scope="session")
def demonstration() -> tuple[ContractGraph, Evaluation]:
    """Return the demonstration as a working document."""
    return told_demonstration()


@pytest.fixture(scope="session")
def withheld() -> tuple[ContractGraph, Evaluation]:
    """Return the demonstration as a publication whose money is all secret."""
    return withheld_demonstration()
