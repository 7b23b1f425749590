"""Pairs of organisations that look the same and that nobody has decided on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from graphmodel.aliases import LABEL
from graphmodel.attestations import Record, said_in
from graphmodel.batch import Batch
from graphmodel.decisions import match_decisions
from graphmodel.faults import Fault
from graphmodel.plan import Plan
from graphmodel.stores import Store
from loaders.matching.similarity import THRESHOLD, Named, Weights, compare, weights_of

_NAMES = ("name", "preamble_name", "signature_name")
_TEXTS = ("acronym", "siren", "siret", "rna")
_COMMON = 25
"""A word or an acronym that more organisations than this share brings no pair by itself."""
_LOOSE = ("word", "start", "acronym")
_PREFIX = 4
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two organisations that may be one.

    Attributes
    ----------
    first, second
        The two; the first, named by more documents, is the one to keep.
    score
        From 0.8 to 1; 1 is an identifier they share.
    reason
        Why, in French.
    """

    first: Named
    second: Named
    score: float
    reason: str


def to_decide(store: Store, contract: str | None = None) -> list[Candidate]:
    """Return the pairs of a store that wait for a decision, the surest first."""
    records = store.read_all(LABEL)
    every = [n for record in records if (n := _named(record)) and contract in (None, n.contract)]
    return find_candidates(every, _decided(store))


def proposed_by(store: Store, plan: Plan) -> list[Candidate]:
    """Return the pairs that a plan would bring: one of the two at least is new."""
    change = plan.tables.get(LABEL)
    new = {r.key for r in change.written if r.key not in change.before} if change else set()
    if change is None or not new:
        return []
    records = {record.key: record for record in store.read_all(LABEL)}
    records |= {record.key: record for record in change.written}
    for key in change.removed:
        records.pop(key, None)
    every = [named for record in records.values() if (named := _named(record))]
    return find_candidates(every, _decided(store), new)


def proposal_warning(found: Sequence[Candidate], file: str | None = None) -> Fault:
    """Return the warning that tells the pairs a load brings, the surest of them named."""
    shown = [f"« {c.first.names[0]} » et « {c.second.names[0]} » ({c.reason})" for c in found[:_SHOWN]]
    if len(found) > _SHOWN:
        shown.append(f"et {len(found) - _SHOWN} de plus")
    one = len(found) == 1
    return Fault(
        "warning",
        "possible_match",
        f"{'Une organisation nouvelle ressemble' if one else 'Des organisations nouvelles ressemblent'} "
        f"à une autre : {' ; '.join(shown)}.",
        file,
        fix="Rien n’est réuni sans décision : maillage matches.",
    )


def proposal_warnings(found: Sequence[Candidate], batches: Sequence[Batch]) -> list[Fault]:
    """Return one warning for each file that brings an organisation of a pair."""
    warnings = []
    left = list(found)
    for batch in batches:
        keys = {row.key for row in batch.rows.get(LABEL, ())}
        mine = [c for c in left if c.first.key in keys or c.second.key in keys]
        left = [c for c in left if c not in mine]
        if mine:
            warnings.append(proposal_warning(mine, batch.source.name))
    return warnings


def find_candidates(
    organisations: Iterable[Named],
    decided: Collection[frozenset[str]] = (),
    focus: Collection[str] | None = None,
) -> list[Candidate]:
    """Return the pairs that look the same, the surest first.

    Parameters
    ----------
    organisations
        Those to compare, of any contracts; two of different contracts are never one.
    decided
        Pairs of keys to leave out.
    focus
        Keys of which one at least must be in a pair; None for no such limit.
    """
    by_contract: dict[str, list[Named]] = defaultdict(list)
    for named in sorted(organisations, key=lambda n: n.key):
        by_contract[named.contract].append(named)
    found: list[Candidate] = []
    for group in by_contract.values():
        weights = weights_of(group)
        for one, other in _pairs(group, focus):
            pair = frozenset((one.key, other.key))
            said = None if pair in decided else _compared(one, other, weights)
            if said is not None:
                found.append(said)
    return sorted(found, key=lambda c: (-c.score, c.first.key, c.second.key))


def _compared(one: Named, other: Named, weights: Weights) -> Candidate | None:
    said = compare(one, other, weights)
    if said is None or said[0] < THRESHOLD:
        return None
    first, second = sorted((one, other), key=lambda n: (-n.sources, not n.siren, n.key))
    return Candidate(first, second, round(said[0], 2), said[1])


def _pairs(group: Sequence[Named], focus: Collection[str] | None) -> Iterator[tuple[Named, Named]]:
    """Yield the pairs that share an identifier, an acronym, a rare word or the start of one."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, named in enumerate(group):
        for mark in _marks(named):
            blocks[mark].append(at)
    pairs: set[tuple[int, int]] = set()
    for (kind, text), members in blocks.items():
        if kind == "initials" or (kind in _LOOSE and len(members) > _COMMON):
            continue
        pairs.update((a, b) for n, a in enumerate(members) for b in members[n + 1 :])
        if kind == "acronym":
            long = blocks.get(("initials", text), [])
            pairs.update((min(a, b), max(a, b)) for a in members for b in long[:_COMMON] if a != b)
    for a, b in sorted(pairs):
        if focus is None or group[a].key in focus or group[b].key in focus:
            yield group[a], group[b]


def _marks(named: Named) -> set[tuple[str, str]]:
    marks = {(name, value) for name in ("siren", "siret", "rna") if (value := getattr(named, name))}
    marks |= {("acronym", text) for text in named.acronyms}
    for form in named.forms:
        marks |= {("initials", text) for text in form.initials}
        marks.add(("whole", " ".join(sorted(form.words))))
        marks |= {("word", word) for word in form.words}
        marks |= {("start", word[:_PREFIX]) for word in form.words if len(word) > _PREFIX}
    return marks


def _named(record: Record) -> Named | None:
    """Return an organisation as it is compared; None for a natural person, whose name was replaced."""
    said = record.values
    if said.get("natural_person"):
        return None
    names = [str(said[name]) for name in _NAMES if said.get(name)]
    variants = said.get("variants")
    names += [str(text) for text in variants] if isinstance(variants, list) else []
    names += [str(told["name"]) for a in record.attestations if (told := said_in(a, record)).get("name")]
    texts = {
        name: str(said[name]) if said.get(name) else None for name in ("acronym", "siren", "siret", "rna")
    }
    return Named(
        record.key,
        str(said["id"]),
        str(said.get("contract")),
        tuple(dict.fromkeys(names)),
        **texts,
        sources=record.source_count,
    )


def _decided(store: Store) -> set[frozenset[str]]:
    return {decision.pair for decision in match_decisions(store)}
