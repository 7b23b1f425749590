"""A small report that holds every kind of block, for the tests of the writers."""

import io
from datetime import date

from PIL import Image

from dashboards.report.blocks import (
    Box,
    Bullets,
    Cell,
    Column,
    Heading,
    Paragraph,
    Part,
    Picture,
    Report,
    Row,
    Table,
)

HOSTILE = "<b>*«é»*</b> & $x$ #let _y_ [1] `z` = \\ @a"
"""Text that a markup language would read as its own."""


def svg() -> bytes:
    """Return a picture with a word in it."""
    return (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="166mm" height="60mm" viewBox="0 0 166 60">'
        b'<rect x="4" y="4" width="80" height="40" fill="#0b5563"/>'
        b'<text x="90" y="30" font-family="Source Sans 3" font-size="4">Lyon</text></svg>'
    )


def png() -> bytes:
    """Return the same picture as dots."""
    stream = io.BytesIO()
    Image.new("RGB", (166, 60), "#0b5563").save(stream, "PNG")
    return stream.getvalue()


def table(rows: int = 3, *, wide: bool = False) -> Table:
    """Return a table with heads in two lines, a section, a total and a note."""
    columns = (
        Column("Financeur", "l", 2),
        Column("Prévu", "r", 0, "2014"),
        Column("Payé", "r", 0, "2014"),
        Column("Taux", "r"),
    )
    lines = [Row((Cell("Année 2014"), Cell(""), Cell(""), Cell("")), "section")]
    lines += [
        Row((Cell(f"Financeur {n}"), Cell("1 000"), Cell("900"), Cell("90 %", "a"))) for n in range(rows)
    ]
    lines += [Row((Cell("Ensemble"), Cell("3 000"), Cell("2 700"), Cell("90 %")), "total")]
    return Table("Montants par financeur", columns, tuple(lines), ("Payé rapporté au prévu.",),
                 "Source : convention.", wide)  # fmt: skip


def report(*, fictional: bool = True) -> Report:
    """Return the report, not numbered yet."""
    picture = Picture(
        "Carte", "Périmètres des signataires", "Carte de deux périmètres.", 166.0, 60.0, svg, png
    )
    first = Part(
        1,
        "Le contrat",
        "Ce que dit la convention",
        (
            Heading("Qui signe"),
            Paragraph(f"Deux parties signent, **sans réserve** : {HOSTILE}"),
            table(),
            Box("definition", "Définition : payé", "Somme versée dans l’année civile."),
            Box("limit", "Ce qu’on ne peut pas dire", "Que le contrat a produit ces évolutions."),
            Heading("Où", 2),
            picture,
            Heading("Précisions", 3),
            Bullets(("Une première chose.", "Une **seconde**.")),
        ),
    )
    second = Part(
        2, "Les annexes", "Définitions", (Heading("Tableau large"), table(30, wide=True), Paragraph("Fin."),
        Paragraph("maillage export report --out rapport.pdf", mono=True)),
    )  # fmt: skip
    return Report(
        "Contrat de démonstration 2014-2016", "Évaluation", (("Base", "version 3"),), ("À lire ainsi.",),
        (first, second), fictional, "publication", "Évaluation du contrat", "Maillage 0 · base version 3",
        "maillage export report --out rapport.pdf", date(2016, 12, 31),
    )  # fmt: skip
