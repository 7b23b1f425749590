"""The faults of a file, for whoever has to mend it: as a table, or marked in a copy of the workbook."""

from loaders.import_report.annotated import Annotated, annotate
from loaders.import_report.fault_table import COLUMNS, fault_rows, write_fault_table

__all__ = ["COLUMNS", "Annotated", "annotate", "fault_rows", "write_fault_table"]
