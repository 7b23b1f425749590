"""Values and names of the schema as a French reader writes them."""

import datetime

from graphmodel.schema import SCHEMA

NNBSP = "\u202f"
UNKNOWN = "non dit"
_BASE = {"name": "Nom", "id": "Identifiant", "contract": "Contrat", "key": "Clé"}


def french_property(table: str, name: str) -> str:
    """Return the French label of a property or of a base column."""
    prop = SCHEMA.tables[table].properties.get(name)
    return prop.french if prop else _BASE.get(name, name)


def french_value(table: str, name: str, value: object) -> str:
    """Return a stored value as French text: euros, dates, words of closed lists, « non dit » for None.

    Examples
    --------
    >>> french_value("Funding", "amount", 123450)
    '1\\u202f234,50\\u202f€'
    """
    prop = SCHEMA.tables[table].properties.get(name)
    if value is None:
        return UNKNOWN
    if prop is not None and prop.type == "money" and isinstance(value, int):
        return f"{french_number(value / 100, 2 if value % 100 else 0)}{NNBSP}€"
    if prop is not None and prop.enumeration and isinstance(value, str):
        return SCHEMA.enumerations[prop.enumeration].french.get(value, value)
    if prop is not None and prop.type == "year":
        return str(value)
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return french_number(value, 0)
    if isinstance(value, float):
        text = f"{value:.6f}".rstrip("0").rstrip(".")
        return french_number(value, len(text.partition(".")[2]))
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, (list, tuple)):
        return " ; ".join(map(_plain, value)) if value else "liste vide"
    return str(value)


def french_number(value: float, decimals: int = 0) -> str:
    """Return a number with narrow no-break spaces between thousands and a decimal comma."""
    text = f"{abs(value):,.{decimals}f}".replace(",", NNBSP).replace(".", ",")
    return f"\N{MINUS SIGN}{text}" if value < 0 else text
