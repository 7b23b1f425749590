"""An archive written anew, so that the same content gives the same bytes whenever it is made."""

import io
import zipfile
from typing import Final

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""Date of every entry: the oldest that the format can tell."""


def rewritten(content: bytes) -> bytes:
    """Return a zip file with its names in order and one fixed date: python-docx writes today's."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr, entry.compress_type = 0o600 << 16, zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return stream.getvalue()
