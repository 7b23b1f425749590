"""The house keeps its shape: one-way imports, sizes, docstrings, hints, locks, nothing of one machine."""

import ast
import json
import re
import statistics
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.source import (
    PACKAGES,
    ROOT,
    Function,
    Module,
    body_lines,
    is_module,
    modules,
    tracked_files,
    unhinted,
)

MAX_LINES = 450
FOLDERS = {*PACKAGES, "tests", "benchmarks", "docs", ".ci"}
KEPT_OUT_OF_GRAPHMODEL = {"dash", "flask", "folium", "neo4j", "geopandas", "pyogrio", "shapely", "matplotlib"}
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


@cache
def project() -> dict[str, object]:
    """Return the `project` table of pyproject.toml."""
    table: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


def test_the_folders_are_those_of_the_plan() -> None:
    holding_code = {path.relative_to(ROOT).parts[0] for path in tracked_files() if path.suffix == ".py"}
    assert holding_code - FOLDERS == set()


def test_imports_run_one_way() -> None:
    wrong = [
        f"{module.name}:{line} imports {name}"
        for module in modules()
        for line, name in module.imports()
        if name.split(".")[0] in PACKAGES[PACKAGES.index(module.package) + 1 :]
    ]
    assert not wrong, "\n".join(wrong)


def test_imports_name_their_module_in_full() -> None:
    relative = [f"{m.name}:{line}" for m in modules() for line, name in m.imports() if name.startswith("(")]
    assert not relative, "relative imports hide which way they run:\n" + "\n".join(relative)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import dashboards.app", "dashboards.app"),
        ("def f():\n    from loaders import registry", "loaders"),
        ("READERS = {'x': 'loaders.registry'}", "loaders.registry"),
    ],
)
def test_an_import_is_seen_wherever_it_stands(tmp_path: Path, source: str, name: str) -> None:
    path = tmp_path / "sample.py"
    path.write_text(source, encoding="utf-8")
    assert name in [found for _, found in Module(path).imports()]


def test_a_sentence_is_no_import() -> None:
    assert not is_module("loaders.")
    assert not is_module("loaders. Then")
    assert not is_module("loaders")


def test_graphmodel_never_names_what_draws_or_maps() -> None:
    banned = KEPT_OUT_OF_GRAPHMODEL - {"neo4j"}
    found = [
        f"{module.name}:{line} imports {name}"
        for module in modules()
        if module.package == "graphmodel"
        for line, name in module.imports()
        if name.split(".")[0] in banned
    ]
    assert not found, "\n".join(found)


def test_only_the_neo4j_store_names_the_driver_and_it_is_loaded_late() -> None:
    room = "graphmodel/stores/neo4j"
    outside = [m for m in modules() if not m.name.startswith(room)]
    users = [m.name for m in outside for _, name in m.imports() if name.split(".")[0] == "neo4j"]
    early = [
        m.name for m in outside if any(n.startswith(room.replace("/", ".")) for n in m.imports_at_load())
    ]
    assert users == []
    assert early == []


@pytest.mark.parametrize("package", ["graphmodel", "graphmodel.stores"])
def test_a_fresh_import_of_the_graph_stays_light(package: str) -> None:
    code = f"import json, sys, {package}; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = {name.split(".")[0] for name in json.loads(run.stdout)}
    assert "graphmodel" in loaded
    assert loaded & (KEPT_OUT_OF_GRAPHMODEL | set(PACKAGES[1:])) == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_are_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


def test_graphmodel_declares_what_it_offers() -> None:
    import graphmodel

    assert len(graphmodel.__all__) == len(set(graphmodel.__all__))
    undocumented = [name for name in graphmodel.__all__ if not getattr(graphmodel, name).__doc__]
    assert not undocumented


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_a_module_is_short_documented_and_hinted(module: Module) -> None:
    faults = [] if ast.get_docstring(module.tree) else ["no docstring at its head"]
    if module.text.count("\n") > MAX_LINES:
        faults.append(f"{module.text.count(chr(10))} lines, {MAX_LINES} at most")
    for node in module.public():
        if not ast.get_docstring(node):
            faults.append(f"line {node.lineno}: {node.name} has no docstring")
    for function in module.functions():
        if missing := unhinted(function):
            faults.append(f"line {function.lineno}: {function.name} lacks hints for {', '.join(missing)}")
    assert not faults, "\n".join(faults)


def test_functions_are_short() -> None:
    sizes = sorted(size for m in modules() for f in m.functions() if (size := body_lines(f)))
    assert statistics.median(sizes) <= 22
    assert sizes[int(0.9 * (len(sizes) - 1))] <= 40


def test_sizes_and_hints_are_counted_as_a_reader_would() -> None:
    source = 'def f(a, *b, c: int, **d):\n    """Say."""\n    x = 1\n\n    return x\n'
    function = ast.parse(source).body[0]
    assert isinstance(function, Function)
    assert body_lines(function) == 3
    assert unhinted(function) == ["a", "b", "d", "return"]


def locked(name: str) -> dict[str, list[str]]:
    """Return the versions of each library in a lock, by canonical name."""
    versions: dict[str, list[str]] = {}
    for library, version in PIN.findall((ROOT / name).read_text(encoding="utf-8")):
        versions.setdefault(canonicalize_name(library), []).append(version)
    return versions


def asked() -> list[Requirement]:
    """Return the run-time requirements of pyproject.toml."""
    listed = project()["dependencies"]
    assert isinstance(listed, list)
    return [Requirement(line) for line in listed]


@pytest.mark.parametrize("requirement", asked(), ids=lambda requirement: requirement.name)
@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_run_time_library_is_locked_within_its_floor(requirement: Requirement, lock: str) -> None:
    versions = locked(lock).get(canonicalize_name(requirement.name), [])
    assert versions
    assert all(requirement.specifier.contains(version) for version in versions)


def test_both_locks_choose_the_same_versions() -> None:
    development = locked("requirements-dev.lock")
    differing = [name for name, v in locked("requirements.lock").items() if development.get(name) != v]
    assert not differing


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_library_has_its_hash(lock: str) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / lock).read_text(encoding="utf-8"))
    assert len(entries) > len(asked())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


# In pieces, so that this file does not find itself.
OF_ONE_MACHINE = re.compile(
    "|".join(
        (
            r"(?<![\w.:/-])/(?:"
            + r"work/(?:main|shared|\.library)|root/|home/[a-z]\w*/|opt/wheels|Users/\w+/|tmp/w/)",
            r"[A-Z]:\\" + r"Users\\\w+",
            r"\b(?:pypi"
            + r"\.org|files\.pythonhosted"
            + r"\.org|registry\.npmjs"
            + r"\.org|registry\.yarnpkg"
            + r"\.com)",
            r"\b(?:repo1?\.maven"
            + r"\.|proxy\.golang"
            + r"\.org|deb\.debian"
            + r"\.org|(?:static\.)?crates"
            + r"\.io)",
        )
    )
)


def machine_words(text: str) -> list[str]:
    """Return the paths of one machine and the registry hosts that a text names."""
    return OF_ONE_MACHINE.findall(text)


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {word}" for word in machine_words(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("see /work" + "/main/x.py", True),
        ("index = https://pypi" + ".org/simple", True),
        ("'/root" + "/.cache'", True),
        ("docs/work/main", False),
        ("https://exemple.fr/home/page/", False),
    ],
)
def test_machine_words_are_recognised(text: str, seen: bool) -> None:
    assert bool(machine_words(text)) is seen
