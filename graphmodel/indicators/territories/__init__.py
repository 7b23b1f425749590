"""Question 3: the territorial indicators T01 to T19; importing this package registers them."""

from graphmodel.indicators.territories import (  # noqa: F401
    comparison,
    concentration,
    contribution,
    coverage,
    equity,
    links,
    local,
    money,
    needs,
    observation,
    policy,
    ptce,
    spatial,
)
