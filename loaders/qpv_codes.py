"""What the files of quarters share: the forms of their codes, and the communes they name."""

import re
from collections.abc import Mapping

from geodata.names import AmbiguousNameError, UnknownNameError, reference_gazetteer
from graphmodel.french import number
from loaders.commune_codes import Where, departements
from loaders.findings import Findings

CODES = ("code_qp", "code_qpv", "code_quartier", "codeqp")
NAMES = ("lib_qp", "nom_qp", "nom_qpv", "nom_quartier", "quartier_prioritaire", "libelle", "nom")
COMMUNE_CODES = ("insee_com", "code_insee", "codgeo", "insee", "code_commune", "depcom")
COMMUNE_NAMES = ("commune_qp", "noms_des_communes_concernees", "lib_com", "nom_com", "commune")
"""Folded names of the columns, the surest first."""

_GENERATIONS = (
    (re.compile(r"QP(?:\d{3}|02[AB])\d{3}"), "2015"),
    (re.compile(r"QN(?:\d{3}|02[AB])\d{2}[MIN]"), "2024"),
)
"""Forms of the codes, and the year of the perimeters they number."""
CODE_EXPECTED = "QP et six chiffres (2015), ou QN, cinq chiffres et M, I ou N (2024)"


def is_quarter_table(columns: Mapping[str, object]) -> bool:
    """Tell whether a header has a column of codes of quarters."""
    return any(name in columns for name in CODES)


def generation(findings: Findings, text: str | None, row: int, column: str | None) -> tuple[str, str] | None:
    """Return a code and the vintage its form says; None, with a fault, when it is no code of a quarter."""
    code = (text or "").strip().upper()
    for form, vintage in _GENERATIONS:
        if form.fullmatch(code):
            return code, vintage
    message = "Cette valeur n’est pas un code de quartier prioritaire."
    findings.error("invalid_code", message, row, column, code, CODE_EXPECTED)
    return None


def departement_of(code: str) -> str:
    """Return the département a quarter's code starts with.

    >>> departement_of("QP069001"), departement_of("QN00103M"), departement_of("QP971001")
    ('69', '01', '971')
    """
    return code[2:5].removeprefix("0")


def in_reference(code: str) -> bool:
    """Tell whether a quarter is in the départements of the reference, by its code."""
    return departement_of(code) in departements()


def communes_named(findings: Findings, text: str | None, departement: str, where: Where) -> list[str]:
    """Return the present communes that a cell names, with commas between; what does not resolve is said."""
    found: list[str] = []
    for name in (part.strip() for part in (text or "").split(",")):
        if not name:
            continue
        try:
            match = reference_gazetteer().resolve(name, level="commune", departement=departement)
            found.append(match.territory.code)
        except (UnknownNameError, AmbiguousNameError):
            message = f"Aucune commune du département {departement}, ou plusieurs, ne répond à ce nom."
            findings.warning("unresolved_name", message, where.row, where.column, name,
                             "le nom d’une commune du département")  # fmt: skip
    return list(dict.fromkeys(found))


def outside_sentence(count: int) -> str:
    """Return, in French, how many quarters lie in départements that the reference does not have."""
    plural = "" if count == 1 else "s"
    where = (
        "d’autres départements que ceux de la référence" if count > 1 else "d’un département hors référence"
    )
    return f"{number(count)} quartier{plural} {where} : laissé{plural} de côté."
