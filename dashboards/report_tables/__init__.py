"""The tables of the report, Tb1 to Tb8: typed cells with their words, for documents and spreadsheets."""

from dashboards.report_tables.files import FORMATS, write_report_table
from dashboards.report_tables.registry import REPORT_TABLES, ReportTableKind, report_table
from dashboards.report_tables.table import Cell, Column, ReportTable, Row

__all__ = [
    "FORMATS",
    "REPORT_TABLES",
    "Cell",
    "Column",
    "ReportTable",
    "ReportTableKind",
    "Row",
    "report_table",
    "write_report_table",
]
