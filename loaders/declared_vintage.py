"""The vintage of a file: what it says itself, what the user declares, or « non déclaré » with a warning."""

import re
from collections.abc import Iterable

from geodata.vintages import load_history
from graphmodel.keys import NOT_DECLARED
from loaders.findings import Findings
from loaders.tables import Table

UNDECLARED = "undeclared_vintage"
"""Code of the warning that a question on a terminal, or `--vintage`, answers."""

_YEAR = re.compile(r"(?<!\d)(19[4-9]\d|20\d\d)(?!\d)")


def years_in(text: str | None) -> set[str]:
    """Return the years a text names.

    >>> sorted(years_in("ZRR au 1er juillet 2017 (COG 2021)"))
    ['2017', '2021']
    """
    return set(_YEAR.findall(text or ""))


def said_year(texts: Iterable[str | None]) -> str | None:
    """Return the year the first of some texts that names any names, when it names one only."""
    for text in texts:
        years = years_in(text)
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def year_of_columns(table: Table) -> str | None:
    """Return the only year the names of the columns name (« pmun_2024 »); None when there are several."""
    years = {year for name in table.columns for year in years_in(name.replace("_", " "))}
    return years.pop() if len(years) == 1 else None


def settle(
    findings: Findings, declared: int | None, said: str | None, what: str, codes: Iterable[str | None] = ()
) -> str:
    """Return the vintage to load under.

    Parameters
    ----------
    declared
        Year the user declares; it wins, with a warning, over another year the file says.
    said
        Year the file says.
    what
        French subject of the sentence: « ses périmètres », « son zonage ».
    codes
        Codes of communes of a whole list, read only when nobody says its year: the warning says the years
        they are of.
    """
    if declared is not None:
        if said is not None and said != str(declared):
            message = f"Le fichier dit {said} pour {what} : chargé comme {declared}, le millésime déclaré."
            findings.warning("contradicted_vintage", message, value=said, expected=str(declared))
        return str(declared)
    if said is not None:
        return said
    message = f"Le fichier ne dit pas l’année de {what} : « millésime non déclaré »."
    listed = {code.strip().zfill(5) for code in codes if code}
    if listed:
        message += f" {load_history().diagnose(listed).sentence}"
    fix = "Le déclarer avec --vintage ANNÉE ; aucun chiffre ne s’en sert avant."
    findings.warning(UNDECLARED, message, fix=fix)
    return NOT_DECLARED
