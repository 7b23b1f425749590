"""The tables of the pages, all alike: theme in the tokens of the page, French words, one row at a time."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import dash_ag_grid as dag
from dash.development.base_component import Component

GRID_THEME: Final = (
    "themeQuartz.withParams({fontFamily:'inherit', fontSize:'0.875rem', rowHeight:'1.94rem', "
    "headerHeight:'2.1rem', headerFontWeight:600, backgroundColor:'var(--surface)', "
    "foregroundColor:'var(--ink)', headerBackgroundColor:'var(--surface)', headerTextColor:'var(--mut)', "
    "borderColor:'var(--line)', rowHoverColor:'var(--accs)', selectedRowBackgroundColor:'var(--accs)', "
    "accentColor:'var(--acc)', wrapperBorder:false, wrapperBorderRadius:0, cellHorizontalPadding:'0.5rem'})"
)
"""Theme of a table, in the words of the kit."""
ONE_ROW: Final = {"rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True}}
"""Option of a table of which a click chooses a row."""


def grid(
    identifier: str,
    columns: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
    empty: str,
    *,
    key: str = "key",
    options: Mapping[str, object] = ONE_ROW,
) -> Component:
    """Return a table.

    Parameters
    ----------
    identifier
        Its `id`.
    columns, rows
        Columns in the words of the kit, rows by field.
    empty
        What it says without a row.
    key
        Field that tells two rows apart.
    options
        Options beside those of every table.
    """
    made: Component = dag.AgGrid(
        id=identifier,
        columnDefs=columns,
        rowData=rows,
        defaultColDef={"sortable": True, "resizable": True, "suppressMovable": True},
        getRowId=f"params.data.{key}",
        dashGridOptions={
            "theme": {"function": GRID_THEME},
            "tooltipShowDelay": 300,
            **options,
            "localeText": {"noRowsToShow": empty, "loadingOoo": "Chargement…"},
        },
        className="grid",
        style={"height": "100%", "width": "100%"},
    )
    return made
