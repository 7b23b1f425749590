"""The command line, `maillage`; its contract is `docs/cli.md`."""

import errno
import os
import sys
import traceback
from collections.abc import Sequence

from dashboards.cli.session import log_file
from graphmodel.errors import MaillageError

__all__ = ["main"]

_SHARED_WITH_VALUE = ("--store", "--contract", "--at")
_SHARED = ("--quiet", "--version")
_INTERRUPTED = "Interrompu : la base est restée telle quelle."
_REFUSALS = {
    errno.ENOENT: "ce dossier ou ce fichier n’existe pas",
    errno.ENOTDIR: "ce qui devrait être un dossier n’en est pas un",
    errno.EISDIR: "c’est un dossier",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EACCES: "l’accès est refusé",
    errno.EPERM: "l’accès est refusé",
    errno.EROFS: "ce disque est en lecture seule",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.ENOSPC: "le disque est plein",
}
"""What a disk answers when the user's path cannot be read or written, by error number."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and end the process with the exit code of `docs/cli.md`."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: Sequence[str]) -> int:
    """Run the program and return its exit code; no exception leaves it, unless `MAILLAGE_DEBUG=1`."""
    code = _run(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_output()
    except OSError as error:
        _let_go_of_output()
        return _fail(_unwritten(error), 4)
    return code


def _let_go_of_output() -> None:
    """Send what is left in the buffer nowhere: the interpreter would complain of it again as it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _unwritten(error: OSError) -> str:
    why = _REFUSALS.get(error.errno or 0, "le système a refusé d’écrire")
    return f"La sortie n’a pas pu être écrite en entier : {why}."


def _run(arguments: Sequence[str]) -> int:
    from typer import Exit
    from typer.main import get_command

    from dashboards.cli.app import app
    from dashboards.cli.french import french_error

    try:
        outcome = get_command(app).main(hoist(arguments), prog_name="maillage", standalone_mode=False)
        code = outcome if isinstance(outcome, int) else 0
        # The library answers Ctrl-C itself, by an empty line and the code of its exit.
        return _fail(_INTERRUPTED, 130) if code == 130 else code
    except Exit as stop:
        return stop.exit_code
    except KeyboardInterrupt:
        return _fail(_INTERRUPTED, 130)
    except MaillageError as error:
        return _fail(str(error), error.exit_code)
    except BrokenPipeError:
        return 0
    except SystemExit:
        # The library leaves in this way, and in no other, when the reader of a pipe has gone.
        return 0
    except OSError as error:
        if error.filename is None and error.errno == errno.ENOSPC:
            return _fail(_unwritten(error), 4)
        if error.filename is None or error.errno not in _REFUSALS:
            return _internal(error)
        return _fail(f"« {error.filename} » ne peut pas servir : {_REFUSALS[error.errno]}.", 2)
    except Exception as error:
        if type(error).__name__ == "Abort":
            return _fail(_INTERRUPTED, 130)
        format_message = getattr(error, "format_message", None)
        if format_message is not None:
            return _fail(f"{french_error(format_message())} Aide : maillage --help", 2)
        return _internal(error)


def hoist(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the shared options moved before the verb, where the program expects them."""
    front: list[str] = []
    rest: list[str] = []
    ahead = iter(arguments)
    for word in ahead:
        if word == "--":
            rest.extend([word, *ahead])
        elif word in _SHARED_WITH_VALUE:
            front.extend([word, *([value] if (value := next(ahead, None)) is not None else [])])
        elif word in _SHARED or word.startswith(tuple(f"{name}=" for name in _SHARED_WITH_VALUE)):
            front.append(word)
        else:
            rest.append(word)
    return front + rest


def _fail(text: str, code: int) -> int:
    print(text, file=sys.stderr)
    if os.environ.get("MAILLAGE_DEBUG") == "1":
        traceback.print_exc()
    return code


def _internal(error: Exception) -> int:
    """Write an unforeseen error down and say where."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write("".join(traceback.format_exception(error)) + "\n")
        where = f"Le détail est dans « {path} »."
    except OSError:
        where = "Le détail n’a pas pu être écrit ; relancez avec MAILLAGE_DEBUG=1."
    return _fail(f"Une erreur interne est survenue ({type(error).__name__}). {where}", 4)
