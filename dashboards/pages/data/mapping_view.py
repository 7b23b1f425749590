"""« Colonnes et correspondances »: say once which column of a foreign file is which of the template."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards import load_preview, uploads, words
from dashboards.attributes import attributes
from dashboards.load_preview import Preview
from dashboards.pages.page import Visit
from graphmodel import UsageError
from loaders.mapping import FileMapping, SheetMapping, draft_path, read_mapping, write_mapping
from loaders.mapping.model import TO_SAY, UNREAD

SENDER_ID = "map-sender"
APPLY_ID = "map-apply"
SAID_ID = "map-said"
LOT_ID = "map-lot"
CODES = frozenset({"mapping_needed", "mapping_to_review"})

Answers = Mapping[tuple[str, int], str]
"""What was chosen: kind of question (`column`, `constant`, `value`) and its rank, from 0."""


def wanted(visit: Visit, shown: Preview) -> bool:
    """Tell whether the file of the address waits for its columns to be mapped."""
    return any(fault.code in CODES for fault in shown.faults) and _draft_of(visit) is not None


def _draft_of(visit: Visit) -> Path | None:
    if visit.desk.access is None:
        return None
    return draft_in(uploads.find(visit.desk.access.folder, visit.settings.get("lot", "")))


def draft_in(folder: Path | None) -> Path | None:
    """Return the mapping drafted beside the file of a folder; None without any."""
    if folder is None:
        return None
    draft = draft_path(load_preview.file_of(folder))
    return draft if draft.exists() else None


def questions(mapping: FileMapping) -> Iterator[tuple[str, int, SheetMapping, str, str, str]]:
    """Yield each question: kind, rank among its kind, sheet, heading, word of the file, present answer."""
    ranks = dict.fromkeys(("column", "constant", "value"), 0)

    def ranked(kind: str) -> int:
        ranks[kind] += 1
        return ranks[kind] - 1

    for sheet in mapping.sheets:
        for title, target in sheet.columns.items():
            yield "column", ranked("column"), sheet, title, "", target
        for header, value in sheet.constants.items():
            yield "constant", ranked("constant"), sheet, header, "", value
        for header, said in sheet.values.items():
            for word, value in said.items():
                yield "value", ranked("value"), sheet, header, word, value


def answered(mapping: FileMapping, sender: str, answers: Answers) -> FileMapping:
    """Return a mapping with the answers given, read over by a person.

    Raises
    ------
    UsageError
        Something is still to be said.
    """
    said: dict[int, dict[str, dict[str, dict[str, str]]]] = {}
    for kind, rank, sheet, heading, word, present in questions(mapping):
        answer = (answers.get((kind, rank)) or "").strip() or (UNREAD if kind == "column" else present)
        said.setdefault(id(sheet), {}).setdefault(kind, {}).setdefault(heading, {})[word] = answer
    sheets = []
    for sheet in mapping.sheets:
        given = said.get(id(sheet), {})
        sheets.append(
            replace(
                sheet,
                columns={title: answer[""] for title, answer in given.get("column", {}).items()},
                constants={header: answer[""] for header, answer in given.get("constant", {}).items()},
                values=given.get("value", {}),
            )
        )
    found = replace(mapping, sender=sender.strip() or TO_SAY, sheets=tuple(sheets), reviewed=True)
    left = list(found.to_say())
    if left:
        raise UsageError(f"Reste à dire : {' ; '.join(left[:6])}{' …' if len(left) > 6 else ''}.")
    return found


def keep(folder: Path, sender: str, answers: Answers) -> None:
    """Write the answers in the mapping drafted beside the file of a folder.

    Raises
    ------
    UsageError
        Something is still to be said, or the file is not there any more.
    """
    draft = draft_in(folder)
    if draft is None:
        raise UsageError("Ce fichier n’est plus là : choisissez-le à nouveau.")
    write_mapping(draft, answered(read_mapping(draft), sender, answers), load_preview.file_of(folder).name)


def body(visit: Visit, token: str, shown: Preview) -> Sequence[Component]:
    """Return the form: who sends the file, and for each sheet its columns, its constants, its words."""
    draft = _draft_of(visit)
    mapping = read_mapping(draft) if draft else FileMapping(TO_SAY, ())
    title = html.Div(
        [
            html.H1(words.typeset("Que dit chaque colonne de ce fichier ?")),
            html.P(shown.file),
        ],
        className="panel-title",
    )
    groups: dict[int, list[Component]] = {}
    heads: dict[int, SheetMapping] = {}
    for kind, rank, sheet, heading, word, present in questions(mapping):
        heads[id(sheet)] = sheet
        groups.setdefault(id(sheet), []).append(_question(kind, rank, sheet, heading, word, present))
    sheets = [_sheet(heads[key], rows) for key, rows in groups.items()]
    main = html.Section([title, html.Div(sheets, className="map-sheets")], className="data-main")
    return [main, _side(token, mapping)]


def _sheet(sheet: SheetMapping, rows: Sequence[Component]) -> Component:
    source = f"Feuille {words.quoted(sheet.source)}" if sheet.source else "Le fichier"
    head = html.Thead(html.Tr([html.Th(word, scope="col") for word in ("Dans le fichier", "Dans le modèle")]))
    heading = html.H2(f"{source} → {sheet.becomes}")
    return html.Article([heading, html.Table([head, html.Tbody(list(rows))], className="rows")])


def _question(kind: str, rank: int, sheet: SheetMapping, heading: str, word: str, present: str) -> Component:
    said: list[Component | str]
    if kind == "column":
        said = [html.Strong(heading)]
    else:
        first, second = ("pas de colonne", "pour") if kind == "constant" else (words.quoted(word), "dans")
        said = [first, html.Br(), html.Span(f"{second} {words.quoted(heading)}", className="small")]
    return html.Tr([html.Td(said), html.Td(_answer(kind, rank, sheet, heading, word, present))])


def _answer(kind: str, rank: int, sheet: SheetMapping, heading: str, word: str, present: str) -> Component:
    name = {"kind": f"map-{kind}", "rank": rank}
    label = attributes(aria_label=" ".join(("Réponse pour", word or heading)))
    if kind == "column":
        headers = [column.header for column in sheet.sheet.columns]
        options = list(dict.fromkeys((UNREAD, *headers, present)))
        return _select(id=name, data=options, value=present, searchable=True, allowDeselect=False, **label)
    empty = present == TO_SAY
    return _text(id=name, value="" if empty else present, placeholder="à dire" if empty else None, **label)


def _select(**props: Any) -> Component:
    made: Component = dmc.Select(**props)
    return made


def _text(**props: Any) -> Component:
    made: Component = dmc.TextInput(**props)
    return made


def _side(token: str, mapping: FileMapping) -> Component:
    told = (
        "Ce fichier ne suit pas le modèle. Dites une fois ce que disent ses colonnes : la réponse est "
        "gardée, par émetteur, et sert les années suivantes."
    )
    sender = dmc.TextInput(
        id=SENDER_ID,
        label=words.typeset("Qui envoie ce fichier ?"),
        value="" if mapping.sender == TO_SAY else mapping.sender,
        className="field",
    )
    button = html.Button(
        "Lire avec ces correspondances", id=APPLY_ID, type="button", className="button primary"
    )
    return html.Section(
        [
            html.H2("Colonnes et correspondances"),
            html.P(told, className="map-told"),
            html.Div(
                [
                    sender,
                    html.Div([button], className="foot-row"),
                    html.P(id=SAID_ID, className="write-said", role="status"),
                    html.A("Choisir un autre fichier", href="/donnees", className="inside"),
                ],
                className="foot",
            ),
            dcc.Store(id=LOT_ID, data=token),
        ],
        className="data-side",
    )
