"""A folder of YAML files read whole: every fault of every file at once, with its line."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from graphmodel.errors import InputFaultsError
from graphmodel.faults import Fault
from loaders.convention.model_faults import fault_of

T = TypeVar("T", bound=BaseModel)
_UNREADABLE = (
    "Ce fichier n’est pas du YAML lisible : vérifier l’indentation, les deux-points et les guillemets."
)


@dataclass(slots=True)
class FolderReader:
    """Reads the YAML files of a folder and checks them against a model, one attribute a file.

    Attributes
    ----------
    folder
        Folder on disk or in the installed package.
    files
        Names of the files without `.yaml`, in the order that makes the digest.
    faults
        Faults found so far.
    """

    folder: Traversable
    files: Sequence[str]
    faults: list[Fault] = field(default_factory=list)
    _trees: dict[str, yaml.Node] = field(default_factory=dict)
    _digest: Any = field(default_factory=hashlib.sha256)

    @property
    def sha256(self) -> str:
        """SHA-256, in hexadecimal, of the files read, one after the other."""
        return str(self._digest.hexdigest())

    def read(self, model: type[T]) -> T:
        """Return the folder as a model whose fields are named after the files.

        Raises
        ------
        InputFaultsError
            With every fault of every file: absent, unreadable, unknown or missing key, wrong value.
        """
        content = {name: self._load(name) for name in self.files}
        if self.faults:
            raise InputFaultsError(self.faults)
        try:
            return model.model_validate(content)
        except ValidationError as error:
            details = error.errors(include_url=False)
            self.faults.extend(fault_of(detail, self._trees.get(str(detail["loc"][0]))) for detail in details)
        raise InputFaultsError(self.faults)

    def _load(self, name: str) -> object:
        file = f"{name}.yaml"
        resource = self.folder.joinpath(file)
        if not resource.is_file():
            self._fault("missing_file", f"Le fichier « {file} » manque.", file)
            return None
        data = resource.read_bytes()
        self._digest.update(data)
        try:
            text = data.decode("utf-8-sig")
            tree = yaml.compose(text, Loader=yaml.SafeLoader)
            content = yaml.safe_load(text)
        except UnicodeDecodeError:
            self._fault("bad_encoding", "Ce fichier n’est pas en UTF-8.", file)
            return None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self._fault("bad_yaml", _UNREADABLE, file, row=mark.line + 1 if mark else None)
            return None
        if tree is not None:
            self._trees[name] = tree
            for key, row in duplicate_keys(tree):
                message = f"La clé « {key} » est écrite deux fois au même endroit."
                self._fault("duplicate_key", message, file, row=row)
        return content

    def _fault(self, code: str, message: str, file: str, row: int | None = None) -> None:
        self.faults.append(Fault("error", code, message, file, row=row))


def duplicate_keys(node: yaml.Node) -> Iterator[tuple[str, int]]:
    """Yield the keys written twice in one mapping, with their line: YAML would keep the last in silence."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, child in node.value:
            if key.value in seen:
                yield str(key.value), key.start_mark.line + 1
            seen.add(key.value)
            yield from duplicate_keys(child)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from duplicate_keys(child)
