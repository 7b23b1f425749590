"""Workbooks that follow the template."""

from loaders.workbook.known import (
    Known,
    KnownNode,
    known_of_batches,
    known_of_graph,
    known_of_store,
)
from loaders.workbook.reader import read_workbook

__all__ = [
    "Known",
    "KnownNode",
    "known_of_batches",
    "known_of_graph",
    "known_of_store",
    "read_workbook",
]
