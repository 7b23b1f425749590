"""`emploi` and `emploi_qpv`: jobs of territories.

Each figure is an `Observation` `ABOUT` a commune or a quarter, of metric `employment_ess`,
`employment_total`, `establishments_ess` or `largest_ess`, with its year and the vintage of the codes.
"""

from typing import Any

from loaders.contract_json.draft import Draft
from loaders.contract_json.form import Employment, YearlyEmployment
from loaders.contract_json.tables import Record, Tables
from loaders.contract_json.values import plain_number

METRICS = {
    "ess": "employment_ess",
    "total": "employment_total",
    "etab_ess": "establishments_ess",
    "max_ess": "largest_ess",
}
"""Metric of each field of the file."""
_FIELDS = {"ess": "ess", "total": "total", "etab_ess": "establishments", "max_ess": "largest"}
_UNITS = {"etab_ess": "établissements"}
_WORDS = {metric: word for word, metric in METRICS.items()}


def add_employment(draft: Draft) -> None:
    """Add the figures of communes and quarters."""
    _add(draft, "emploi", draft.form.employment)
    _add(draft, "emploi_qpv", draft.form.employment_qpv)


def _add(draft: Draft, key: str, years: YearlyEmployment) -> None:
    for year, territories in years.items():
        vintage = draft.form.employment_vintages.get(year) if key == "emploi" else None
        for name, row in territories.items():
            for word, value in _figures(row).items():
                said: dict[str, Any] = {
                    "value": float(value),
                    "unit": _UNITS.get(word, "emplois"),
                    "vintage": None if vintage is None else str(vintage),
                }
                steps = (key, str(year), name, word)
                draft.observe(METRICS[word], year, draft.territories[name], name, said, *steps)


def _figures(row: Employment) -> dict[str, int]:
    values = {word: getattr(row, field) for word, field in _FIELDS.items()}
    return {word: value for word, value in values.items() if value is not None}


def export_employment(tables: Tables) -> Record:
    """Return `emploi` and `emploi_qpv`."""
    levels = {row["id"]: row["level"] for row in tables.nodes("Territory")}
    territories = tables.targets("ABOUT", "Observation", "Territory")
    found: Record = {}
    for row in tables.nodes("Observation"):
        word, name = _WORDS.get(row["metric"]), territories.get(row["key"])
        if word is None or name is None or "value" not in row:
            continue
        key = {"commune": "emploi", "qpv": "emploi_qpv"}.get(levels[name])
        if key is not None:
            year = found.setdefault(key, {}).setdefault(str(row["year"]), {})
            year.setdefault(name, {})[word] = plain_number(row["value"])
    return found
