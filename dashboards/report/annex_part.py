"""Part 9: definitions, vintages, secrecy, the log of decisions, what was added, how to make it again."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from dashboards import words
from dashboards.cli.layout import moment
from dashboards.cli.loads import told
from dashboards.pages.data.history import ACTIONS
from dashboards.prints.ground import CREDIT, PROJECTION
from dashboards.report.added import added_blocks
from dashboards.report.blocks import (
    Block,
    Box,
    Column,
    Heading,
    Paragraph,
    Part,
    Table,
    plain_rows,
)
from dashboards.report.material import Material
from graphmodel.decisions import journal
from graphmodel.decisions.journal import KINDS, STATES, JournalEntry
from graphmodel.frames import records_of
from graphmodel.indicators.registry import Indicator, indicators
from graphmodel.secrecy import DOMINANCE_PERCENT, FEWEST, STATUS_FRENCH, Status
from graphmodel.stores.loads import BASKET, standing
from graphmodel.wording import french_property, french_value

_LEVELS: Final = {"high": "haute", "medium": "moyenne", "low": "basse"}
_STATUSES: Final[tuple[Status, ...]] = ("A", "B", "D")
QUESTIONS: Final = {1: "Question 1", 2: "Question 2", 3: "Question 3", 4: "Question 4"}


def annex_part(material: Material, command: str) -> Part:
    """Return part 9; `command` makes the report again."""
    blocks = (
        *_definitions(),
        *_vintages(material),
        *_secrecy(material),
        *_ambiguities(material),
        *_journal(material),
        *_writes(material),
        *added_blocks(material),
        *_again(material, command),
    )
    lead = (
        "Définitions, millésimes, secret, journal des corrections et des décisions, vues et preuves ajoutées"
    )
    return Part(9, "Annexes", lead, blocks)


def _definitions() -> Iterator[Block]:
    yield Heading("Définitions : les fiches des indicateurs")
    for question, title in QUESTIONS.items():
        yield Heading(title, 3)
        for card in indicators().values():
            if card.question == question:
                yield Paragraph(_card(card), small=True)


def _card(card: Indicator) -> str:
    said = "aucune" if card.neutral is None else "la valeur de l’année de référence"
    if isinstance(card.neutral, int | float):
        said = words.number(float(card.neutral))
    return (
        f"**{card.id}, {card.label}** ({card.effect}). {_sentence(card.formula)} **Lecture** : "
        f"{_sentence(card.reading)} **Précautions** : {_sentence(card.caveat)} **Valeur neutre** : {said}. "
        f"**Sources** : {_sentence(card.source)}"
    )


def _sentence(text: str) -> str:
    told = " ".join(text.split()).replace("`", "")
    return told if told.endswith((".", "!", "?")) else f"{told}."


def _vintages(material: Material) -> Iterator[Block]:
    yield Heading("Millésimes et fonds")
    territories = material.graph.nodes("Territory")
    counts = Counter(
        (str(level), str(vintage), bool(fictional))
        for level, vintage, fictional in zip(
            territories["level"], territories["vintage"], territories["fictional"], strict=True
        )
    )
    rows = [
        (
            words.LEVELS[level][1] if level in words.LEVELS else level.replace("_", " "),
            vintage,
            words.number(count),
            "oui" if fictional else "non",
        )
        for (level, vintage, fictional), count in sorted(counts.items())
    ]
    rows += [
        (
            str(row["name"]),
            str(row.get("vintage") or "non déclaré"),
            "liste",
            "oui" if row.get("fictional") else "non",
        )
        for row in records_of(material.graph.nodes("Zoning"))
    ]
    if rows:
        columns = (
            Column("Territoires et zonages", "l", 4),
            Column("Millésime", "l", 2),
            Column("Nombre", "r", 1),
            Column("Fictif", "l", 1),
        )
        yield Table(
            "Territoires et zonages de la base, par millésime",
            columns,
            plain_rows(rows),
            source="Source : base de l’évaluation.",
        )
    yield Paragraph(
        f"{CREDIT}. Projection {PROJECTION}. La population et les contours sont ceux du référentiel ; les "
        "périmètres du "
        "contrat sont ceux du 1er janvier 2014 où ils sont connus, sinon dits inconnus."
    )


def _secrecy(material: Material) -> Iterator[Block]:
    yield Heading("Secret statistique")
    hidden = Counter(
        (v.indicator, v.secrecy) for v in material.evaluation.values if v.secrecy not in (None, "V")
    )
    yield Paragraph(
        f"Une valeur repose sur au moins {FEWEST['enterprise']} unités ({FEWEST['household_tax']} quand "
        "elle vient de "
        f"données fiscales de ménages) et aucune n’en fait plus de {DOMINANCE_PERCENT} %. Les valeurs qui en "
        "révéleraient une autre par soustraction sont tues aussi."
    )
    if material.mode == "working":
        yield Paragraph(
            "**Document de travail : les valeurs couvertes par le secret sont montrées.** Il ne se "
            "diffuse pas."
        )
    names = sorted({name for name, _ in hidden})
    if names:
        rows = [
            (name, indicators()[name].label, *(words.number(hidden[name, status]) for status in _STATUSES))
            for name in names
        ]
        columns = (
            Column("Fiche", "l"),
            Column("Indicateur", "l", 4),
            *(Column(s, "r", 0, "Valeurs couvertes") for s in _STATUSES),
        )
        notes = tuple(f"{status} : {STATUS_FRENCH[status]}." for status in _STATUSES)
        yield Table(
            "Valeurs couvertes par le secret, par indicateur",
            columns,
            plain_rows(rows),
            notes,
            "Source : passage au secret de toutes les valeurs du catalogue.",
        )
    else:
        yield Paragraph("Aucune valeur de cette version n’est couverte par le secret.")


def _ambiguities(material: Material) -> Iterator[Block]:
    rows = records_of(material.graph.nodes("Ambiguity"))
    yield Heading("Ambiguïtés du texte et règles retenues")
    if not rows:
        yield Paragraph("Aucune ambiguïté n’est relevée : la convention n’est pas chargée.")
        return
    told_rows = [
        (
            str(row["id"]),
            _LEVELS.get(str(row.get("severity")), "—"),
            str(row.get("finding") or ""),
            str(row.get("rule") or ""),
            str(row.get("decided_by") or "non tranchée"),
        )
        for row in sorted(rows, key=lambda row: str(row["id"]))
    ]
    columns = (
        Column("N°", "l"),
        Column("Gravité", "l"),
        Column("Constat", "l", 5),
        Column("Règle retenue", "l", 5),
        Column("Par", "l", 2),
    )
    yield Table(
        "Incohérences relevées dans la convention",
        columns,
        plain_rows(told_rows),
        source="Source : convention, lue ligne à ligne.",
    )


def _journal(material: Material) -> Iterator[Block]:
    yield Heading("Journal des corrections et des décisions")
    entries = journal(material.store)
    if not entries:
        yield Paragraph("Aucune correction, aucun désaccord tranché, aucun rapprochement dans cette version.")
        return
    silent = material.mode == "publication"
    rows = [
        (
            words.number(entry.load),
            KINDS[entry.kind],
            entry.name or entry.id,
            _decided(entry, silent=silent),
            entry.author,
            words.day(_day(entry.on)),
            entry.why,
            STATES[entry.state],
        )
        for entry in entries
    ]
    columns = (
        Column("V.", "r"),
        Column("Sorte", "l", 2),
        Column("Sur", "l", 3),
        Column("Décidé", "l", 3),
        Column("Par", "l", 2),
        Column("Le", "l", 2),
        Column("Pourquoi", "l", 4),
        Column("État", "l", 2),
    )
    notes = (
        ("Les valeurs corrigées sont tues en publication : elles précèdent le secret statistique.",)
        if silent
        else ()
    )
    yield Table(
        "Corrections et décisions, dans leur ordre",
        columns,
        plain_rows(rows),
        notes,
        "Source : journal de la base.",
    )


def _decided(entry: JournalEntry, *, silent: bool) -> str:
    if entry.kind == "match":
        return "même organisation" if entry.value == "same" else "organisations distinctes"
    name = french_property(entry.table, entry.property)
    return name if silent else f"{name} : {french_value(entry.table, entry.property, entry.value)}"


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _writes(material: Material) -> Iterator[Block]:
    yield Heading("Versions de la base")
    stands = {load.number for load in standing(material.history)}
    rows = [
        (
            words.number(load.number),
            moment(load.at),
            load.author or "non déclaré",
            ACTIONS.get(load.action, load.action),
            told(load),
            "oui" if load.number in stands else "non",
        )
        for load in material.history
        if load.action != BASKET
    ]
    columns = (
        Column("Version", "r"),
        Column("Quand", "l", 2),
        Column("Par", "l", 2),
        Column("Quoi", "l", 2),
        Column("Détail", "l", 5),
        Column("En vigueur", "l"),
    )
    if rows:
        yield Table(
            "Écritures de la base", columns, plain_rows(rows), source="Source : historique de la base."
        )
    else:
        yield Paragraph("Rien n’est écrit dans cette base.")


def _again(material: Material, command: str) -> Iterator[Block]:
    yield Heading("Refaire ce rapport")
    name = material.frozen_name
    kept = (
        f"Ce rapport est fait de la version {words.number(material.graph.version.number)} de la base, "
        "figée sous le "
        f"nom « {name} »"
        if name
        else f"Ce rapport est fait de la version {words.number(material.graph.version.number)} de la base, "
        "qui n’est pas "
        "figée (maillage freeze NOM la garderait entière)"
    )
    yield Paragraph(
        f"{kept}. La même version et les mêmes options donnent le même fichier, octet pour octet :"
    )
    yield Paragraph(command, mono=True)
    yield Box(
        "definition",
        "Empreinte du contenu",
        f"{material.store.digest()[:32]}… : elle ne dépend que "
        "des lignes de "
        "la base, quelle que soit la base qui les garde.",
    )
    yield Box(
        "limit",
        "Ce qu’on ne peut pas dire",
        "Que ce rapport vaut pour une autre version : un bilan de plus change les chiffres.",
    )
