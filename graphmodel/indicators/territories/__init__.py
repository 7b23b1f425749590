"""Question 3: the territorial indicators T01 to T19; importing this package registers them."""

from graphmodel.indicators.territories import concentration, coverage, links, local, money, spatial  # noqa: F401
