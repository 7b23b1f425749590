"""A sheet as a tagged PDF: typst sets the page, this module hands it the words and the picture."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from dashboards.prints.text import french
from dashboards.sheets.content import Sheet
from dashboards.theme import LIGHT, PRINT


def plain(sheet: Sheet, suffix: str) -> dict[str, Any]:
    """Return what a sheet of a format says as plain data, every string set in French but the command."""
    drawn = sheet.map and replace(sheet.map, svg=b"", page=None)  # type: ignore[arg-type]
    bare = asdict(replace(sheet, map=None))
    if drawn:
        told = {
            name: getattr(drawn, name) for name in ("title", "unit", "total", "alt", "crossings", "rural")
        }
        bare["map"] = {**told, "signs": [asdict(sign) for sign in drawn.signs]}
    dated = bare.pop("dated")
    said: dict[str, Any] = _set(bare)
    return {**said, "command": sheet.command_for(suffix), "dated": [dated.year, dated.month, dated.day]}


def _set(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.startswith("#") else french(value)
    if isinstance(value, Mapping):
        return {name: _set(item) for name, item in value.items()}
    return [_set(item) for item in value] if isinstance(value, list | tuple) else value


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return a sheet as a PDF that conforms to PDF/UA-1; the same sheet gives the same bytes."""
    content = plain(sheet, ".pdf")
    colors = {"ink": LIGHT.ink, "acc": LIGHT.acc, "accs": LIGHT.accs, "sig": LIGHT.sig, "sigs": LIGHT.sigs,
              "qpv": LIGHT.qpv, "mut": PRINT["print_secondary"], "line": PRINT["print_hairline"],
              "circle": PRINT["print_circle_other"], "blank": PRINT["print_blank"],
              "dot": PRINT["print_secret_dot"]}  # fmt: skip
    year, month, day = content["dated"]
    with TemporaryDirectory() as folder:
        template = Path(folder) / "sheet.typ"
        template.write_bytes((files("dashboards.sheets") / "sheet.typ").read_bytes())
        if sheet.map is not None:
            (Path(folder) / "map.svg").write_bytes(sheet.map.svg)
        compiled = typst.compile(
            str(template), root=folder, format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True,
            font_paths=[str(files("dashboards.prints") / "fonts")],
            sys_inputs={"sheet": json.dumps(content, ensure_ascii=False, sort_keys=True),
                        "colors": json.dumps(colors, sort_keys=True)},
            timestamp=int(datetime(year, month, day, tzinfo=UTC).timestamp()),
        )  # fmt: skip
    return bytes(compiled or b"")
