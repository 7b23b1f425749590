"""Two organisations decided to be the same, or different: written in the store, replayed at later loads.

Nothing is lost: each statement keeps the key under which its document names the organisation, so that a later
decision, or `undo`, parts what was joined.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from graphmodel.aliases import LABEL, Aliases, Kept, base_of, origin_of
from graphmodel.attestations import Attestation, Record, resolve, said_in
from graphmodel.batch import Values
from graphmodel.errors import InputFaultsError, UsageError
from graphmodel.faults import Fault
from graphmodel.schema import BASE_NODE_COLUMNS, BASE_RELATIONSHIP_COLUMNS, SCHEMA
from graphmodel.stores.base import Store
from graphmodel.stores.loads import MATCH, Load, Writes, aliases_of, no_changes, now, standing
from graphmodel.wording import french_property

Verdict = Literal["same", "different"]
_BASE = frozenset((*BASE_NODE_COLUMNS, *BASE_RELATIONSHIP_COLUMNS)) - {"name"}
_Moved = dict[str, dict[str, list[tuple[Attestation, Values]]]]
_Held = dict[str, dict[str, Record]]


@dataclass(frozen=True, slots=True)
class MatchDecision:
    """Whether two organisations are one.

    Attributes
    ----------
    first, second
        Key and identifier as the documents write them; of two that are the same the first is kept.
    verdict
        `same` or `different`.
    author, on, why
        Who decided, on which ISO day, and for which reason.
    """

    first: Kept
    second: Kept
    verdict: Verdict
    author: str
    on: str
    why: str

    @property
    def pair(self) -> frozenset[str]:
        """The two keys, in no order."""
        return frozenset((self.first.key, self.second.key))


def match_decisions(store: Store) -> list[MatchDecision]:
    """Return the decisions that stand, oldest first; the last one on a pair is the one that holds."""
    found: list[MatchDecision] = []
    for load in standing(store.history()):
        for source in load.sources if load.action == MATCH else ():
            said = source["decision"]
            first, second = Kept(*said["first"]), Kept(*said["second"])
            found.append(
                MatchDecision(first, second, said["verdict"], said["author"], said["on"], said["why"])
            )
    return found


def decide_match(
    store: Store, first: Kept, second: Kept, verdict: Verdict, *, author: str, why: str, on: str | None = None
) -> Load:
    """Write a decision; « same » joins the second organisation to the first, « different » parts them.

    Parameters
    ----------
    store
        Where to write.
    first, second
        The two organisations, by the keys their documents give them. One that no document names yet is kept
        in mind for later loads.
    verdict
        `same` or `different`.
    author, why
        Who decides, and for which reason; both are required.
    on
        ISO day of the decision, today by default.

    Raises
    ------
    UsageError
        Twice the same organisation, or an author or a reason that is missing.
    InputFaultsError
        One is related to the other, or each holds a correction of its own of one property.
    """
    if not author.strip() or not why.strip():
        raise UsageError("Une décision est signée et motivée : donnez --author et --why.")
    if first.key == second.key:
        raise UsageError("Ce sont deux fois la même organisation.")
    number = store.version().number
    history = store.history()
    decision = {
        "first": [first.key, first.id], "second": [second.key, second.id], "verdict": verdict,
        "author": author, "on": on or date.today().isoformat(), "why": why,
    }  # fmt: skip
    draft = Load(number + 1, now(), author, [{"decision": decision}], no_changes(), MATCH)
    before, after = aliases_of(history), aliases_of([*history, draft])
    writes, created = _realigned(store, before, after, {first.key, second.key})
    load = Load(draft.number, draft.at, author, [{"decision": decision, "created": created}],
                _counts(writes, created), MATCH)  # fmt: skip
    store.commit(writes, load, number)
    return load


def _realigned(
    store: Store, before: Aliases, after: Aliases, decided: set[str]
) -> tuple[Writes, dict[str, list[str]]]:
    """Return what changes when the organisations kept become others, and the keys it creates."""
    if before == after:
        return Writes({}, {}, {}), {}
    keys = decided | {a[key].key for a in (before, after) for key in decided if key in a}
    held: _Held = {LABEL: store.read(LABEL, sorted(keys))}
    uses = store.uses({LABEL: set(held[LABEL])}) if held[LABEL] else []
    for kind in sorted({use.kind for use in uses}):
        held[kind] = store.read(kind, sorted({use.key for use in uses if use.kind == kind}))
    moved = _moved(held, after)
    faults = [*_loop_faults(held, moved), *_correction_faults(moved)]
    if faults:
        raise InputFaultsError(faults)
    return _writes(held, moved)


def _moved(held: Mapping[str, Mapping[str, Record]], aliases: Aliases) -> _Moved:
    """Return every statement under the key where it belongs, its base columns made those of that key."""
    moved: _Moved = {}
    for table, records in held.items():
        groups = moved.setdefault(table, {})
        for record in records.values():
            own = {name: value for name, value in record.values.items() if name in _BASE}
            for attestation in record.attestations:
                written = {**own, **(attestation.origin or {})}
                base = base_of(table, written, record.values, aliases)
                said = said_in(attestation, record)
                statement = _at_origin(attestation, origin_of(written, base))
                values = said if attestation.correction else {**said, **base}
                groups.setdefault(str(base["key"]), []).append((statement, values))
    return moved


def _at_origin(a: Attestation, origin: Values | None) -> Attestation:
    return Attestation(a.source, a.load, a.fictional, a.place, a.said, a.correction, origin)


def _writes(held: _Held, moved: _Moved) -> tuple[Writes, dict[str, list[str]]]:
    writes = Writes({}, {}, {})
    created: dict[str, list[str]] = {}
    for table, records in held.items():
        now_there = {
            key: resolve(key, statements)
            for key, statements in moved[table].items()
            if any(a.correction is None for a, _ in statements)
        }
        written = [record for key, record in now_there.items() if not _same(record, records.get(key))]
        gone = sorted(records.keys() - now_there.keys())
        if written or gone:
            writes.records[table] = written
            writes.removed[table] = gone
            touched = [*gone, *(record.key for record in written if record.key in records)]
            writes.before[table] = {key: records[key] for key in touched}
            created[table] = [record.key for record in written if record.key not in records]
    return writes, {table: keys for table, keys in created.items() if keys}


def _same(record: Record, before: Record | None) -> bool:
    return before is not None and (record.values, record.conflicts, record.attestations) == (
        before.values, before.conflicts, before.attestations
    )  # fmt: skip


def _loop_faults(held: _Held, moved: _Moved) -> Iterator[Fault]:
    """Yield the relationships that would link an organisation to itself."""
    for kind, groups in moved.items():
        for key, statements in groups.items():
            said = statements[0][1]
            if key not in held[kind] and said.get("source") == said.get("target") is not None:
                yield Fault(
                    "error",
                    "related",
                    "Une relation lie ces deux organisations : elles ne peuvent pas être la même.",
                    value=f"{SCHEMA.relationships[kind].french} {_written(statements[0][0])}",
                    fix="Décider « different », ou retirer d’abord cette relation de son fichier.",
                )


def _written(attestation: Attestation) -> str:
    return str((attestation.origin or {}).get("key", ""))


def _correction_faults(moved: _Moved) -> Iterator[Fault]:
    """Yield the properties that both organisations correct, each to a value of its own."""
    for table, groups in moved.items():
        for statements in groups.values():
            found: dict[str, object] = {}
            for attestation, said in statements:
                for name, value in said.items() if attestation.correction else ():
                    if name in found and found[name] != value:
                        yield Fault(
                            "error",
                            "two_corrections",
                            f"« {french_property(table, name)} » est corrigé des deux côtés, autrement.",
                            value=f"{found[name]} ; {value}",
                            fix="Retirer d’abord l’une des deux corrections (maillage correct … --withdraw).",
                        )
                    found[name] = value


def _counts(writes: Writes, created: Mapping[str, list[str]]) -> dict[str, dict[str, int]]:
    counts = no_changes()
    for table, records in writes.records.items():
        group = counts["nodes" if SCHEMA.is_node(table) else "relationships"]
        group["added"] += len(created.get(table, ()))
        group["changed"] += len(records) - len(created.get(table, ()))
        group["removed"] += len(writes.removed[table])
    return counts
