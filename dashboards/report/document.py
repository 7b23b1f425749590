"""The whole report, from a store to its parts, and its file."""

import shlex
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from dashboards import words
from dashboards.prints.furniture import contract_words
from dashboards.report.annex_part import annex_part
from dashboards.report.answer_part import answer_part
from dashboards.report.blocks import Report
from dashboards.report.contract_parts import contract_part, logic_part
from dashboards.report.data_part import data_part
from dashboards.report.material import Material
from dashboards.report.outline import numbered
from dashboards.report.question_parts import question_part
from graphmodel import ContractGraph, Store, UsageError
from graphmodel.evaluation import Evaluation

WRITERS: Final = (".docx", ".pdf")
"""Formats of a report by their extension."""


def check_format(out: Path) -> None:
    """Refuse a file of no known format.

    Raises
    ------
    UsageError
        The extension is none of a report's.
    """
    if out.suffix.lower() not in WRITERS:
        raise UsageError(
            f"« {out.suffix or out.name} » n’est pas un format de rapport : {', '.join(WRITERS)}."
        )


def write_report(
    store: Store, graph: ContractGraph, evaluation: Evaluation, out: Path, frozen: str | None = None
) -> Path:
    """Write the report of a contract as a Word document or a tagged PDF, by the extension of the path.

    Parameters
    ----------
    store, graph
        The store and its snapshot with one contract.
    evaluation
        Evaluation of the whole catalogue; its mode is that of the report.
    out
        File to write.
    frozen
        Name of the frozen version that is read; None reads the store as it is.

    Raises
    ------
    UsageError
        An extension of no known format.
    """
    check_format(out)
    made = report_of(store, graph, evaluation, out.name, frozen)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(_writer(out)(made))
    return out


def _writer(out: Path) -> Callable[[Report], bytes]:
    if out.suffix.lower() == ".docx":
        from dashboards.report.word import report_docx

        return report_docx
    from dashboards.report.typeset import report_pdf

    return report_pdf


def report_of(
    store: Store, graph: ContractGraph, evaluation: Evaluation, name: str, frozen: str | None = None
) -> Report:
    """Return the report, its headings and captions numbered; `name` is the file it will be written to."""
    material = Material(store, graph, evaluation, frozen)
    command = command_of(material, name)
    parts = (
        contract_part(material), logic_part(material), data_part(material),
        *(question_part(material, question) for question in (1, 2, 3, 4)),
        answer_part(material), annex_part(material, command),
    )  # fmt: skip
    title = contract_words(graph) or "Contrat"
    return numbered(
        Report(
            title=title, subtitle=str(graph.contract.get("title") or "Évaluation du contrat"),
            facts=_facts(material), opening=_opening(material), parts=parts, fictional=graph.fictional,
            mode=material.mode, running=f"Évaluation du {title[:1].lower()}{title[1:]}", foot=_foot(material),
            command=command, dated=material.dated, keywords=("évaluation", "économie sociale et solidaire"),
        )
    )  # fmt: skip


def command_of(material: Material, name: str) -> str:
    """Return the command that makes the report again."""
    parts = ["maillage export report", "--out", shlex.quote(name)]
    if material.mode == "working":
        parts += ["--mode", "working"]
    if material.frozen_name:
        parts += ["--at", shlex.quote(material.frozen_name)]
    return " ".join(parts)


def tool_version() -> str:
    """Return the version of the program."""
    try:
        return version("maillage")
    except PackageNotFoundError:
        return "non installée"


def _foot(material: Material) -> str:
    frozen = f", figée « {material.frozen_name} »" if material.frozen_name else ""
    return (
        f"Maillage {tool_version()} · base version {words.number(material.graph.version.number)}{frozen}, "
        f"du {words.day(material.dated)}"
    )


def _facts(material: Material) -> tuple[tuple[str, str], ...]:
    number = words.number(material.graph.version.number)
    frozen = f"« {material.frozen_name} »" if material.frozen_name else "non figée"
    mode = "document de travail" if material.mode == "working" else "publication"
    return (
        ("Contrat", str(material.graph.contract.get("id") or words.UNKNOWN)),
        ("Années", material.span),
        ("Version de la base", f"{number}, {frozen}"),
        ("Données au", words.day(material.dated)),
        ("Mode", mode),
        ("Outil", f"Maillage {tool_version()}"),
    )


def _opening(material: Material) -> tuple[str, ...]:
    said = [
        "Ce rapport est écrit à partir de la base de l’évaluation et de rien d’autre. Chaque chiffre dit "
        "sur quoi il "
        "repose : n, intervalle et méthode, et conclut par l’un de trois mots : **établi**, **orienté**, "
        "**non "
        "établi**. Une valeur inconnue dit pourquoi ; elle ne vaut jamais zéro.",
        "Sous vingt unités, une proportion s’écrit « 3 sur 10 » : un pourcentage y ferait croire à une "
        "précision qui "
        "n’existe pas.",
    ]
    if material.mode == "working":
        said.append("**Document de travail** : les valeurs que couvre le secret statistique sont montrées.")
    if material.graph.fictional:
        said.append(
            "**Données fictives** : les bilans, les quartiers et les zones de cette base sont inventés. "
            "Aucune phrase de "
            "ce rapport ne dit quoi que ce soit du contrat réel."
        )
    return tuple(said)
