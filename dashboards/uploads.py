"""Files that people send to the dashboard: kept apart, for a while, each under a name nobody can guess."""

import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from graphmodel import UsageError
from loaders.registry import SUFFIXES

LARGEST_FILE = 60 * 1024 * 1024
"""Bytes of the largest file taken; larger ones are for the command line."""
KEPT_S = 2 * 3600
"""Seconds a file is kept."""
MOST_KEPT = 40
_CHUNK = 1 << 20
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Upload:
    """One file sent.

    Attributes
    ----------
    token
        What names it in an address.
    path
        Where it is; its name is the one it was sent under.
    """

    token: str
    path: Path


def receive(folder: Path, name: str, stream: IO[bytes]) -> Upload:
    """Keep a file sent, after the old ones are cleared away.

    Parameters
    ----------
    folder
        Private folder of the server.
    name
        Name of the file; a path before it is dropped.
    stream
        Its bytes.

    Raises
    ------
    UsageError
        A kind of file that no loader reads, an empty file, or one that is too large; nothing is kept.
    """
    safe = safe_name(name)
    if not safe.lower().endswith(SUFFIXES):
        raise UsageError(
            f"« {safe} » n’est pas d’une sorte qui se charge : {', '.join(SUFFIXES)}. Rien n’a été lu."
        )
    clear(folder)
    token = secrets.token_urlsafe(12)
    place = folder / token
    place.mkdir(parents=True, mode=0o700)
    try:
        size = _copy(stream, place / safe)
    except UsageError:
        shutil.rmtree(place, ignore_errors=True)
        raise
    if not size:
        shutil.rmtree(place, ignore_errors=True)
        raise UsageError(f"« {safe} » est vide : rien n’a été lu.")
    return Upload(token, place / safe)


def _copy(stream: IO[bytes], path: Path) -> int:
    size = 0
    with path.open("xb") as kept:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > LARGEST_FILE:
                raise UsageError(too_large(path.name))
            kept.write(chunk)
    return size


def too_large(name: str) -> str:
    """Return what to say of a file that is too large."""
    return (
        f"« {name} » dépasse {LARGEST_FILE // 1024 // 1024} Mo : chargez-le depuis la ligne de commande, "
        "maillage load. Rien n’a été lu."
    )


def safe_name(name: str) -> str:
    """Return the last part of a name, without control characters, at most 120 characters, never hidden."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(letter for letter in last if letter.isprintable()).strip().lstrip(".")
    return (kept[-_LONGEST_NAME:] or "fichier").strip()


def find(folder: Path, token: str) -> Path | None:
    """Return the folder of a file by its token; None when it is not there any more, or never was."""
    if not token or not all(c.isalnum() or c in "-_" for c in token):
        return None
    place = folder / token
    return place if place.is_dir() else None


def clear(folder: Path) -> None:
    """Take away the files that are old, and the oldest of too many."""
    if not folder.is_dir():
        return
    places = sorted((place for place in folder.iterdir() if place.is_dir()), key=_age_of, reverse=True)
    limit = time.time() - KEPT_S
    for rank, place in enumerate(places):
        if rank >= MOST_KEPT or _age_of(place) < limit:
            shutil.rmtree(place, ignore_errors=True)


def _age_of(place: Path) -> float:
    try:
        return place.stat().st_mtime
    except OSError:
        return 0.0
