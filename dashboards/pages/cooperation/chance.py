"""« Est-ce plus que le hasard ? »: the density of a network beside the networks of the same sizes."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboards import words
from dashboards.pages.cooperation.choices import Choices
from dashboards.pages.cooperation.subject import Subject
from dashboards.pages.cooperation.wave import lens_of
from graphmodel.cooperation.null_models import fixed_degrees
from graphmodel.cooperation.participations import without_pivot
from graphmodel.cooperation.projection import project
from graphmodel.cooperation.two_mode import TwoMode

FEWEST = 3
"""Actors under which a density has no meaning."""
BAND = (2.5, 97.5)
"""Percentiles of the null model between which chance alone stays."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A density and the band of the null model.

    Attributes
    ----------
    observed, low, high
        Share of the possible pairs of actors that are tied, 0 to 1; bounds of 95 % of the random networks.
    draws
        Number of random networks with the same sizes of actions and of actors.
    exact
        True when they are all those possible.
    """

    observed: float
    low: float
    high: float
    draws: int
    exact: bool

    @property
    def position(self) -> int:
        """Return -1 under the band, 0 inside it, 1 above it."""
        return (self.observed > self.high) - (self.observed < self.low)


@dataclass(frozen=True, slots=True)
class Chance:
    """The whole network, and the network without the pivot; None where there are too few actors."""

    year: int
    whole: Beside | None
    without: Beside | None
    pivot: str

    @property
    def sentence(self) -> str:
        """What the comparison says, never more."""
        if self.whole is None:
            return words.typeset(f"Densité {words.NOT_COMPUTABLE} : moins de {FEWEST} acteurs.")
        said = {
            -1: "Moins de liens que le hasard à tailles égales : les mêmes acteurs se retrouvent d’action "
            "en action.",
            0: "Densité dans l’intervalle du hasard à tailles égales : coopération plus ou moins large, "
            "structure non établie.",
            1: "Plus de liens que le hasard à tailles égales : les actions mêlent des acteurs différents.",
        }[self.whole.position]
        if self.without is not None and self.without.position != self.whole.position:
            said += f" Sans {self.pivot}, la conclusion change."
        return words.typeset(said)


def chance_of(subject: Subject, choices: Choices) -> Chance:
    """Return the comparison for the year and the filters chosen; a tenth of a second, then kept."""
    return _chance(subject, choices.year, choices.axe, choices.monde, choices.famille)


@lru_cache(maxsize=64)
def _chance(subject: Subject, year: int, axis: str, world: str, family: str) -> Chance:
    lens = lens_of(axis, world, family)
    whole = beside(subject.read.network(year, lens))
    without = None
    if subject.pivot is not None:
        without = beside(subject.read.network(year, without_pivot(lens, subject.pivot)))
    return Chance(year, whole, without, subject.names.get(subject.pivot or "", ""))


def beside(network: TwoMode) -> Beside | None:
    """Return the density of a network beside its null model, None with fewer than three actors."""
    n = len(network.operators)
    if n < FEWEST:
        return None
    pairs = n * (n - 1) / 2
    draws = fixed_degrees(network)
    low, high = np.percentile(draws.links(), BAND) / pairs
    return Beside(project(network).m / pairs, float(low), float(high), len(draws), draws.exact)
