"""Which level each territory identifier of a file names, and of which vintage its communes are."""

from collections.abc import Iterator
from datetime import date

from graphmodel.keys import NOT_DECLARED
from loaders.contract_json.form import Form
from loaders.contract_json.parsing import Step

BASE_VINTAGE = 2014
"""Vintage of `communes` and of the frozen perimeters: 1 January 2014."""


def claims(form: Form) -> Iterator[tuple[str, str, tuple[Step, ...]]]:
    """Yield each identifier with the level a place of the file gives it, authorities apart."""
    for name, commune in form.communes.items():
        yield name, "commune", ("communes", name)
        if commune.departement is not None:
            yield commune.departement, "departement", ("communes", name, "dep")
        if commune.epci is not None:
            yield commune.epci, "epci", ("communes", name, "epci")
    yield from ((name, "qpv", ("qpv", name)) for name in form.quarters)
    yield from ((name, "syndicat_mixte", ("syndicat_mixte", name)) for name in form.syndicates)
    for rank, row in enumerate(form.passages):
        yield row.old, "commune", ("passage", rank, "de")
        yield row.new, "commune", ("passage", rank, "vers")
    for year, territories in form.employment.items():
        yield from ((name, "commune", ("emploi", str(year), name)) for name in territories)
    for name, group in form.current_epci.items():
        yield name, "commune", ("epci_courant", name)
        if group is not None:
            yield group, "epci", ("epci_courant", name)


def known_later(form: Form) -> set[str]:
    """Return the communes that a change of the map makes or that have a current EPCI."""
    return {row.new for row in form.passages} | {row.old for row in form.passages} | set(form.current_epci)


def later_vintages(form: Form) -> dict[str, str]:
    """Return the vintage of each commune that is not in `communes`: the first the file gives, if any."""
    found: dict[str, set[int]] = {}
    for row in form.passages:
        found.setdefault(row.new, set()).add(_first_vintage(row.date))
        found.setdefault(row.old, set())
    for year, territories in form.employment.items():
        for name in territories:
            vintage = form.employment_vintages.get(year)
            found.setdefault(name, set()).update({vintage} if vintage else ())
    for name in form.current_epci:
        found.setdefault(name, set())
    return {
        name: str(min(vintages)) if vintages else NOT_DECLARED
        for name, vintages in found.items()
        if name not in form.communes
    }


def _first_vintage(day: date) -> int:
    """Return the first 1 January on which a commune made on a day exists."""
    return day.year if (day.month, day.day) == (1, 1) else day.year + 1
