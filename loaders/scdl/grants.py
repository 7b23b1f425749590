"""From a file of grants to organisations and funding.

A grant is `Funding` of kind « attribué », `ABOUT` the beneficiary: the file does not say that it is money of
the contract, and no figure of the contract counts it. `montant` is before sharing between beneficiaries: the
amount kept is `montant` × `pourcentageSubvention`, to the cent.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

from graphmodel import Batch, InputFaultsError
from graphmodel.batch import Place, Ref
from graphmodel.faults import Fault
from loaders.findings import Findings
from loaders.scdl.standard import COLUMNS, GrantColumn, is_grant_table, read_cell
from loaders.tables import Table, TableRow, column_word, read_sheets
from loaders.workbook.known import fold
from loaders.workbook.trouble import CellError, suggestion

Said = Mapping[str, object]
"""Values of a row by column of the standard."""

_PERSON = re.compile(r"(?:m|mr|mme|mlle|monsieur|madame|mademoiselle)\.? .+")
"""Folded names of natural persons."""


@dataclass(frozen=True, slots=True)
class StoredOrganisation:
    """An organisation a store holds: its key and identifier."""

    key: str
    id: str


@dataclass(slots=True)
class Grants:
    """Collects the grants of one file.

    Attributes
    ----------
    findings
        Where faults go.
    stored
        Organisations the store holds, by SIREN and by RNA.
    years
        Years of the contract; empty when nobody knows.
    """

    findings: Findings
    stored: Mapping[str, StoredOrganisation]
    years: frozenset[int]
    _made: dict[str, Ref] = field(default_factory=dict)
    _repeats: Counter[str] = field(default_factory=Counter)
    _persons: set[str] = field(default_factory=set)
    _outside: int = 0

    def add(self, said: Said, row: TableRow) -> None:
        """Add a grant: who gives, who receives, how much."""
        place = Place(sheet=self.findings.sheet, row=row.number)
        builder = self.findings.builder
        giver = self._organisation(said["nomAttribuant"], said["idAttribuant"], None, place)
        taker = self._organisation(
            said["nomBeneficiaire"], said.get("idBeneficiaire"), said.get("rnaBeneficiaire"), place
        )
        year = _year(said)
        if self.years and year not in self.years:
            self._outside += 1
        values = {
            "year": year,
            "kind": "granted",
            "amount": _cents(said),
            "wording": said.get("objet"),
            "condition": said.get("conditionsVersement"),
        }
        made = builder.node("Funding", self._identifier(said, taker), values, place=place)
        builder.relationship("FUNDS", giver, made, place=place)
        builder.relationship("ABOUT", made, taker, place=place)

    def close(self) -> None:
        """Say how many grants are outside the contract's years, and how many persons were made nameless."""
        if self._outside:
            first, last = min(self.years), max(self.years)
            message = f"{_many(self._outside, 'subvention')} hors des années du contrat ({first} à {last})."
            self.findings.note("year_outside", message)
        if self._persons:
            message = f"{_many(len(self._persons), 'personne physique')} : noms remplacés, identifiants ôtés."
            self.findings.note("natural_persons", message)

    def _organisation(self, name: object, siret: object, rna: object, place: Place) -> Ref:
        """Return the organisation of a name and identifiers: the store's by SIREN or RNA, else one added."""
        number, said = str(siret)[:9] if siret else None, str(name).strip()
        person = _PERSON.fullmatch(fold(said)) is not None
        sign = number or (str(rna) if rna else "") or f"nom:{fold(said)}"
        if sign in self._made:
            return self._made[sign]
        stored = self.stored.get(sign)
        # One that bears its number as identifier may be this file's own: it says the same again.
        if stored is not None and stored.id != sign:
            values: dict[str, object] = {"siren": number} if number else {"rna": rna}
            made = self.findings.builder.node("Organisation", stored.id, values, key=stored.key, place=place)
        elif person:
            token = hashlib.sha256(sign.encode()).hexdigest()[:8]
            self._persons.add(sign)
            made = self.findings.builder.node(
                "Organisation", f"PERSONNE-{token}", {"natural_person": True},
                name=f"Personne physique {token}", place=place,
            )  # fmt: skip
        else:
            values = {"siren": number, "siret": siret or None, "rna": rna or None}
            identifier = sign.removeprefix("nom:")
            made = self.findings.builder.node("Organisation", identifier, values, name=said, place=place)
        self._made[sign] = made
        return made

    def _identifier(self, said: Said, taker: Ref) -> str:
        """Return the identifier of a grant: what tells it from others, and a rank when nothing does."""
        parts = [said.get(name) for name in ("idSubvention", "referenceDecision", "objet")]
        parts += [said["dateConvention"], taker[1].rpartition("/")[2], _year(said)]
        token = hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:10]
        day = said["dateConvention"]
        identifier = f"SCDL-{str(said['idAttribuant'])[:9]}-{day}-{token}"
        self._repeats[identifier] += 1
        rank = self._repeats[identifier]
        return identifier if rank == 1 else f"{identifier}-{rank}"


def read_scdl(
    path: Path,
    contract: str,
    years: frozenset[int] = frozenset(),
    stored: Mapping[str, StoredOrganisation] | None = None,
) -> Batch:
    """Return the organisations and grants of a file of the standard.

    Parameters
    ----------
    path
        CSV or workbook.
    contract
        Contract the rows are loaded beside.
    years
        Its years.
    stored
        Organisations the store holds, by SIREN and by RNA.

    Raises
    ------
    InputFaultsError
        Every fault: columns the graph needs and that lack, cells that are not what the standard says.
    """
    findings = Findings.of(path, "scdl")
    findings.builder.contract = contract
    grants = Grants(findings, stored or {}, years)
    table = next((found for sheet in read_sheets(path) if (found := sheet.table(is_grant_table))), None)
    if table is None:
        message = "Ce fichier n’a pas les colonnes du schéma SCDL « subventions »."
        raise InputFaultsError([Fault("error", "not_scdl", message, path.name)])
    findings.sheet = table.sheet.name
    if check_columns(table, findings):
        for row in table.rows():
            said = _read_row(row, findings)
            if said is not None:
                grants.add(said, row)
        grants.close()
    return findings.batch()


def check_columns(table: Table, findings: Findings) -> bool:
    """Record the columns that lack and those nobody knows; tell whether the graph has those it needs."""
    number, whole = table.header + 1, True
    words = {column.word for column in COLUMNS.values()}
    extra = [table.written(word) for word in table.columns if word not in words]
    for column in COLUMNS.values():
        if column.word in table.columns or not (column.needed or column.required):
            continue
        near = suggestion(column.word, extra, [column_word(name).replace("_", "") for name in extra])
        fix = near.replace("Vouliez-vous dire", "Est-ce la colonne") if near else None
        if column.needed:
            whole = False
            findings.error("missing_column", "Cette colonne du schéma manque.", number, column.name, fix=fix)
        else:
            message = "Cette colonne du schéma manque ; rien ici n’en dépend."
            findings.warning("missing_column", message, number, column.name, fix=fix)
    for name in extra:
        findings.warning(
            "unknown_column", "Cette colonne n’est pas du schéma : elle n’est pas lue.", number, name
        )
    return whole


def _read_row(row: TableRow, findings: Findings) -> Said | None:
    """Return the values of a row; None when a cell that the graph needs, or any, is at fault."""
    said: dict[str, object] = {}
    sound = True
    for column in COLUMNS.values():
        if column.word not in row.table.columns:
            continue
        raw = row.raw(column.word)
        if raw is None:
            sound = _check_empty(column, said, row, findings) and sound
            continue
        try:
            value, warning = read_cell(column, raw)
        except CellError as error:
            sound, fault = False, error.trouble
            findings.error(fault.code, fault.message, row.number, column.name, raw, fault.expected, fault.fix)
            continue
        said[column.name] = value
        if warning is not None:
            findings.warning(warning.code, warning.message, row.number, column.name, raw, fix=warning.fix)
    return said if _check_together(said, row, findings) and sound else None


def _check_empty(column: GrantColumn, said: Said, row: TableRow, findings: Findings) -> bool:
    """Record a required cell that is empty; return False when the row cannot do without."""
    required = column.required == "yes" or (
        column.required == "other" and said.get("conditionsVersement") == "autre"
    )
    if not required:
        return True
    if column.needed:
        findings.error(
            "missing_value", "Cette valeur, que le schéma demande, manque.", row.number, column.name
        )
        return False
    findings.warning("missing_value", "Cette valeur, que le schéma demande, manque.", row.number, column.name)
    return True


def _check_together(said: Said, row: TableRow, findings: Findings) -> bool:
    """Record what is wrong with the cells of a row taken together."""
    beneficiary = (row.raw("idbeneficiaire"), row.raw("rnabeneficiaire"))
    person = _PERSON.fullmatch(fold(str(said.get("nomBeneficiaire", "")).strip())) is not None
    sound = True
    if beneficiary == (None, None) and not person:
        sound = False
        findings.error(
            "missing_value", "Ni SIRET ni RNA : le bénéficiaire n’est pas identifié.", row.number,
            "idBeneficiaire", expected="un SIRET, ou un numéro RNA dans rnaBeneficiaire",
        )  # fmt: skip
    period = said.get("datesPeriodeVersement")
    if isinstance(period, tuple) and period[1] < period[0]:
        message = "Cette période finit avant d’avoir commencé."
        raw = row.text("datesperiodeversement")
        findings.warning("wrong_period", message, row.number, "datesPeriodeVersement", raw)
    return sound


def _cents(said: Said) -> int | None:
    """Return the share of the amount that this beneficiary receives, in cents; None when it is unknown."""
    amount, share = said.get("montant"), said.get("pourcentageSubvention")
    if not isinstance(amount, Decimal) or not isinstance(share, Decimal):
        return None
    return int((amount * share * 100).quantize(Decimal(1), ROUND_HALF_EVEN))


def _year(said: Said) -> int:
    """Return the budget year of a grant, else the year of its convention."""
    year, day = said.get("exerciceBudgetaire"), said["dateConvention"]
    if isinstance(year, int):
        return year
    assert isinstance(day, date)
    return day.year


def _many(count: int, word: str) -> str:
    plural = " ".join(f"{part}s" for part in word.split()) if count > 1 else word
    return f"{count} {plural}"
