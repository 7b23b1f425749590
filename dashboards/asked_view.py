"""What a view of a measure is asked for: measure, units, years; refused in French where unknown."""

from dashboards import view_data, words
from dashboards.measures import LEVEL_NAMES, MEASURES, Level, Measure, measure_of
from graphmodel import ContractGraph, UsageError


def asked_measure(identifier: str) -> Measure:
    """Return the measure asked for; the first of the catalogue when none is named.

    Raises
    ------
    UsageError
        With the measures there are.
    """
    measure = measure_of(identifier) if identifier else MEASURES[0]
    if measure is None:
        known = ", ".join(one.id for one in MEASURES)
        raise UsageError(f"« {identifier} » n’est pas une mesure : {known}.")
    return measure


def asked_level(measure: Measure, level: Level | None) -> Level:
    """Return the units asked for; the EPCI, or the first units the measure is known for, when none are.

    Raises
    ------
    UsageError
        With the units the measure is known for.
    """
    if level is not None and level not in measure.levels:
        known = words.listed(LEVEL_NAMES[one] for one in measure.levels)
        raise UsageError(f"« {measure.said} » n’est pas connu par « {level} », mais pour : {known}.")
    return level or ("epci" if "epci" in measure.levels else measure.levels[0])


def asked_years(graph: ContractGraph, year: int | None) -> tuple[int, ...]:
    """Return the year asked for, or all those of which something is known.

    Raises
    ------
    UsageError
        When nothing is known of the year, or of any.
    """
    told = view_data.reported_years(graph)
    inside = [one for one in told if one in view_data.years_of(graph)] or list(told)
    if (year is None and inside) or year in told:
        return tuple(inside) if year is None else (year,)
    known = words.listed(map(str, told)) or "aucune"
    raise UsageError(
        f"Aucun bilan reçu pour {year or 'ce contrat'} : on ne sait pas où les actions ont eu lieu. "
        f"Années connues : {known}."
    )
