"""The first sheet, « Lisez-moi »: which file this is, what its sheets are, how to fill them."""

import datetime
from typing import Any

from loaders.template.content import Content, Mark
from loaders.template.looks import Looks, runs
from loaders.template.model import README_SHEET, SHEETS, VERSION

README_FIELDS = {
    "id": ("Identifiant du fichier", "Un second fichier de même identifiant remplace le premier."),
    "contract": ("Contrat", "Identifiant du contrat, comme le donne « maillage status »."),
    "author": ("Auteur", "Qui dit ce que contient ce fichier."),
    "known_on": ("Connu le", "Date à laquelle c’est dit (jj/mm/aaaa)."),
    "fictional": ("Données fictives", "oui : tout ce que dit ce fichier sera marqué « données fictives »."),
    "version": ("Version du modèle", "Ne pas changer."),
    "note": ("Note", "Texte libre."),
    "copy": (
        "Copie de la base",
        "Ne pas changer. oui : ce qui reste tel quel n’est pas une source de plus.",
    ),
}
"""Lines of the first sheet, by field of `Identity`: label and what to put."""

_LEGEND: dict[Mark, str] = {
    "to_fill": "à remplir",
    "carried": "repris de l’année précédente : à confirmer, à corriger, ou ligne à supprimer",
}

_ADVICE = (
    "Une case vide veut dire « inconnu » ; 0 veut dire zéro.",
    "Les titres de colonne foncés sont obligatoires ; chaque titre porte un commentaire et un exemple.",
    "Une liste dans une case s’écrit avec des points-virgules : emploi ; insertion.",
    "Remplissez d’abord « Organisations » : les autres feuilles y renvoient par identifiant ou nom exact.",
    "Laissez vides les feuilles que vous ne savez pas remplir : elles ne changent rien.",
    "Ne renommez ni les feuilles ni les titres de colonne ; des colonnes de plus sont sans effet.",
    "Avant d’envoyer : « maillage load FICHIER --preview » dit toutes les fautes et ce qui changerait.",
)


def write_readme(book: Any, looks: Looks, content: Content) -> None:
    """Write the first sheet of a workbook.

    Parameters
    ----------
    book
        Workbook being written.
    looks
        Its formats.
    content
        Identity of the file, and what is said of it.
    """
    page = book.add_worksheet(README_SHEET)
    for at, width in enumerate((28, 62, 66)):
        page.set_column(at, at, width)
    page.set_row(0, 26)
    page.write_string(0, 0, content.title, looks.title)
    for row, (field, (label, help_text)) in enumerate(README_FIELDS.items(), 2):
        page.write_string(row, 0, label, looks.label)
        _identity_cell(page, looks, row, field, getattr(content.identity, field))
        page.write_string(row, 2, help_text, looks.help)
    row = _advice(page, looks, content, len(README_FIELDS) + 3)
    page.write_string(row, 0, "Feuilles", looks.section)
    page.write_string(row, 1, "Ce que dit une ligne", looks.section)
    for offset, sheet in enumerate(SHEETS.values(), 1):
        page.write_url(row + offset, 0, f"internal:'{sheet.name}'!A1", string=sheet.name)
        page.write_string(row + offset, 1, sheet.sentence, looks.plain)
        count = len(content.rows.get(sheet.name, ()))
        if count:
            plural = "s" if count > 1 else ""
            page.write_string(row + offset, 2, f"{count} ligne{plural} déjà remplie{plural}", looks.help)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _identity_cell(page: Any, looks: Looks, row: int, field: str, value: object) -> None:
    if field in ("fictional", "copy"):
        page.write_string(row, 1, "oui" if value else "non", looks.plain)
        page.data_validation(row, 1, row, 1, {"validate": "list", "source": ["oui", "non"]})
    elif field == "version":
        page.write_string(row, 1, VERSION, looks.plain)
    elif isinstance(value, datetime.date):
        page.write_datetime(row, 1, datetime.datetime(value.year, value.month, value.day), looks.date)
    elif value:
        page.write_string(row, 1, str(value), looks.inert if runs(str(value)) else looks.plain)


def _advice(page: Any, looks: Looks, content: Content, row: int) -> int:
    """Write how to fill the workbook from a row on; return the row after."""
    page.write_string(row, 0, "Comment remplir", looks.section)
    for mark in dict.fromkeys(content.marks.values()):
        row += 1
        page.write_string(row, 0, "cases de cette couleur", looks.swatch(mark))
        page.write_string(row, 1, _LEGEND[mark], looks.plain)
    for line in (*content.advice, *_ADVICE):
        row += 1
        page.write_string(row, 1, line, looks.plain)
    return row + 2
