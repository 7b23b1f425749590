"""The convention as data: readable YAML files, quoted line by line, and the batch they make."""

from loaders.convention.convention import (
    BUNDLED_ID,
    Convention,
    bundled_folder,
    load_convention,
    read_convention,
)

__all__ = ["BUNDLED_ID", "Convention", "bundled_folder", "load_convention", "read_convention"]
