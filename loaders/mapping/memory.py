"""Mappings kept from one year to the next: one small file a sender and a form, beside the store."""

from dataclasses import replace
from pathlib import Path

import platformdirs

from graphmodel import InputFaultsError, Store
from loaders.mapping.applying import fits
from loaders.mapping.mapping_file import SUFFIX, read_mapping, write_mapping
from loaders.mapping.model import FileMapping, fingerprint, slug
from loaders.workbook.book import Book

_FILE = "sqlite:///"
_FOLDER = "correspondances"


def memory_folder(store: Store) -> Path:
    """Return the folder of the mappings of a store: beside its file, else in the user's data folder."""
    if store.url.startswith(_FILE):
        file = Path(store.url.removeprefix(_FILE))
        return file.with_name(f"{file.stem}.{_FOLDER}")
    return Path(platformdirs.user_data_dir("maillage", appauthor=False)) / _FOLDER


def remember(mapping: FileMapping, folder: Path) -> Path:
    """Keep a reviewed mapping, in the place of the one of the same sender and form; return its file."""
    path = folder / f"{slug(mapping.sender)}-{mapping.fingerprint}{SUFFIX}"
    write_mapping(path, replace(mapping, reviewed=True), "les envois de cet émetteur")
    return path


def recall(book: Book, folder: Path) -> FileMapping | None:
    """Return the mapping remembered for a file; None when there is none.

    Those made for the same headings come first, then those whose every column is there; among them those of
    a sender whom the name of the file names, then the last one written. A file that no longer reads as a
    mapping is passed over.
    """
    sign = fingerprint(book.pages)
    found: list[tuple[bool, bool, float, FileMapping]] = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            mapping = read_mapping(path)
        except InputFaultsError:
            continue
        same = mapping.fingerprint == sign
        if mapping.reviewed and (same or fits(book, mapping)):
            named = slug(mapping.sender).lower() in slug(book.path.stem).lower()
            found.append((same, named, path.stat().st_mtime, mapping))
    return max(found, key=lambda each: each[:3])[3] if found else None
