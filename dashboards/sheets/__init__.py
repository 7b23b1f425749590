"""Territory sheets: one or two pages for an authority, as a tagged PDF or a page to open in a browser."""

from dashboards.sheets.content import Desk, Sheet
from dashboards.sheets.files import FORMATS, check_format, write_sheet

__all__ = ["FORMATS", "Desk", "Sheet", "check_format", "write_sheet"]
