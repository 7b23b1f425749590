"""Files that change under a correction, or contradict another: told at the load, so that somebody looks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from graphmodel.attestations import Attestation, Record, said_in
from graphmodel.batch import Row, Source
from graphmodel.element import element_of
from graphmodel.faults import Fault
from graphmodel.wording import french_number, french_property, french_value

_TOLD = 20
_COUNTED: Mapping[str, str] = {
    "conflict": "Toutes : maillage conflicts.",
    "changed_under_correction": "Toutes : maillage history --corrections.",
}


def corrected_properties(record: Record) -> Iterator[tuple[Attestation, str]]:
    """Yield the corrections of a record, each with the property it overrides."""
    for attestation in record.attestations:
        if attestation.correction is not None:
            yield from ((attestation, name) for name in attestation.said or ())


def outdated(record: Record, made: Attestation, name: str) -> bool:
    """Tell whether a document says, since a property was corrected, another value than then.

    A document that has come to say the corrected value calls for no review.
    """
    over = made.correction.over if made.correction else None
    decided = (made.said or {}).get(name)
    if over is None:
        return False
    said = ((a.source, said_in(a, record).get(name)) for a in record.attestations if a.correction is None)
    return any(value not in (decided, over.get(source, {}).get(name)) for source, value in said)


def change_warnings(table: str, row: Row, before: Record, source: Source) -> Iterator[Fault]:
    """Yield a warning for each corrected property of which a file now says something else than it did."""
    told = [
        said_in(a, before)
        for a in before.attestations
        if a.source == source.id and a.correction is None and a.origin == row.origin
    ]
    for made, name in corrected_properties(before):
        value, was = row.values.get(name), told[0].get(name) if told else None
        if not told or value == was or made.correction is None:
            continue
        shown = {key: french_value(table, name, found) for key, found in (("was", was), ("now", value))}
        element = element_of(table, before.key, before.values)
        yield Fault(
            "warning",
            "changed_under_correction",
            f"« {french_property(table, name)} » de {element.handle} a été corrigé par "
            f"{made.correction.author} ; le fichier disait « {shown['was']} » et dit maintenant "
            f"« {shown['now']} ». La correction tient.",
            source.name,
            row.place.sheet,
            row.place.row,
            row.place.column or french_property(table, name),
            fix=f"Relire la correction. Pour la retirer : maillage correct {element.handle} {name} "
            "--withdraw.",
        )


def conflict_warnings(table: str, row: Row, change: tuple[Record, Record], source: Source) -> Iterator[Fault]:
    """Yield a warning for each property that a file makes unknown: it says another value than a file before.

    `change` holds the record before and after the row.
    """
    before, after = change
    for name in sorted(set(after.conflicts) - set(before.conflicts)):
        others = {
            french_value(table, name, said[name])
            for a in before.attestations
            if a.source != source.id and (said := said_in(a, before)).get(name) is not None
        }
        element = element_of(table, before.key, before.values)
        consequence = "" if name == "name" else " : la valeur est inconnue jusqu’à décision"
        yield Fault(
            "warning",
            "conflict",
            f"« {french_property(table, name)} » de {element.handle} : un autre fichier dit "
            f"{' ou '.join(f'« {text} »' for text in sorted(others))}{consequence}.",
            source.name,
            row.place.sheet,
            row.place.row,
            row.place.column or french_property(table, name),
            french_value(table, name, row.values.get(name)),
            fix="Décider : maillage conflicts.",
        )


def condensed(warnings: Iterable[Fault]) -> list[Fault]:
    """Return warnings; those of one kind on one column of one file are told twenty times, then counted.

    A file that contradicts another on a whole column would hide everything else.
    """
    kept: list[Fault] = []
    counts: Counter[tuple[str, str | None, str | None]] = Counter()
    for warning in warnings:
        kind = warning.code, warning.file, warning.column
        counts[kind] += 1
        if counts[kind] <= _TOLD or warning.code not in _COUNTED:
            kept.append(warning)
    for (code, file, column), count in counts.items():
        if code in _COUNTED and count > _TOLD:
            more = count - _TOLD
            said = f"{french_number(more)} valeur{'s' if more > 1 else ''}"
            text = f"{said} de plus de « {column} » dans le même cas."
            kept.append(Fault("warning", code, text, file, fix=_COUNTED[code]))
    return kept
