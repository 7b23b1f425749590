"""Files that do not follow the template: mapped once, remembered by sender, replayed the next year."""

from loaders.mapping.applying import reading_of
from loaders.mapping.finding import Found, draft_path, reading_for
from loaders.mapping.mapping_file import SUFFIX, mapping_text, read_mapping, write_mapping
from loaders.mapping.memory import memory_folder, recall, remember
from loaders.mapping.model import FileMapping, SheetMapping, fingerprint
from loaders.mapping.proposal import propose, recognised

__all__ = [
    "SUFFIX",
    "FileMapping",
    "Found",
    "SheetMapping",
    "draft_path",
    "fingerprint",
    "mapping_text",
    "memory_folder",
    "propose",
    "read_mapping",
    "reading_for",
    "reading_of",
    "recall",
    "recognised",
    "remember",
    "write_mapping",
]
