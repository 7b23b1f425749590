"""The workbook people fill, made from the schema."""

from loaders.template.content import Cells, Content, Identity
from loaders.template.model import CHOICES, SHEETS, VERSION, Column, Sheet
from loaders.template.writing import write_template

__all__ = [
    "CHOICES",
    "SHEETS",
    "VERSION",
    "Cells",
    "Column",
    "Content",
    "Identity",
    "Sheet",
    "write_template",
]
