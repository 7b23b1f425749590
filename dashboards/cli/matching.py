"""`matches`: the organisations written in several ways, proposed for decision; the decisions."""

import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from dashboards import words
from dashboards.cli.deciding import SIGNED
from dashboards.cli.layout import moment, shortened
from dashboards.cli.session import SESSION, print_json
from dashboards.spreadsheet import write_table
from graphmodel import Store, UsageError
from graphmodel.aliases import LABEL, Kept
from graphmodel.decisions import MatchDecision, decide_match, match_decisions
from graphmodel.finding import find_element
from graphmodel.stores.loads import aliases_of
from graphmodel.wording import french_property
from loaders.matching import COLUMNS, Candidate, Decided, read_decisions, to_decide
from loaders.matching.decision_file import FRENCH, read_verdict
from loaders.matching.similarity import Named

_SHOWN = 50


def show_matches(out: Path | None, *, as_json: bool) -> None:
    """Print what waits for a decision, or write it with the decisions taken as a file to fill."""
    with SESSION.open() as store:
        waiting = to_decide(store, SESSION.contract)
        decided = match_decisions(store)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_table(out, COLUMNS, [*map(_decision_row, decided), *map(_candidate_row, waiting)])
        print(f"Écrit : {out}")
    elif as_json:
        content = {
            "candidates": [*map(_candidate_json, waiting)],
            "decisions": [*map(_decision_json, decided)],
        }
        print_json("matches", content)
    else:
        _print(waiting, decided)


def decide(words_said: tuple[str, str, str], author: str, why: str) -> None:
    """Write one decision: two organisations and a verdict.

    Raises
    ------
    UsageError
        An unknown organisation or verdict, or no author or reason.
    InputFaultsError
        The two cannot be one.
    """
    first, second, word = words_said
    verdict = read_verdict(word)
    if verdict is None:
        raise UsageError(f"« {word} » n’est pas une décision : same (même) ou different (différente).")
    with SESSION.open(write=True) as store:
        pair = _organisation(store, first), _organisation(store, second)
        signed = SESSION.declared_author(author)
        load = decide_match(store, *pair, verdict, author=signed, why=why)
        disputed = _disputed(store, pair)
    kept, other = (shortened(one.id) for one in pair)
    if verdict == "same":
        print(f"{other} est désormais réunie à {kept} ; les prochains fichiers suivront.")
        if disputed:
            print(f"Leurs fichiers se contredisent sur {words.listed(disputed)} : maillage conflicts.")
    else:
        print(f"{kept} et {other} sont deux organisations différentes ; la question ne sera plus posée.")
    print(f"Version {load.number} écrite ; maillage undo l’annule.")


def _disputed(store: Store, pair: tuple[Kept, Kept]) -> list[str]:
    """Return the French labels of the properties on which the files of two organisations disagree."""
    records = store.read(LABEL, [one.key for one in pair])
    return [french_property(LABEL, name) for record in records.values() for name in record.conflicts]


def replay(path: Path) -> None:
    """Write the decisions of a file that the store does not hold yet.

    Raises
    ------
    UsageError
        No such file.
    InputFaultsError
        Every fault of the file, or two organisations that cannot be one.
    """
    if not path.is_file():
        raise UsageError(f"« {path} » n’existe pas.")
    with SESSION.open(create=True) as store:
        decided = read_decisions(path, SESSION.contract or _only_contract(store))
        held = {d.pair: d.verdict for d in match_decisions(store)}
        new = [d for d in decided if held.get(frozenset((d.first.key, d.second.key))) != d.verdict]
        for one in new:
            _write(store, one)
    left = len(decided) - len(new)
    print(
        f"{words.counted(len(new), 'décision écrite', 'décisions écrites')}, "
        f"{words.counted(left, 'déjà connue', 'déjà connues')}."
    )


def _write(store: Store, one: Decided) -> None:
    decide_match(store, one.first, one.second, one.verdict, author=one.author, why=one.why, on=one.on)


def _only_contract(store: Store) -> str | None:
    found = [str(name) for name in store.columns("Contract", None).get("id", ())]
    return found[0] if len(found) == 1 else None


def _organisation(store: Store, word: str) -> Kept:
    """Return the organisation that a word names, one already joined to another included."""
    aliases = aliases_of(store.history())
    said = word.removeprefix("Organisation:")
    for key in aliases:
        if said in (key, key.rpartition("/organisation/")[2]):
            return Kept(key, key.rpartition("/organisation/")[2])
    element = find_element(store, f"Organisation:{said}", SESSION.contract)
    return Kept(element.key, element.id)


def _print(waiting: Sequence[Candidate], decided: Iterable[MatchDecision]) -> None:
    if not waiting:
        print("Aucune organisation ne semble écrite de deux façons.")
    else:
        verb = words.plural(len(waiting), "paire d’organisations attend", "paires d’organisations attendent")
        print(f"{words.number(len(waiting))} {verb} une décision ; rien n’est réuni d’ici là.")
    for candidate in waiting[:_SHOWN]:
        first, second = shlex.quote(candidate.first.id), shlex.quote(candidate.second.id)
        lines = [
            "",
            f"{words.percent(candidate.score, 0)} : {candidate.reason}",
            *(f"  {line}" for line in map(_named, (candidate.first, candidate.second))),
            f"  maillage matches --decide {first} {second} same|different {SIGNED}",
        ]
        print("\n".join(lines))
    if len(waiting) > _SHOWN:
        more = words.number(len(waiting) - _SHOWN)
        print(f"\n{more} de plus : maillage matches --out FICHIER.csv les donne toutes, à remplir.")
    for decision in decided:
        print(_told(decision))


def _named(named: Named) -> str:
    numbers = [
        f"{french} {value}"
        for french, value in (("SIREN", named.siren), ("SIRET", named.siret), ("RNA", named.rna))
        if value
    ]
    sources = words.counted(named.sources, "source")
    return f"{shortened(named.id)} : {shortened(named.names[0], 90)} ({', '.join([*numbers, sources])})"


def _told(decision: MatchDecision) -> str:
    first, second = shortened(decision.first.id), shortened(decision.second.id)
    what = f"{second} est {first}" if decision.verdict == "same" else f"{second} n’est pas {first}"
    return f"Décidé le {moment(decision.on)} par {decision.author} : {what} ({decision.why})"


def _candidate_json(candidate: Candidate) -> dict[str, Any]:
    return {
        "score": candidate.score,
        "reason": candidate.reason,
        "organisations": [
            {"key": n.key, "id": n.id, "name": n.names[0], "names": list(n.names), "siren": n.siren,
             "siret": n.siret, "rna": n.rna, "sources": n.sources}
            for n in (candidate.first, candidate.second)
        ],
    }  # fmt: skip


def _decision_json(decision: MatchDecision) -> dict[str, Any]:
    return {
        "first": {"key": decision.first.key, "id": decision.first.id},
        "second": {"key": decision.second.key, "id": decision.second.id},
        "verdict": decision.verdict, "author": decision.author, "on": decision.on, "why": decision.why,
    }  # fmt: skip


def _contract(key: str) -> str:
    return key.partition("/organisation/")[0]


def _candidate_row(candidate: Candidate) -> list[str | float | None]:
    first, second = candidate.first, candidate.second
    return [
        first.contract, first.id, first.names[0], second.id, second.names[0], candidate.score,
        candidate.reason, None, None, None, None,
    ]  # fmt: skip


def _decision_row(decision: MatchDecision) -> list[str | float | None]:
    return [
        _contract(decision.first.key), decision.first.id, None, decision.second.id, None, None, None,
        FRENCH[decision.verdict], decision.author, decision.on, decision.why,
    ]  # fmt: skip
