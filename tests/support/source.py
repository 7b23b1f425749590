"""The project's own source, read without importing it: its modules, what they import, what they offer."""

import ast
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("graphmodel", "geodata", "loaders", "dashboards")
"""From the bottom up: a package imports those before it, never those after."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One source file of the four packages."""

    path: Path

    @property
    def name(self) -> str:
        """Return the path from the root, with slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def package(self) -> str:
        """Return the top-level package."""
        return self.name.partition("/")[0]

    @cached_property
    def text(self) -> str:
        """Return the source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Return the syntax tree."""
        return ast.parse(self.text)

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield line and dotted name of all that is imported, wherever it stands, by statement or by name.

        A string constant that names a module of ours counts: registries import that way.
        """
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                yield node.lineno, node.module
            elif isinstance(node, ast.ImportFrom):
                yield node.lineno, f"(relative) {node.module or ''}"
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and is_module(node.value):
                yield node.lineno, node.value

    def imports_at_load(self) -> Iterator[str]:
        """Yield the names imported when the module is loaded: outside functions and type-only blocks."""
        todo: list[ast.AST] = [self.tree]
        while todo:
            node = todo.pop()
            if isinstance(node, Function | ast.Lambda) or is_type_only(node):
                continue
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
            todo.extend(ast.iter_child_nodes(node))

    def public(self) -> Iterator[Function | ast.ClassDef]:
        """Yield the functions, the classes and their methods that others may use."""
        for node in self.tree.body:
            if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
                yield node
                members = node.body if isinstance(node, ast.ClassDef) else []
                yield from (m for m in members if isinstance(m, Function) and not m.name.startswith("_"))

    def functions(self) -> Iterator[Function]:
        """Yield every function, inner and private ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


def is_type_only(node: ast.AST) -> bool:
    """Say whether a node is an `if TYPE_CHECKING:` block."""
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def is_module(text: str) -> bool:
    """Say whether a text is the dotted name of a module of ours."""
    first, _, rest = text.partition(".")
    if first not in PACKAGES or not rest or not all(part.isidentifier() for part in rest.split(".")):
        return False
    path = ROOT.joinpath(*text.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def modules() -> list[Module]:
    """Return every module of the four packages, in order of path."""
    return [Module(path) for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def unhinted(function: Function) -> list[str]:
    """Return the parameters without a hint, and `return` when the result has none."""
    given = function.args
    parameters = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    parameters += [extra for extra in (given.vararg, given.kwarg) if extra]
    names = [p.arg for p in parameters if p.annotation is None and p.arg not in ("self", "cls")]
    return names + ([] if function.returns else ["return"])


def body_lines(function: Function) -> int:
    """Return how many lines a body takes, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def tracked_files() -> list[Path]:
    """Return the files of the project: those git keeps, or, outside a clone, those of its folders."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
        return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]
    folders = [ROOT / name for name in (*PACKAGES, "tests", "benchmarks", "docs")]
    found = [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
    return [path for path in (*ROOT.iterdir(), *found) if path.is_file()]
