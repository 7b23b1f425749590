"""`template`: the workbook to fill, empty, with the store's content, or pre-filled for operators."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from dashboards.cli.session import SESSION
from graphmodel import ContractGraph, StoreUnavailableError, UsageError
from loaders.filling import Links, operator_content, operators, store_content
from loaders.template import Content, Identity, write_template
from loaders.workbook import Known
from loaders.workbook.known import known_of_graph


@dataclass(frozen=True, slots=True)
class Request:
    """Options of `template`; see the command's help."""

    filled: bool = False
    operator: str | None = None
    year: int | None = None


def write_templates(path: Path, request: Request) -> None:
    """Write the workbook that is asked for; a folder takes one for each operator.

    Raises
    ------
    UsageError
        Options that contradict each other, a path that is no workbook, a file that exists: it may hold a
        year of somebody's answers.
    """
    folder = path.suffix.lower() != ".xlsx"
    one_year = request.operator is not None or request.year is not None
    if request.filled and one_year:
        raise UsageError("--filled écrit toute la base : il ne va ni avec --for ni avec --year.")
    if folder and (request.filled or not one_year):
        what = f"« {path} » est un dossier" if path.is_dir() else "Le classeur à remplir est un fichier .xlsx"
        raise UsageError(f"{what} ; pour un classeur par opérateur dans un dossier, ajoutez --year ANNÉE.")
    if not folder and request.year is not None and request.operator is None:
        raise UsageError("--year va avec --for OPÉRATEUR ; pour tous les opérateurs, donnez un dossier.")
    if not folder:
        _refuse_existing(path)
    if not request.filled and not one_year:
        _write_empty(path)
        return
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
    if request.filled:
        _write_copy(path, graph)
    else:
        _write_operators(path, graph, request, folder=folder)


def _write_copy(path: Path, graph: ContractGraph) -> None:
    with SESSION.step("Écriture du classeur"):
        content, left = store_content(graph)
        _write(path, content, known_of_graph(graph))
    for sentence in left.sentences():
        SESSION.say(sentence)
    rows = sum(map(len, content.rows.values()))
    print(f"Écrit : {path} ({rows} lignes sur {len(content.rows)} feuilles)")


def _write_operators(path: Path, graph: ContractGraph, request: Request, *, folder: bool) -> None:
    links = Links(graph)
    known = links.known
    year = request.year if request.year is not None else max(known.years, default=None)
    if year is None:
        raise UsageError("Le contrat ne déclare aucune année : donnez --year ANNÉE.")
    names = operators(links, year) if request.operator is None else [request.operator]
    if not names:
        raise UsageError(f"Aucun opérateur n’a pris part à une action ni ne doit de bilan {year}.")
    contents = [operator_content(links, name, year) for name in names]
    paths = [path / f"{slug(content.identity.id)}.xlsx" if folder else path for content in contents]
    for target in paths:
        _refuse_existing(target)
    for target, content in zip(paths, contents, strict=True):
        _write(target, content, known)
        print(f"Écrit : {target}")


def _write_empty(path: Path) -> None:
    """Write the empty template, with the lists of the store's contract when there is one."""
    try:
        with SESSION.open() as store:
            graph = store.snapshot(SESSION.selection())
    except StoreUnavailableError:
        graph = None
    if graph is None or len(list(graph.contracts)) != 1:
        _write(path, Content(Identity("", "")), Known())
    else:
        known = known_of_graph(graph)
        _write(path, Content(Identity("", str(known.contract["id"]))), known)
    print(f"Écrit : {path}")


def _write(path: Path, content: Content, known: Known) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    codes = [code.replace("_", ".") for code in known.identifiers("Action")]
    write_template(path, content, lists=known.lists, actions=codes)


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise UsageError(f"Le fichier « {path} » existe déjà : choisissez un autre nom, ou déplacez-le.")


def slug(text: str) -> str:
    """Return a text as a file name that every system takes.

    >>> slug("bilan-Région/É:2014")
    'bilan-Region-E-2014'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.") or "sans-nom"
