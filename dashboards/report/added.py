"""Views and proofs that people added, drawn again from their address: never a picture of the screen."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from dashboards import view_data, words
from dashboards.map_kinds import MapOptions
from dashboards.pages.evaluation.context import PATH as EVALUATION
from dashboards.pages.evaluation.context import choice_of
from dashboards.pages.evaluation.evidence import Line, evidence_of, quote_of
from dashboards.pages.evaluation.figures import Figure
from dashboards.pages.evaluation.finding import figure_at
from dashboards.pages.evaluation.index import index_of
from dashboards.pages.territories_context import context_of as territories_context
from dashboards.provenance_view import place_words
from dashboards.report.blocks import Block, Bullets, Column, Heading, Paragraph, Table, plain_rows
from dashboards.report.material import Material
from dashboards.report.pieces import figure_block, map_block
from dashboards.sheets.cards import METHODS
from graphmodel.decisions import ReportItem, report_items
from graphmodel.indicators import IndicatorValue
from graphmodel.indicators.registry import indicator
from graphmodel.schema import SCHEMA

Settings = Mapping[str, str]
_MOST_LINES: Final = 12
_MOST_UNITS: Final = 30


def added_blocks(material: Material) -> Iterator[Block]:
    """Yield everything that was added, in the order people gave it."""
    items = report_items(material.graph)
    yield Heading("Vues et preuves ajoutées")
    if not items:
        yield Paragraph(
            "Aucune vue n’est ajoutée. Dans le tableau de bord : « Exporter », « Ajouter au rapport »."
        )
        return
    for item in items:
        yield Heading(item.title, 3)
        yield Paragraph(_signed(item), small=True)
        if item.comment:
            yield Paragraph(item.comment)
        yield from _drawn(material, item)


def _signed(item: ReportItem) -> str:
    day = words.day(date.fromisoformat(item.added_on) if item.added_on else None)
    who = item.added_by or "un auteur non déclaré"
    return f"Ajouté par {who} le {day} ; vue {item.address}"


def _drawn(material: Material, item: ReportItem) -> Iterator[Block]:
    parts = urlsplit(item.address)
    settings = dict(parse_qsl(parts.query))
    path = parts.path.rstrip("/") or "/"
    draw = _PAGES.get(path)
    if path == EVALUATION and "preuve" in settings:
        draw = _proof
    if draw is None:
        yield Paragraph(
            "Cette vue ne se redessine pas dans un rapport ; son adresse la rouvre dans le tableau de bord."
        )
        return
    yield from draw(material, settings)


def _proof(material: Material, settings: Settings) -> Iterator[Block]:
    """Yield a value with its verdict, what else was computed, and the road to its rows."""
    index = index_of(material.evaluation)
    figure = figure_at(index, settings["preuve"], choice_of(index.years, settings))
    if figure is None:
        yield Paragraph("Aucune valeur de ce nom dans cette version de la base.")
        return
    value, card = figure.value, indicator(figure.value.indicator)
    hidden = value.secrecy not in (None, "V") and material.mode == "publication"
    yield Paragraph(
        f"{card.id}, {card.label}. {figure.title}{f', {figure.about}' if figure.about else ''} : "
        f"**{figure.missing or figure.number}** {figure.under}".rstrip()
        + f". {_verdict(figure)}"
    )
    rows = _facts(value)
    yield Table(
        f"Ce qui entoure la valeur de {card.id}",
        (Column("Rubrique", "l", 2), Column("Ce qui est dit", "l", 5)),
        plain_rows(rows),
        source="Source : preuve de la valeur, version de la base du rapport.",
    )
    yield Paragraph(f"Calcul : {card.formula}")
    if hidden:
        yield Paragraph("Les lignes dont vient cette valeur sont tues : secret statistique.")
        return
    yield from _road(material, value)


def _verdict(figure: Figure) -> str:
    degree = f"**{figure.degree}**" if figure.degree else "aucune conclusion n’en est tirée"
    note = f" : {figure.note}" if figure.note else ""
    said = f"Conclusion : {degree}{note}"
    return said.rstrip(".") + "."


def _facts(value: IndicatorValue) -> list[tuple[str, str]]:
    bounds = value.interval
    interval = "aucun : valeur de recensement ou sans variance connue"
    if bounds is not None:
        low, high = words.number(bounds.low, 3), words.number(bounds.high, 3)
        interval = f"[{low} ; {high}], méthode {METHODS[bounds.method]}, à 95 %"
    baselines = {"measured": "mesurée", "rebuilt": "reconstituée", "none": "aucune"}
    runs = " ; ".join(f"{run.run} : {words.number(run.value, 3)}" for run in value.sensitivity)
    return [
        ("Nom de la valeur", value.name),
        ("n", "sans objet" if value.n is None else words.number(value.n)),
        ("Intervalle", interval),
        ("Référence T0", baselines[value.baseline]),
        ("Couverture des bilans", "sans objet" if value.coverage is None else words.percent(value.coverage)),
        ("Millésime des territoires", value.vintage or "sans objet"),
        ("Analyses de sensibilité", runs or "aucune"),
    ]


def _road(material: Material, value: IndicatorValue) -> Iterator[Block]:
    """Yield the road from the value to the rows of the files it rests on."""
    found = evidence_of(material.store, material.graph, value, captions=material.mode == "working")
    counts = words.listed(
        f"{words.number(count)} {SCHEMA.tables[table].french}" for table, count in found.counts
    )
    yield Paragraph(f"La valeur repose sur : {counts or 'aucune ligne'}.")
    if found.lines:
        rows = [
            (SCHEMA.tables[line.table].french, line.document.name or line.document.id, _where(line))
            for line in found.lines[:_MOST_LINES]
        ]
        rest = found.total - _MOST_LINES
        notes = (
            (f"Et {words.counted(rest, 'autre')} : la preuve exportée en CSV les donne toutes.",)
            if rest > 0
            else ()
        )
        columns = (Column("Nature", "l", 2), Column("Document", "l", 3), Column("Place", "l", 4))
        yield Table("Premières lignes dont vient la valeur", columns, plain_rows(rows), notes)
    effect = value.params.get("effect") or value.effect.split(",")[0].strip()
    said = quote_of(material.store, material.graph, effect)
    if said is not None and said.place.quote:
        yield Paragraph(f"La convention dit de l’effet {effect} : {words.quoted(said.place.quote)}.")


def _where(line: Line) -> str:
    return place_words(line.place) or "place non dite"


def _territories(material: Material, settings: Settings) -> Iterator[Block]:
    """Yield a view of the territories: its map, what it says in a sentence, its table."""
    shown = territories_context(material.graph, settings, material.evaluation)
    if shown.year is None:
        yield Paragraph("Aucune année n’est connue : il n’y a rien à dessiner.")
        return
    text = "".join(f"**{part}**" if strong else part for part, strong in shown.sentence)
    yield Paragraph(f"{shown.title} {shown.about}. {text}")
    options = MapOptions(year=shown.year, level=shown.level, measure=shown.measure.id)
    yield map_block(material, "view", options)
    code = shown.selection.split("*")[0]
    rows = [row for row in shown.rows if not shown.selection or row.code in shown.selection.split("*")]
    listed = rows or list(shown.rows)
    told = [
        (
            row.full_name,
            row.where,
            row.shown if row.value is not None else row.reason or row.shown,
            "—" if row.actions is None else words.number(row.actions),
            "—" if row.population is None else words.number(row.population),
        )
        for row in listed[:_MOST_UNITS]
    ]
    if told:
        rest = len(listed) - _MOST_UNITS
        notes = (
            (f"Et {words.counted(rest, 'autre')} : le tableau de la vue les donne tous.",) if rest > 0 else ()
        )
        columns = (
            Column("Territoire", "l", 4),
            Column("Département", "l", 3),
            Column(shown.measure.column, "r"),
            Column("Actions", "r"),
            Column("Habitants", "r"),
        )
        about = f", {code}" if rows and code else ""
        yield Table(
            f"{shown.measure.name}, {shown.year}{about}",
            columns,
            plain_rows(told),
            notes,
            " ".join(shown.sources[:2]),
        )


def _overview(material: Material, settings: Settings) -> Iterator[Block]:
    """Yield the first page: map of the actions and table of the actions of the year."""
    asked = settings.get("an", "")
    year = int(asked) if asked.isdecimal() else view_data.latest_year(material.graph)
    known = year if year in material.years else view_data.latest_year(material.graph)
    yield map_block(material, "actions", MapOptions(year=known))
    rows = [
        (
            row.code,
            row.name,
            words.number(row.actors),
            "régionale" if row.region_wide else words.number(len(row.places)),
        )
        for row in (view_data.action_rows(material.graph, known) if known is not None else ())
    ]
    if rows:
        columns = (
            Column("Code", "l"),
            Column("Action", "l", 5),
            Column("Opérateurs", "r"),
            Column("Lieux", "r"),
        )
        yield Table(f"Actions de {known}", columns, plain_rows(rows), source="Source : bilans annuels.")


def _cooperation(material: Material, settings: Settings) -> Iterator[Block]:
    asked = settings.get("an", "")
    year = int(asked) if asked.isdecimal() and int(asked) in material.years else None
    yield figure_block(material, "f2", year or view_data.latest_year(material.graph))


def _contract(_material: Material, _settings: Settings) -> Iterator[Block]:
    yield Bullets(
        ("Les parties, les axes, les actions et les montants de cette page sont en parties 1 et 2.",)
    )


def _evaluation(_material: Material, settings: Settings) -> Iterator[Block]:
    question = settings.get("question", "1")
    part = int(question) + 3 if question.isdecimal() and question in "1234" else 4
    yield Bullets((f"Les indicateurs de cette page sont en partie {part}, les réponses en partie 8.",))


_PAGES: Final[Mapping[str, Callable[[Material, Settings], Iterator[Block]]]] = {
    "/territoires": _territories,
    "/": _overview,
    "/cooperation": _cooperation,
    "/contrat": _contract,
    EVALUATION: _evaluation,
}
"""What draws the view of each page again."""
