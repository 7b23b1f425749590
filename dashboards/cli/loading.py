"""`load`, `undo` and `push`: what writes to a store."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from dashboards import words
from dashboards.cli import fault_files, proposing, several_files
from dashboards.cli.freezing import restore_file
from dashboards.cli.loads import told
from dashboards.cli.session import SESSION, print_json
from graphmodel import Batch, Fault, InputFaultsError, Store, UsageError, open_store
from graphmodel.faults import raise_on_errors
from graphmodel.plan import KINDS, Plan
from graphmodel.stores.frozen import is_export
from graphmodel.stores.loads import no_changes
from loaders import registry
from loaders.convention_text import Proposal
from loaders.declared_vintage import UNDECLARED
from loaders.matching.candidates import proposal_warnings, proposed_by

KINDS_HELP = "Nature des fichiers : " + ", ".join(registry.KINDS) + "."
_SAID = {"warning": "Avertissement", "note": "Remarque"}
_FRENCH = {"added": "ajouté", "changed": "modifié", "removed": "retiré", "unchanged": "inchangé"}


@dataclass(frozen=True, slots=True)
class Request:
    """Options of `load`; see the command's help."""

    kind: str | None
    vintage: int | None
    author: str
    preview: bool
    replace: bool
    strict: bool
    together: bool
    draft: Path | None = None
    report: Path | None = None
    annotated: Path | None = None


@dataclass(slots=True)
class Outcome:
    """What loading came to, over all files.

    Attributes
    ----------
    files
        `name`, `sha256`, `kind`, `rows` of each source read.
    faults
        Faults and warnings, in the order of the files.
    changes
        Counts by group and kind of change.
    written
        True when at least one file was written.
    proposals
        What each text of a convention proposes, by its path.
    """

    files: list[dict[str, Any]]
    faults: list[Fault]
    changes: dict[str, dict[str, int]]
    written: bool = False
    proposals: dict[str, Proposal] = field(default_factory=dict)

    def add(self, plan: Plan) -> None:
        """Add the files, counts and warnings of a plan."""
        for source, rows in plan.sources:
            self.files.append(
                {"name": source.name, "sha256": source.sha256, "kind": source.kind, "rows": rows}
            )
        self.faults.extend(plan.warnings)
        for group, counts in plan.counts().items():
            for kind in KINDS:
                self.changes[group][kind] += counts[kind]

    @property
    def failed(self) -> bool:
        """True when a file had faults."""
        return any(fault.severity == "error" for fault in self.faults)


def load_files(names: Sequence[str], request: Request, *, as_json: bool) -> int:
    """Load files, each in its own transaction unless `together`; return the exit code."""
    paths = [path for name in names for path in registry.expand(name)]
    if any(is_export(Path(path)) for path in paths):
        return _load_export(paths, request, as_json=as_json)
    fault_files.check_targets(paths, request.report, request.annotated)
    outcome = Outcome([], [], {group: dict.fromkeys(KINDS, 0) for group in ("nodes", "relationships")})
    outcome.proposals = proposing.proposals_of(paths, request.kind)
    if request.draft is not None:
        proposing.write_drafts(outcome.proposals, request.draft)
        request = replace(request, preview=True)
    with SESSION.open(create=True) as store:
        before = store.version().number
        _load_groups(store, [paths] if request.together else [[path] for path in paths], request, outcome)
        after = store.version().number
    fault_files.write_reports(paths, outcome.faults, request.report, request.annotated)
    if as_json:
        _print_outcome(outcome, before, after)
    else:
        _say_outcome(outcome, request, before, after)
        written = [str(file["name"]) for file in outcome.files]
        aside = several_files.left_aside(names)
        for sentence in several_files.sentences(
            paths, written, outcome.faults, aside, preview=request.preview
        ):
            print(sentence)
    return 1 if outcome.failed else 0


def _load_groups(store: Store, groups: Sequence[Sequence[str]], request: Request, outcome: Outcome) -> None:
    """Load groups of files, each in a transaction; one that waits for what another brings has a second go."""
    waiting: list[tuple[Sequence[str], list[Fault]]] = []
    for group in groups:
        start = len(outcome.faults)
        _load_group(store, group, request, outcome)
        if several_files.waits_for_others(outcome.faults[start:]):
            waiting.append((group, outcome.faults[start:]))
    if not outcome.written or len(groups) == 1:
        return
    for group, faults in waiting:
        said = set(faults)
        outcome.faults = [fault for fault in outcome.faults if fault not in said]
        _load_group(store, group, request, outcome)


def _load_export(paths: Sequence[str], request: Request, *, as_json: bool) -> int:
    """Re-make a frozen version in an empty store; its loads keep their authors."""
    if len(paths) != 1:
        raise UsageError("L’export d’une version figée se charge seul, dans une base vide.")
    outcome = Outcome([], [], no_changes())
    with SESSION.open(create=True) as store:
        before = store.version().number
        with SESSION.step(f"Lecture de {Path(paths[0]).name}"):
            read = restore_file(store, Path(paths[0]), write=not request.preview)
        outcome.files.append(read.file)
        for group, count in read.rows.items():
            outcome.changes[group]["added"] = count
        outcome.written = not request.preview
        after = store.version().number
    if as_json:
        _print_outcome(outcome, before, after)
    else:
        _say_outcome(outcome, request, before, after)
    return 0


def _load_group(store: Store, paths: Sequence[str], request: Request, outcome: Outcome) -> None:
    if request.kind is None and any(path in outcome.proposals for path in paths):
        # What rules read in a text is reviewed before it enters the store, unless asked by name.
        request = replace(request, preview=True)
    batches: list[Batch] = []
    faults: list[Fault] = []
    files = [_file(path, store, request) for path in paths]
    for file in files:
        with SESSION.step(f"Lecture de {file.path.name}"):
            try:
                batches.extend(registry.read(file))
            except InputFaultsError as error:
                faults.extend(error.faults)
        for sentence in file.said:
            SESSION.say(sentence)
    if request.vintage is None and _undeclared([*faults, *(w for batch in batches for w in batch.warnings)]):
        year = SESSION.ask_year("De quelle année sont ces données ? (Entrée : non déclarée)")
        if year is not None:
            _load_group(store, paths, replace(request, vintage=year), outcome)
            return
    if faults:
        outcome.faults.extend(faults)
        return
    try:
        plan = _planned(store, batches, request)
    except InputFaultsError as error:
        outcome.faults.extend(error.faults)
        return
    outcome.add(plan)
    if not request.preview:
        said = words.listed(dict.fromkeys(b.source.author for b in batches if b.source.author))
        with SESSION.step("Écriture"):
            written = store.apply(plan, author=SESSION.author(request.author, said))
        outcome.written = written is not None or outcome.written
        for done in (done for file in files for done in file.after):
            done()


def _planned(store: Store, batches: Sequence[Batch], request: Request) -> Plan:
    """Return what batches would change; organisations they seem to write in another way are a warning."""
    plan = store.plan(batches, replace=request.replace)
    alike = proposal_warnings(proposed_by(store, plan), batches)
    plan.warnings = raise_on_errors([*plan.warnings, *alike], strict=request.strict)
    return plan


def _undeclared(faults: Sequence[Fault]) -> bool:
    """Tell whether a file did not say its vintage, and nothing worse is wrong with any."""
    codes = {fault.code for fault in faults if fault.severity == "error"}
    return any(fault.code == UNDECLARED for fault in faults) and codes <= {UNDECLARED}


def _file(path: str, store: Store, request: Request) -> registry.FileRequest:
    return registry.FileRequest(
        Path(path), store, request.kind, request.vintage, SESSION.contract, request.strict
    )


def _print_outcome(outcome: Outcome, before: int, after: int) -> None:
    proposals = [proposing.as_json(proposal) for proposal in outcome.proposals.values()]
    print_json(
        "load",
        {
            **({"proposals": proposals} if proposals else {}),
            "files": outcome.files,
            "issues": [asdict(fault) for fault in outcome.faults if fault.severity != "note"],
            "notes": [asdict(fault) for fault in outcome.faults if fault.severity == "note"],
            "changes": outcome.changes,
            "written": outcome.written,
            "version_before": before,
            "version_after": after,
        },
    )


def _say_outcome(outcome: Outcome, request: Request, before: int, after: int) -> None:
    if not outcome.written:
        for proposal in outcome.proposals.values():
            proposing.print_proposal(proposal)
    for fault in outcome.faults:
        if fault.severity == "error":
            SESSION.say(f"Faute — {fault.sentence()}", always=True)
        else:
            SESSION.say(f"{_SAID[fault.severity]} — {fault.sentence()}")
    errors = sum(fault.severity == "error" for fault in outcome.faults)
    if errors:
        print(f"{errors} faute{'s' if errors > 1 else ''}. Les fichiers fautifs n’ont pas été écrits.")
    for group, word, ending in (("nodes", "Éléments", ""), ("relationships", "Relations", "e")):
        counts = outcome.changes[group]
        changed = (words.counted(counts[kind], f"{_FRENCH[kind]}{ending}") for kind in KINDS)
        print(f"{word} : {', '.join(changed)}")
    if request.preview:
        print("Aperçu : rien n’a été écrit.")
    elif outcome.proposals and request.kind is None and not errors:
        print(
            "Rien n’a été écrit : ce qui est lu dans un texte se relit d’abord. Pour le corriger dans un "
            "classeur : --draft PROPOSITION.xlsx ; pour le charger tel quel : --as text."
        )
    elif outcome.written:
        print(f"Version {after} écrite.")
    else:
        print(f"Rien à écrire : la base reste à la version {before}.")


def undo(author: str) -> None:
    """Take back the last load that stands."""
    with SESSION.open(write=True) as store:
        load = store.undo(author=SESSION.author(author))
        undone = next(one for one in store.history() if one.number == load.sources[0]["undone"])
    print(f"Version {undone.number} annulée : {told(undone)}.")
    print(f"Version {load.number} écrite.")


def push(target: str) -> None:
    """Copy everything to another store and compare the digests."""
    from graphmodel.stores.push import push as copy

    with SESSION.open() as source, open_store(target, create=True) as destination:
        with SESSION.step("Copie"):
            load = copy(source, destination, author=SESSION.author(""))
        print(f"Copie terminée vers {destination.url}, version {load.number} : empreintes égales.")
