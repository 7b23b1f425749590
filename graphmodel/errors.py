"""Errors a user can meet, each with the exit code of the command line.

Every message is one or more French sentences: what happened, where, and how to mend it. The command line
prints the message and ends with `exit_code`; nothing else of the exception reaches the user.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from graphmodel.faults import Fault


class MaillageError(Exception):
    """Base of the errors shown to a user; its text is French.

    Attributes
    ----------
    exit_code
        Exit code of the command line (see `docs/cli.md`): 1 faults in the input, 2 wrong usage,
        3 store out of reach, 4 something inside went wrong.
    """

    exit_code: ClassVar[int] = 4


class InputFaultsError(MaillageError):
    """The input has faults; nothing was written.

    Parameters
    ----------
    faults
        Every fault found, in the order of the input.
    """

    exit_code = 1

    def __init__(self, faults: Sequence["Fault"]) -> None:
        self.faults = tuple(faults)
        count = sum(fault.severity == "error" for fault in self.faults)
        head = f"{count} faute{'s' if count > 1 else ''} : rien n’a été écrit."
        super().__init__("\n".join([head, *(f"- {fault.sentence()}" for fault in self.faults)]))


class UsageError(MaillageError):
    """The request itself is wrong: unknown name, contradictory options."""

    exit_code = 2


class StoreUnavailableError(MaillageError):
    """The store cannot be opened or reached."""

    exit_code = 3


class StoreChangedError(MaillageError):
    """Somebody wrote to the store between the preview and the writing."""

    exit_code = 1


class CopyDiffersError(MaillageError):
    """A store copied from another is not equal to it."""

    exit_code = 1
