"""Part 3: which data came in, what is missing, and how much of it is fictional."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from dashboards import words
from dashboards.pages.data.completeness import Due, reports_due
from dashboards.report.blocks import (
    Block,
    Box,
    Cell,
    Column,
    Heading,
    Paragraph,
    Part,
    Row,
    Table,
    plain_rows,
)
from dashboards.report.material import Material
from graphmodel.answers.headlines import headlines
from graphmodel.schema import SCHEMA
from graphmodel.stores.loads import LOAD, standing

_MOST_MISSING: Final = 24
_ENOUGH, _FEW = 0.8, 0.6


def data_part(material: Material) -> Part:
    """Return part 3: reports received (G02), measures filled (G03), documents loaded."""
    due = reports_due(material.graph)
    received = sum(one.received_on is not None for one in due)
    lead = (
        f"{words.number(received)} bilans reçus sur {words.number(len(due))} attendus"
        if due
        else "aucun bilan attendu n’est connu"
    )
    blocks = (*_reports(due), *_measures(material), *_documents(material))
    return Part(3, "Données reçues et complétude", lead, blocks)


def _reports(due: tuple[Due, ...]) -> Iterator[Block]:
    yield Heading("Les bilans annuels (G02)")
    if not due:
        yield Paragraph(
            "Aucun bilan n’est attendu dans cette base : tout ce qui dépend des bilans est non calculable."
        )
        return
    years = sorted({one.year for one in due})
    rows = [(str(year), *_counts([one for one in due if one.year == year])) for year in years]
    rows.append(("Ensemble", *_counts(due)))
    lowest = min(years, key=lambda year: _share([one for one in due if one.year == year]))
    share = _share([one for one in due if one.year == lowest])
    yield Paragraph(
        f"L’année la moins couverte est {lowest} : **{words.percent(share)}** des bilans attendus sont "
        f"reçus. {_consequence(share)}"
    )
    columns = (
        Column("Année", "l", 2), Column("Attendus", "r", 1), Column("Reçus", "r", 1),
        Column("À temps", "r", 1), Column("En retard", "r", 1), Column("Non reçus", "r", 1),
        Column("Part reçue", "r", 1),
    )  # fmt: skip
    yield Table(
        "Bilans attendus et reçus, par année",
        columns,
        plain_rows(rows, total=True),
        ("« À temps » : reçu au plus tard le jour dû ; un bilan sans date due est compté à temps.",),
        "Source : échéancier des bilans et dates de réception.",
    )
    yield Box(
        "definition",
        "Définition : couverture des bilans",
        "Bilans reçus sur bilans attendus, par année. Sous **60 %**, les indicateurs qui en dépendent "
        "ne sont "
        "pas calculés ; sous **80 %**, rien n’est dit établi.",
    )
    yield Box(
        "limit",
        "Ce qu’on ne peut pas dire",
        "Qu’un opérateur sans bilan n’a rien fait. Une absence de bilan est une inconnue, jamais un zéro.",
    )
    yield from _missing(due)


def _counts(due: list[Due] | tuple[Due, ...]) -> tuple[str, ...]:
    received = [one for one in due if one.received_on is not None]
    late = sum(one.due_on is not None and one.received_on > one.due_on for one in received)  # type: ignore[operator]
    return (
        words.number(len(due)),
        words.number(len(received)),
        words.number(len(received) - late),
        words.number(late),
        words.number(len(due) - len(received)),
        words.percent(_share(due)),
    )


def _share(due: list[Due] | tuple[Due, ...]) -> float:
    return sum(one.received_on is not None for one in due) / len(due)


def _consequence(share: float) -> str:
    if share < _FEW:
        return "Moins de 60 % : les indicateurs qui en dépendent ne sont pas calculés."
    if share < _ENOUGH:
        return "Moins de 80 % : aucune conclusion de cette année ne peut être dite établie."
    return "Plus de 80 % : la couverture ne s’oppose pas à une conclusion."


def _missing(due: tuple[Due, ...]) -> Iterator[Block]:
    late = [one for one in due if one.received_on is None]
    if not late:
        yield Paragraph("Tous les bilans attendus sont reçus.")
        return
    rows = [
        (str(one.year), one.about or "action non dite", one.operator or words.UNKNOWN,
         words.day(one.due_on) if one.due_on else "date non dite")
        for one in late[:_MOST_MISSING]
    ]  # fmt: skip
    rest = len(late) - _MOST_MISSING
    notes = (
        (f"Et {words.counted(rest, 'autre')} : maillage reminders en donne la liste entière.",)
        if rest > 0
        else ()
    )
    columns = (Column("Année", "l"), Column("Action", "l", 2), Column("Opérateur", "l", 4),
               Column("Attendu le", "l", 2))  # fmt: skip
    yield Table(
        "Bilans attendus et non reçus", columns, plain_rows(rows), notes, "Source : échéancier des bilans."
    )


def _measures(material: Material) -> Iterator[Block]:
    yield Heading("Les mesures que portent les bilans (G03)")
    frame = material.graph.nodes("Measure")
    if frame.empty:
        yield Paragraph("Aucune mesure n’est chargée.")
        return
    years = sorted({int(year) for year in frame["year"].dropna()})
    statuses = list(SCHEMA.enumerations["measure_status"].french)
    rows = []
    for year in years:
        own = Counter(str(status) for status in frame.loc[frame["year"] == year, "status"])
        asked = own["reported"] + own["missing"]
        rows.append((str(year), *(words.number(own[status]) for status in statuses),
                     words.percent(own["reported"] / asked) if asked else words.NOT_COMPUTABLE))  # fmt: skip
    columns = (
        Column("Année", "l", 2),
        *(Column(SCHEMA.french("measure_status", status).capitalize(), "r", 1) for status in statuses),
        Column("Part renseignée", "r", 1),
    )
    yield Table(
        "Mesures des bilans selon leur statut, par année", columns, plain_rows(rows),
        ("« Sans objet » est une réponse : elle n’entre pas dans la part "
         "renseignée.",), "Source : bilans reçus.",
    )  # fmt: skip
    told = {(one.indicator, one.measure): one for one in headlines()}
    if ("G03", "completeness") in told:
        found = [v for v in material.values.of("G03") if v.measure == "completeness" and v.value is not None]
        if not found:
            yield Paragraph("G03 n’a pas de valeur dans cette version de la base.")


def _documents(material: Material) -> Iterator[Block]:
    yield Heading("Les documents chargés")
    rows = []
    for load in standing(material.history):
        for source in load.sources if load.action == LOAD else ():
            digest = str(source.get("sha256") or "")
            rows.append(
                Row((
                    Cell(words.number(load.number)),
                    Cell(str(source.get("name") or source.get("id"))),
                    Cell(words.number(int(source.get("rows") or 0))),
                    Cell("oui" if source.get("fictional") else "non"),
                    Cell(load.author or "non déclaré"),
                    Cell(f"{digest[:12]}…" if digest else "—"),
                ))
            )  # fmt: skip
    if not rows:
        yield Paragraph("Aucun document n’est chargé.")
        return
    columns = (Column("Version", "r"), Column("Document", "l", 5), Column("Lignes", "r"),
               Column("Fictif", "l"), Column("Chargé par", "l", 3), Column("SHA-256", "l"))  # fmt: skip
    fictional = (
        " Les documents dits fictifs ne parlent pas du contrat réel." if material.graph.fictional else ""
    )
    yield Table("Documents dont la base est faite", columns, tuple(rows),
                (f"SHA-256 : les douze premiers caractères de l’empreinte du fichier.{fictional}",),
                "Source : historique de la base.")  # fmt: skip
