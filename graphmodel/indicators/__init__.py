"""The forty indicators of the catalogue, each with its proof; see `registry` for the cards.

Importing this package registers every indicator.
"""

from graphmodel.indicators import (  # noqa: F401
    deployment,
    governance,
    structuring,
    structuring_outreach,
    structuring_positions,
    structuring_worlds,
    synergy,
    territories,
)
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.registry import Indicator, compute, indicator, indicators, register
from graphmodel.indicators.value import IndicatorValue

__all__ = [
    "EvaluationContext",
    "Indicator",
    "IndicatorValue",
    "compute",
    "indicator",
    "indicators",
    "register",
]
