"""Observed figures: employment in its own sheet, the comparison, and everything else."""

from collections.abc import Mapping

from graphmodel.schema import SCHEMA
from loaders.filling.left_out import LeftOut
from loaders.filling.links import Links, Record
from loaders.filling.references import territory
from loaders.template.content import Cells
from loaders.template.model import CHOICES, Sheet
from loaders.workbook.shapes import EMPLOYMENT_METRICS

_FIELD = {metric: (field, unit) for field, (metric, unit) in EMPLOYMENT_METRICS.items()}


def employment_rows(links: Links, sheet: Sheet, left: LeftOut) -> list[Cells]:
    """Return employment by territory and year: one row for the figures of one territory, year and vintage."""
    found: dict[tuple[str, ...], Cells] = {}
    for key, row in links.nodes("Observation").items():
        place = employment_place(links, key, row)
        if place is None:
            continue
        named = territory(links, place)
        if named is None:
            left.row(sheet.name)
            continue
        metric, year = str(row["metric"]), str(row["year"])
        suffix = str(row["id"]).removeprefix(f"{metric}-")
        level, code = named
        cells = found.setdefault((year, level, code, suffix, str(row.get("vintage"))), {
            "year": row["year"],
            "level": SCHEMA.french("territory_level", level),
            "code": code,
            "vintage": row.get("vintage"),
        })  # fmt: skip
        if suffix != f"{year}-{level}-{links.nodes('Territory')[place]['code']}":
            cells["id"] = suffix
        value = row.get("value")
        cells[_FIELD[metric][0]] = int(value) if isinstance(value, float) else None
    return [found[identity] for identity in sorted(found)]


def employment_place(links: Links, key: str, row: Record) -> str | None:
    """Return the territory of an observation that the sheet of employment can say, None for another one."""
    known = _FIELD.get(str(row["metric"]))
    about = links.leaving("ABOUT", key)
    if known is None or row.get("year") is None or len(about) != 1 or about[0]["target_label"] != "Territory":
        return None
    value = row.get("value")
    whole = value is None or (isinstance(value, float) and value.is_integer() and value >= 0)
    named = str(row["id"]).startswith(f"{row['metric']}-")
    plain = row.get("amount") is None and row.get("unit") == known[1]
    return str(about[0]["target"]) if whole and named and plain else None


def comparison_rows(links: Links, sheet: Sheet, left: LeftOut) -> list[Cells]:
    """Return the territories compared, those of the contract first."""
    said = links.graph.contract.get("comparison")
    if not isinstance(said, Mapping) or str(said.get("cle")) not in CHOICES["compared"]:
        return []
    years = [str(said.get(name)) for name in ("annee0", "annee1")]
    if not all(year.isdigit() for year in years):
        return []
    given = said.get("valeurs")
    values = given if isinstance(given, Mapping) else {}
    levels = {str(row["code"]): str(row["level"]) for row in links.nodes("Territory").values()}
    found: list[Cells] = []
    for group, name in (("treated", "traites"), ("control", "temoins")):
        for code in said.get(name) or ():
            level = levels.get(str(code))
            if level is None or (level, str(code)) not in links.known.territories:
                left.row(sheet.name)
                return []
            found.append({
                "metric": CHOICES["compared"][str(said["cle"])],
                "year0": int(years[0]),
                "year1": int(years[1]),
                "level": SCHEMA.french("territory_level", level),
                "code": str(code),
                "group": CHOICES["group"][group],
                "value": values.get(code),
            })  # fmt: skip
    return found
