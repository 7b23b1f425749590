"""`source`: the document, sheet, row or quote that each value of a row comes from."""

from collections import Counter
from typing import Any

from dashboards import words
from dashboards.cli.deciding import statement_json
from dashboards.cli.layout import aligned, described, moment, place_of
from dashboards.cli.session import SESSION, print_json
from graphmodel import SCHEMA, Store, UsageError
from graphmodel.codec import to_json
from graphmodel.element import Element
from graphmodel.finding import element_line, find_element, matching_elements
from graphmodel.indicators import EvaluationContext, indicator, indicators
from graphmodel.provenance import Documents, Provenance, Statement, provenance
from graphmodel.wording import french_property, french_value
from loaders.template.model import SHEETS

_INDICATOR = "indicator"
_LONGEST = 400


def show_source(key: str, *, as_json: bool) -> None:
    """Print where an element, an ambiguity or an indicator comes from.

    Raises
    ------
    UsageError
        Nothing has that name, or several elements do.
    """
    head, _, rest = key.partition(":")
    with SESSION.open() as store:
        if head.casefold() in (_INDICATOR, "indicateur"):
            _show_indicator(store, rest.strip().upper(), as_json=as_json)
            return
        if key.strip().upper() in indicators():
            _show_bare(store, key.strip().upper(), as_json=as_json)
            return
        element = find_element(store, key, SESSION.contract)
        known = provenance(store, element.table, element.key)
    if as_json:
        print_json("source", _json(known))
    else:
        print("\n".join(_lines(known)))


def _show_bare(store: Store, name: str, *, as_json: bool) -> None:
    """Print an indicator named without its label, when nothing else bears its name."""
    others = matching_elements(store, name, SESSION.contract)
    if others:
        lines = [f"- {_INDICATOR}:{name} : {indicator(name).label}", *map(element_line, others)]
        raise UsageError("\n".join([f"Plusieurs éléments répondent à « {name} » : précisez.", *lines]))
    _show_indicator(store, name, as_json=as_json)


def column_of(statement: Statement, table: str, name: str) -> str | None:
    """Return the heading under which a workbook of the template says a property, None elsewhere."""
    if statement.place.column is not None or statement.place.sheet not in SHEETS:
        return statement.place.column
    sheet = SHEETS[statement.place.sheet]
    for column in sheet.columns:
        mine = column.owner == table and column.property == name
        base = sheet.record == table and column.target[:1] == (name,)
        if mine or base:
            return column.header
    return None


def _json(known: Provenance) -> dict[str, Any]:
    element = known.element
    names = sorted({name for said in known.statements for name in said.values} | known.values.keys())
    return {
        "label": element.table, "key": element.key, "id": element.id, "name": element.name,
        "values": {name: _value_json(known, name) for name in names},
        "sources": [statement_json(said) for said in known.statements],
    }  # fmt: skip


def _value_json(known: Provenance, name: str) -> dict[str, Any]:
    return {
        "value": to_json({name: known.values.get(name)})[name],
        "conflict": name in known.conflicts,
        "said": [
            {
                "source": at,
                "value": to_json({name: said.values[name]})[name],
                "column": column_of(said, known.element.table, name),
            }
            for at, said in enumerate(known.statements)
            if name in said.values
        ],
    }


def _lines(known: Provenance) -> list[str]:
    element = known.element
    lines = [
        _title(element),
        f"Clé : {element.key}",
        "",
        "Sources",
    ]
    for number, said in enumerate(known.statements, 1):
        lines += _statement_lines(number, said)
    lines += ["", "Valeurs"]
    return [*lines, *aligned(_value_rows(known), "  ", _LONGEST), *_notes(known)]


def _title(element: Element) -> str:
    french = SCHEMA.tables[element.table].french
    if not SCHEMA.is_node(element.table):
        return f"{french} : {element.name}"
    return f"{french} {element.handle.partition(':')[2]} : {element.name}"


def _statement_lines(number: int, said: Statement) -> list[str]:
    if said.correction is not None:
        made = said.correction
        return [f"  [{number}] correction de {made.author}, le {moment(made.on)} : {made.why}"]
    place = place_of(said.place)
    lines = [f"  [{number}] {described(said.document)}", f"      {place}" if place else ""]
    if said.place.quote:
        lines.append(f"      « {said.place.quote} »")
    if said.named is not None:
        lines.append(f"      sous le nom de {said.named} (rapprochement décidé)")
    if said.document.sha256:
        lines.append(f"      SHA-256 {said.document.sha256}")
    return [line for line in lines if line]


def _value_rows(known: Provenance) -> list[list[str]]:
    table = known.element.table
    names = dict.fromkeys([*SCHEMA.columns(table), *known.values])
    rows = []
    for name in names:
        marks = [
            f"[{number}]" + (f" {column}" if (column := column_of(said, table, name)) else "")
            for number, said in enumerate(known.statements, 1)
            if said.values.get(name) is not None or (said.correction and name in said.values)
        ]
        if marks:
            disputed = name in known.conflicts
            value = french_value(table, name, known.values.get(name))
            shown = "deux sources se contredisent" if disputed else value
            rows.append([french_property(table, name), ", ".join(marks), shown])
    return rows


def _notes(known: Provenance) -> list[str]:
    table = known.element.table
    lines = []
    for name in known.conflicts:
        told = " ; ".join(
            f"« {french_value(table, name, said.values[name])} » [{number}]"
            for number, said in enumerate(known.statements, 1)
            if said.values.get(name) is not None
        )
        lines.append(
            f"Désaccord sur {french_property(table, name)} : {told}. À trancher : maillage conflicts."
        )
    return ["", *lines] if lines else []


def _show_indicator(store: Store, name: str, *, as_json: bool) -> None:
    """Print the card of an indicator, and the documents whose rows it rests on in this store."""
    card = indicator(name)
    with SESSION.step("Calcul de l’indicateur"):
        values = card.compute(EvaluationContext(store.snapshot(SESSION.selection())))
    tables = sorted({table for value in values for table in value.sources if table in SCHEMA.tables})
    rests = {table: _documents(store, table) for table in tables}
    if as_json:
        print_json("source", _indicator_json(name, rests))
        return
    lines = [
        f"{card.id} {card.label}", f"Question {card.question} ; effets : {card.effect}", "",
        f"Calcul : {card.formula}", f"Lecture : {card.reading}", f"Réserve : {card.caveat}",
        f"Fiches : {card.source}", "", "Repose, dans cette base, sur",
    ]  # fmt: skip
    rows = [
        [SCHEMA.tables[table].french, *_counted(document, count)]
        for table, found in rests.items()
        for document, count in found
    ]
    print("\n".join([*lines, *(aligned(rows, "  ") or ["  aucune ligne"])]))


def _counted(document: dict[str, Any], count: int) -> list[str]:
    fictional = " (fictif)" if document["fictional"] else ""
    return [f"{document['file']}{fictional}", words.counted(count, "ligne")]


def _documents(store: Store, table: str) -> list[tuple[dict[str, Any], int]]:
    """Return the documents that attest the rows of a table, with the number of rows of each."""
    documents = Documents(store.history())
    counts = Counter(
        (a.source, a.load)
        for record in store.read_all(table)
        for a in record.attestations
        if not a.correction
    )
    found = []
    for (source, load), count in sorted(counts.items()):
        document = documents.find(source, load)
        said = {
            "source": document.id, "file": document.name, "sha256": document.sha256 or None,
            "kind": document.kind or None, "fictional": document.fictional, "load": load,
        }  # fmt: skip
        found.append((said, count))
    return found


def _indicator_json(name: str, rests: dict[str, list[tuple[dict[str, Any], int]]]) -> dict[str, Any]:
    card = indicator(name)
    return {
        "label": _INDICATOR, "key": card.id, "id": card.id, "name": card.label,
        "question": card.question, "effects": list(card.effects), "formula": card.formula,
        "reading": card.reading, "caveat": card.caveat, "sheets": card.source,
        "rests_on": {
            table: [{**document, "rows": count} for document, count in found]
            for table, found in rests.items()
        },
    }  # fmt: skip
