"""Mappings as small YAML files that a person reads over and completes."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from graphmodel import Fault, InputFaultsError
from loaders.mapping.model import TO_SAY, UNREAD, FileMapping, SheetMapping
from loaders.template.model import SHEETS, Sheet, words_of
from loaders.workbook.known import fold
from loaders.workbook.layouts import sheet_named
from loaders.workbook.trouble import one_of, suggestion

SUFFIX = ".correspondance.yaml"
_LARGEST = 1_000_000

_HEAD = """\
# Correspondance entre {file} et le modèle de maillage.
#
# 1. Vérifier, pour chaque feuille, ce que devient chaque colonne ; « {unread} » la laisse de côté.
# 2. Compléter les « {to_say} » ; une feuille à ne pas lire s’enlève.
# 3. Écrire « relue: oui ».
# 4. Relancer : maillage load {quoted}
#
# Elle sera retenue pour les prochains envois du même émetteur.
"""


def mapping_text(mapping: FileMapping, file: str = "ce fichier") -> str:
    """Return a mapping as YAML, with what to do with it above."""
    content: dict[str, Any] = {
        "relue": "oui" if mapping.reviewed else "non",
        "émetteur": mapping.sender,
        "données fictives": "oui" if mapping.fictional else "non",
        "empreinte": mapping.fingerprint,
        "feuilles": [_sheet_content(sheet) for sheet in mapping.sheets],
    }
    body = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
    quoted = f'"{file}"' if " " in file else file
    return _HEAD.format(file=file, quoted=quoted, unread=UNREAD, to_say=TO_SAY) + "".join(_noted(body))


def _noted(body: str) -> Iterator[str]:
    """Yield the lines of a mapping, the words of the template noted where some are to be chosen."""
    sheet: Sheet | None = None
    part = ""
    for line in body.splitlines(keepends=True):
        key, _, value = line.strip().partition(":")
        if key == "devient":
            sheet = sheet_named(value.strip())
        if line.startswith("  ") and not line.startswith("    "):
            part = key
        kinds = {column.header: column.kind for column in sheet.columns} if sheet is not None else {}
        asked = value.strip() in {"valeurs": ("",), "constantes": (f"'{TO_SAY}'",)}.get(part, ())
        words = words_of(kinds.get(key, "")) if asked and line.startswith("    ") else None
        yield f"{line.rstrip()}  # au choix : {', '.join(words.values())}\n" if words else line


def _sheet_content(sheet: SheetMapping) -> dict[str, Any]:
    said: dict[str, Any] = {"feuille": sheet.source} if sheet.source else {}
    said |= {"devient": sheet.becomes, "colonnes": dict(sheet.columns)}
    if sheet.constants:
        said["constantes"] = dict(sheet.constants)
    if sheet.values:
        said["valeurs"] = {header: dict(words) for header, words in sheet.values.items()}
    return said


def write_mapping(path: Path, mapping: FileMapping, file: str = "ce fichier") -> None:
    """Write a mapping, in the place of the one that stands there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(mapping_text(mapping, file), encoding="utf-8")


def read_mapping(path: Path) -> FileMapping:
    """Return the mapping of a file.

    Raises
    ------
    InputFaultsError
        Not YAML, or an unknown sheet or heading of the template; every fault at once.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise _refused(path, "Ce fichier est trop grand pour une correspondance.")
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark is not None else None
        raise _refused(path, "Cette correspondance n’est pas du YAML lisible.", row) from error
    if not isinstance(content, dict) or not isinstance(content.get("feuilles"), list):
        raise _refused(path, "Cette correspondance ne dit pas ses feuilles.")
    faults = [fault for sheet in content["feuilles"] for fault in _sheet_faults(path, sheet)]
    if faults:
        raise InputFaultsError(faults)
    return FileMapping(
        str(content.get("émetteur") or TO_SAY),
        [_sheet_of(sheet) for sheet in content["feuilles"]],
        _yes(content.get("relue")),
        _yes(content.get("données fictives")),
        str(content.get("empreinte") or ""),
    )


def _sheet_of(said: Mapping[str, Any]) -> SheetMapping:
    sheet = sheet_named(str(said["devient"]))
    values = {str(header): _texts(words) for header, words in (said.get("valeurs") or {}).items()}
    return SheetMapping(
        str(said["feuille"]) if said.get("feuille") else None,
        sheet.name if sheet is not None else "",
        _texts(said["colonnes"]),
        _texts(said.get("constantes")),
        values,
    )


def _sheet_faults(path: Path, said: object) -> Iterator[Fault]:
    """Yield what is wrong with one sheet of a mapping."""
    if not isinstance(said, dict) or not isinstance(said.get("colonnes"), dict):
        yield _fault(path, "Une feuille dit ce qu’elle devient (devient) et ses colonnes (colonnes).")
        return
    sheet = sheet_named(str(said.get("devient")))
    if sheet is None:
        word = str(said.get("devient"))
        near = suggestion(fold(word), SHEETS, [fold(name) for name in SHEETS])
        yield _fault(path, "Le modèle n’a pas cette feuille.", word, one_of(SHEETS), near)
        return
    headers = [column.header for column in sheet.columns]
    known = {fold(header) for header in headers}
    targets = list(said["colonnes"].values())
    for part in ("constantes", "valeurs"):
        if isinstance(said.get(part), dict):
            targets.extend(said[part])
    for target in targets:
        word = str(target)
        if word not in (UNREAD, "None", "") and fold(word) not in known:
            near = suggestion(fold(word), headers, [fold(header) for header in headers])
            message = f"La feuille « {sheet.name} » n’a pas cette colonne."
            yield _fault(path, message, word, one_of(headers), near)


def _texts(said: object) -> dict[str, str]:
    if not isinstance(said, dict):
        return {}
    return {str(word): "" if value is None else _text(value) for word, value in said.items()}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)


def _yes(said: object) -> bool:
    return said is True or (isinstance(said, str) and fold(said) in ("oui", "o", "vrai", "x"))


def _fault(
    path: Path, message: str, value: str | None = None, expected: str | None = None, fix: str | None = None,
    row: int | None = None,
) -> Fault:  # fmt: skip
    return Fault("error", "wrong_mapping", message, path.name, None, row, None, value, expected, fix)


def _refused(path: Path, message: str, row: int | None = None) -> InputFaultsError:
    return InputFaultsError([_fault(path, message, row=row)])
