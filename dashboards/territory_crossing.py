"""Where two partner perimeters cross: three parts that share nothing, and what is counted once."""

from dataclasses import dataclass

from dashboards import words
from dashboards.measured import SECRET_REASON, Reading
from dashboards.measures import measure_of
from dashboards.territory_series import Partner, TerritorySeries
from dashboards.territory_units import units_of
from graphmodel import UsageError
from graphmodel.evaluation import Evaluation

JOINED = "*"
"""Between the two codes of a pair, in the address."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three parts.

    Attributes
    ----------
    name, communes
        Words, and codes of its communes.
    share
        Part of the inhabitants of the two perimeters together, 0 to 1; None when one is not known.
    actions
        Number of actions of the year located there; None when nothing is known of the year.
    per_inhabitant, amount
        Euros per inhabitant and euros, region-wide actions left out, or why they are not there.
    """

    name: str
    communes: frozenset[str]
    share: float | None
    actions: int | None
    per_inhabitant: Reading
    amount: Reading


@dataclass(frozen=True, slots=True)
class Crossing:
    """Two partner perimeters that cross: the pair, the parts (first only, both, second only), quarters."""

    selection: str
    first: Partner
    second: Partner
    parts: tuple[Part, Part, Part]
    year: int
    quarters: int

    @property
    def name(self) -> str:
        """Both names: « Parc du Pilat × Rhône Pluriel »."""
        return f"{self.first.name} × {self.second.name}"

    @property
    def communes(self) -> frozenset[str]:
        """Codes of the communes that lie in both."""
        return self.parts[1].communes


def crossing_of(told: TerritorySeries, selection: str, year: int, evaluation: Evaluation | None) -> Crossing:
    """Return what a pair of perimeters shares.

    Parameters
    ----------
    told
        Measures of the snapshot.
    selection
        Codes of two partner territories, joined by `*`.
    year
        Year of the amounts and of the actions.
    evaluation
        The indicators; None while they are computed.

    Raises
    ------
    UsageError
        When one of the codes is not that of a partner whose communes are known.
    """
    pair = [told.partners.get(code) for code in selection.split(JOINED)]
    if len(pair) != 2 or pair[0] is None or pair[1] is None:
        raise UsageError(f"« {selection} » ne désigne pas deux périmètres partenaires connus.")
    first, second = pair[0], pair[1]
    both = first.communes & second.communes
    everyone = _people(first.communes | second.communes)
    named = ((f"{first.name} seul", first.communes - both), ("Recoupement", both),
             (f"{second.name} seul", second.communes - both))  # fmt: skip
    parts = [_part(told, name, communes, everyone, year, evaluation) for name, communes in named]
    territories = told.graph.nodes("Territory")
    quarters = territories.index[territories["level"] == "qpv"]
    inside = sum(bool(told.resolver.communes(str(key)) & both) for key in quarters)
    return Crossing(selection, first, second, (parts[0], parts[1], parts[2]), year, inside)


def _part(
    told: TerritorySeries, name: str, communes: frozenset[str], everyone: int | None, year: int,
    evaluation: Evaluation | None,
) -> Part:  # fmt: skip
    people = _people(communes)
    amount = _amount(told, communes, year, evaluation)
    rate = amount
    if amount.value is not None:
        rate = (
            Reading(amount.value / people, amount.status)
            if people
            else Reading(None, "no_data", "aucun habitant")
        )
    return Part(
        name,
        communes,
        people / everyone if people is not None and everyone else None,
        len(told.located(year, communes)) if year in told.reported else None,
        rate,
        amount,
    )


def _people(communes: frozenset[str]) -> int | None:
    units = units_of("commune")
    known = [units[code].population for code in communes if code in units]
    return None if None in known else sum(one for one in known if one is not None)


def _amount(
    told: TerritorySeries, communes: frozenset[str], year: int, evaluation: Evaluation | None
) -> Reading:
    """Return the euros of some communes; a single secret or unknown one leaves the sum unsaid."""
    measure = measure_of("T06-montant")
    series = told.series(measure, "commune", evaluation) if measure is not None else None
    if series is None:
        return Reading(None, "no_data", "calcul des indicateurs en cours")
    found = [series.readings.get(year, {}).get(code) for code in communes]
    secret = sum(one is not None and one.status == "secret" for one in found)
    if secret:
        return Reading(None, "secret", f"{SECRET_REASON} dans {words.counted(secret, 'commune')}")
    known = [one.value for one in found if one is not None and one.value is not None]
    if len(known) < len(found):
        return Reading(None, "no_data", f"{words.counted(len(found) - len(known), 'commune')} sans donnée")
    total = sum(known)
    return Reading(total, "value" if total else "zero")
