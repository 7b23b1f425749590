"""What an output says of itself: the tool, the version of the store, the mode, what makes it again."""

from importlib.metadata import PackageNotFoundError, version

from dashboards import words
from graphmodel import ContractGraph
from graphmodel.secrecy import Mode

MODES: dict[Mode, str] = {"publication": "publication", "working": "document de travail : ne pas diffuser"}
"""What an output is for, in French."""


def tool_version() -> str:
    """Return the version of the tool; « non installé » from a source tree."""
    try:
        return version("maillage")
    except PackageNotFoundError:
        return "non installé"


def origin_of(graph: ContractGraph, mode: Mode, command: str) -> dict[str, str]:
    """Return what an output says of itself, by French name, in the order it is read.

    Parameters
    ----------
    graph
        Snapshot it was made from.
    mode
        What it is for.
    command
        Command that makes it again.
    """
    return {
        "outil": f"maillage {tool_version()}",
        "base": f"base version {graph.version.number}",
        "mode": MODES[mode],
        "refaire": command,
    }


def origin_words(graph: ContractGraph, mode: Mode, command: str) -> str:
    """Return the same as one line; the command is left as it is typed."""
    told = origin_of(graph, mode, command)
    said = f"{told['outil']} · {told['base']} · {told['mode']}"
    return f"{words.typeset(said)} · refaire : {command}"
