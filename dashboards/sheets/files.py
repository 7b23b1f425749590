"""A sheet from a store to a file."""

from pathlib import Path
from typing import Final

from dashboards.sheets.content import Desk
from dashboards.sheets.typeset import sheet_pdf
from dashboards.sheets.web import sheet_html
from graphmodel import UsageError

FORMATS: Final = (".pdf", ".html")


def check_format(out: Path) -> str:
    """Return the extension of a path, before anything is computed.

    Raises
    ------
    UsageError
        When it is no known format.
    """
    suffix = out.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(f"« {out.suffix or out.name} » n’est pas un format de fiche : {', '.join(FORMATS)}.")
    return suffix


def write_sheet(desk: Desk, query: str, *paths: Path) -> tuple[Path, ...]:
    """Write the sheet of a territory, made once, to one or more files; the extension of each is its format.

    Raises
    ------
    UsageError
        An extension of no known format; a name that is unknown or fits several territories.
    """
    forms = [check_format(path) for path in paths]
    sheet = desk.sheet(query)
    for path, form in zip(paths, forms, strict=True):
        content = sheet_pdf(sheet) if form == ".pdf" else sheet_html(sheet).encode("utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return paths
