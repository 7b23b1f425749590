"""Observed establishments and jobs of the ESS by territory and year, as INSEE and observatories give them.

A row is a territory; a column is a figure, its year in its name or in a column of its own. Codes of former
communes are converted to the present ones, their figures summed. A figure under secrecy is unknown, never 0.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graphmodel import Batch
from graphmodel.batch import Place
from loaders.commune_codes import CommuneCodes, Where
from loaders.declared_vintage import said_year, settle, years_in
from loaders.findings import Findings
from loaders.tables import Table, TableRow, column_word, read_sheets
from loaders.workbook.known import Known
from loaders.workbook.trouble import figures

CODES = (
    "codgeo", "code_commune", "code_insee", "insee_com", "insee", "depcom", "com", "commune", "code_geo",
    "code_territoire", "code_qp", "siren_epci", "code_epci", "epci", "code",
    "territoire",
)  # fmt: skip
"""Names of the column of codes, the most particular first."""
_NAMES = ("libgeo", "lib_commune", "nom_commune", "libelle", "nom")
_LEVEL, _YEAR = ("niveau", "level", "echelle"), ("annee", "an", "year", "exercice")
_LEVELS = {
    "commune": "commune", "communes": "commune", "com": "commune", "departement": "departement",
    "dep": "departement", "epci": "epci", "region": "region", "reg": "region", "qpv": "qpv",
    "quartier": "qpv", "syndicat_mixte": "syndicat_mixte",
}  # fmt: skip
"""Levels as files write them."""

_JOBS = frozenset(
    {"emploi", "emplois", "eff", "effectif", "effectifs", "salaries", "salarie", "postes", "poste"}
)
_ESTABLISHMENTS = frozenset({"etab", "etabs", "etablissement", "etablissements"})
_LARGEST = frozenset({"max", "maximum", "gros", "grand"})
_UNITS = {"establishments_ess": "établissements"}
_SECRET = frozenset({"s", "ss", "secret", "nd", "n_d", "n_c", "nc", "na", "n_a", "nr", "x", "c"})
"""Words, folded, of a figure that nobody may or can give."""

_MOST = 1e9
"""Figures beyond this are no count of jobs."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of figures: its name, its metric, its year (None when a column of years gives it)."""

    column: str
    metric: str
    year: int | None


@dataclass(slots=True)
class _Cell:
    """A figure of a territory, summed over the rows that make it; None once a part of it is unknown."""

    value: float | None
    row: int
    rows: list[str] = field(default_factory=list)


Found = dict[tuple[str, str, int, str], _Cell]
"""Figures by level, code, year and metric."""


def figures_of(columns: Mapping[str, int]) -> list[Figure]:
    """Return the columns of figures of a header, in order.

    >>> [(f.metric, f.year) for f in figures_of({"codgeo": 0, "emploi_ess_2014": 1, "emploi_total_2014": 2})]
    [('employment_ess', 2014), ('employment_total', 2014)]
    """
    found = ((name, _metric(name)) for name in columns)
    return [Figure(name, metric, _year_of(name)) for name, metric in found if metric is not None]


def _metric(name: str) -> str | None:
    words = set(re.findall(r"[a-z]+|\d+", name))
    if "hors" in words:
        return None
    social = "ess" in words
    if social and words & _LARGEST:
        return "largest_ess"
    if social and words & _ESTABLISHMENTS:
        return "establishments_ess"
    if social and (words & _JOBS or words <= {"ess", *re.findall(r"\d{4}", name)}):
        return "employment_ess"
    return (
        "employment_total" if not social and words & {"total", "totale", "tot", "ensemble", *_JOBS} else None
    )


def _year_of(name: str) -> int | None:
    years = years_in(re.sub(r"\D+", " ", name))
    return int(years.pop()) if len(years) == 1 else None


def is_observation_table(columns: Mapping[str, int]) -> bool:
    """Tell whether a header is that of observed jobs: a code of territory and a figure of the ESS."""
    coded = any(name in columns for name in CODES)
    return coded and any(figure.metric != "employment_total" for figure in figures_of(columns))


def read_observation(path: Path, known: Known, vintage: int | None = None) -> Batch:
    """Return the figures of a file as observations of the contract's territories.

    Parameters
    ----------
    path
        CSV, XLSX, XLS or a ZIP of them; every sheet with such a table is read.
    known
        The contract and the territories of the store.
    vintage
        Year of the codes of communes, when the user declares it.

    Raises
    ------
    InputFaultsError
        Every fault of the file.
    """
    findings = Findings.of(path, "observation")
    contract = known.contract.get("id")
    if not contract:
        message = "Aucun contrat n’est chargé : ces données n’ont pas à quoi se rattacher."
        findings.error(
            "no_contract", message, fix="Charger d’abord la convention : maillage load convention."
        )
        return findings.batch()
    findings.builder.contract = str(contract)
    tables = [table for sheet in read_sheets(path) if (table := sheet.table(is_observation_table))]
    if not tables:
        message = "Aucune feuille n’a une colonne de codes et une colonne de chiffres de l’ESS."
        findings.error("missing_column", message, expected="CODGEO, ANNEE, EMPLOI_ESS, EMPLOI_TOTAL")
    for table in tables:
        _Reader(findings, table, known).read(vintage)
    return findings.batch()


class _Reader:
    """Reads one table of figures into the batch."""

    def __init__(self, findings: Findings, table: Table, known: Known) -> None:
        self.findings, self.table, self.known = findings, table, known
        self.figures = figures_of(table.columns)
        self.code = table.first(*CODES) or ""
        self.level, self.year = table.first(*_LEVEL), table.first(*_YEAR)
        self.found: Found = {}
        self.unknown = 0

    def read(self, declared: int | None) -> None:
        """Add what the rows say; totals are compared with the part of the ESS."""
        self.findings.sheet = self.table.sheet.name
        titles = self.table.titles()
        said = said_year(
            [line for line in titles.splitlines() if re.search("cog|mill|commun|géogr", line, re.I)]
        )
        listed = [row.text(self.code) for row in self.table.rows()] if self.level is None else []
        vintage = settle(self.findings, declared, said, "ses codes de communes", listed)
        codes = CommuneCodes(self.findings, vintage)
        own = said_year([self.table.sheet.name, titles])
        for row in self.table.rows():
            self._row(row, codes, int(own) if own else None)
        codes.close()
        self._compare()
        self._add(vintage)
        self.findings.sheet = None

    def _row(self, row: TableRow, codes: CommuneCodes, own: int | None) -> None:
        if row.raw(self.code) is None:
            return
        territory = self._territory(row, codes)
        if territory is None:
            return
        told = self._told_year(row) if self.year else own
        if self.year and told is None:
            return
        for figure in self.figures:
            year = figure.year or told
            if year is None:
                message = "Aucune colonne ne dit l’année de ce chiffre."
                fix = "Ajouter une colonne ANNEE, ou l’année au nom de la colonne : EMPLOI_ESS_2014."
                self.findings.error("missing_year", message, row.number, self._written(figure), fix=fix)
                return
            self._figure(row, figure, (*territory, year, figure.metric))

    def _territory(self, row: TableRow, codes: CommuneCodes) -> tuple[str, str] | None:
        """Return level and code of a row; None for a commune elsewhere, or with a fault."""
        word = row.text(self.level) if self.level else "commune"
        level = _LEVELS.get(column_word(word or "commune"))
        text = row.text(self.code) or ""
        where = Where(row.number, self.table.written(self.code), row.text(self.table.first(*_NAMES)))
        if level == "commune":
            code = codes.read(row.raw(self.code), where)
            return None if code is None else (level, code)
        if level is None:
            message = "Ce niveau de territoire n’est pas connu."
            column, expected = self.table.written(self.level or ""), ", ".join(sorted(set(_LEVELS.values())))
            self.findings.error("unknown_level", message, row.number, column, word, expected)
        elif (level, text) not in self.known.territories:
            message = f"Aucun territoire de niveau « {word} » n’a le code « {text} »."
            self.findings.error("unknown_reference", message, row.number, where.column, text)
        else:
            return level, text
        return None

    def _told_year(self, row: TableRow) -> int | None:
        year = row.number_of(self.year)
        if year is None or not 1990 <= year <= 2100:
            message = "Cette valeur n’est pas une année."
            self.findings.error("wrong_year", message, row.number, self.table.written(self.year or ""),
                                row.text(self.year), "une année à quatre chiffres")  # fmt: skip
            return None
        return year

    def _figure(self, row: TableRow, figure: Figure, name: tuple[str, str, int, str]) -> None:
        try:
            value = figure_of(row.raw(figure.column))
        except ValueError:
            message = "Cette valeur n’est pas un nombre positif ou nul."
            text, expected = row.text(figure.column), "un nombre, ou vide si inconnu ou secret"
            self.findings.error("wrong_type", message, row.number, self._written(figure), text, expected)
            return
        self.unknown += value is None
        text = row.text(self.code) or ""
        cell = self.found.get(name)
        if cell is None:
            self.found[name] = _Cell(value, row.number, [text])
        elif text in cell.rows:
            message = f"Ce territoire a déjà un chiffre pour {name[2]}, ligne {cell.row}."
            self.findings.error("duplicate_code", message, row.number, self._written(figure), text)
        else:
            # Communes that merged: their figures are those of the commune they made.
            cell.value = _joined(cell.value, value, figure.metric)
            cell.rows.append(text)

    def _written(self, figure: Figure) -> str:
        return self.table.written(figure.column)

    def _compare(self) -> None:
        """Record the figures of the ESS above those of all."""
        for (level, code, year, metric), cell in self.found.items():
            whole = self.found.get((level, code, year, "employment_total"))
            if metric not in ("employment_ess", "largest_ess") or whole is None:
                continue
            if cell.value is not None and whole.value is not None and cell.value > whole.value:
                ess, every = figures(cell.value), figures(whole.value)
                message = f"L’emploi de l’ESS ({ess}) dépasse l’emploi total ({every}) en {year}."
                self.findings.error("ess_above_total", message, cell.row, value=code)

    def _add(self, vintage: str) -> None:
        """Add an observation for each figure, unknown ones included: searched for, and not known."""
        for (level, code, year, metric), cell in self._ordered():
            key = self.known.territories.get((level, code))
            if key is None:
                message = f"Le territoire « {code} » n’est pas dans la base."
                self.findings.error(
                    "unknown_reference", message, cell.row, self.table.written(self.code), code
                )
                continue
            unit = _UNITS.get(metric, "emplois")
            said = {"metric": metric, "year": year, "value": cell.value, "unit": unit, "vintage": vintage}
            place = Place(self.table.sheet.name, cell.row)
            builder = self.findings.builder
            ref = builder.node("Observation", f"{metric}-{year}-{level}-{code}", said, place=place)
            builder.relationship("ABOUT", ref, ("Territory", key), place=place)
        if self.unknown:
            count = f"{self.unknown:,}".replace(",", "\u202f")
            message = f"{count} chiffres vides ou secrets : inconnus, jamais comptés 0."
            self.findings.warning("unknown_figures", message)

    def _ordered(self) -> Iterator[tuple[tuple[str, str, int, str], _Cell]]:
        yield from sorted(self.found.items(), key=lambda item: item[0])


def figure_of(raw: object) -> float | None:
    """Return a figure; None for an empty cell or one under secrecy.

    Raises
    ------
    ValueError
        No number, a negative one, or one that counts nothing.

    Examples
    --------
    >>> figure_of("1 234,5"), figure_of("s"), figure_of(0)
    (1234.5, None, 0.0)
    """
    if raw is None or isinstance(raw, bool):
        return None
    text = re.sub(r"[\s\u00a0\u202f]", "", str(raw))
    if column_word(text) in _SECRET or not text:
        return None
    value = float(text.replace(",", "."))
    if not 0 <= value <= _MOST or math.isnan(value):
        raise ValueError(text)
    return value


def _joined(first: float | None, second: float | None, metric: str) -> float | None:
    """Return the figure of two communes together: a sum, or the largest of two."""
    if first is None or second is None:
        return None
    return max(first, second) if metric == "largest_ess" else first + second
