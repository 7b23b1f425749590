"""What is said of several files loaded at once: which were written, which were not, which were left aside."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from dashboards import words
from graphmodel import Fault
from loaders import registry
from loaders.mapping import SUFFIX

_COMPANIONS = (".dbf", ".shx", ".prj", ".cpg", ".qix", ".sbn", ".sbx", ".qmd", ".lock")
"""Suffixes of files that go with another one."""
_LISTED = 10


def waits_for_others(faults: Sequence[Fault]) -> bool:
    """Tell whether a file was refused only because it names what another file may bring."""
    errors = [fault for fault in faults if fault.severity == "error"]
    return bool(errors) and all(fault.code.startswith(("unknown_", "dangling")) for fault in errors)


def left_aside(names: Sequence[str]) -> list[str]:
    """Return the files of folders that no loader reads, by name; hidden ones and companions are no news."""
    found: list[str] = []
    for folder in (Path(name) for name in names if Path(name).is_dir()):
        read = {Path(path).name for path in registry.expand(str(folder))}
        found += [
            path.name
            for path in sorted(folder.iterdir())
            if path.is_file()
            and path.name not in read
            and not path.name.startswith((".", "~"))
            and not path.name.endswith((*_COMPANIONS, SUFFIX))
        ]
    return found


def sentences(
    paths: Sequence[str],
    written: Sequence[str],
    faults: Sequence[Fault],
    aside: Sequence[str],
    *,
    preview: bool,
) -> Iterator[str]:
    """Yield, in French, what became of each of several files.

    Parameters
    ----------
    paths
        Files asked for.
    written
        Names of those whose plan stood.
    faults
        Everything found in them.
    aside
        Names of those that no loader reads.
    preview
        True when nothing was to be written.
    """
    if len(paths) > 1:
        errors = Counter((f.file or "").removesuffix(SUFFIX) for f in faults if f.severity == "error")
        good = list(dict.fromkeys(name for name in written if name not in errors))
        bad = [f"{name} ({words.counted(count, 'faute')})" for name, count in errors.items()]
        if good:
            yield f"{'Peuvent être écrits' if preview else 'Lus sans faute'} : {_listed(good)}."
        if bad:
            yield f"{'Ne peuvent pas être écrits' if preview else 'Non écrits'} : {_listed(bad)}."
    if aside:
        yield f"Laissés de côté, d’aucun format connu : {_listed(aside)}."


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" et {more} autres" if more > 0 else "")
