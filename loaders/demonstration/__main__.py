"""`python -m loaders.demonstration`: draw the demonstration again and write its files."""

import sys
from pathlib import Path

from geodata.territories import load_reference
from loaders.convention import load_convention
from loaders.demonstration.assembly import demonstration_content
from loaders.demonstration.draw import SEED
from loaders.demonstration.files import (
    NEIGHBOURHOODS,
    RURAL,
    URBAN_UNITS,
    WORKBOOK,
    geojson_text,
    rural_text,
    urban_unit_text,
)
from loaders.demonstration.outlines import choose_rural_communes, draw_neighbourhoods, draw_urban_units
from loaders.demonstration.places import Zones
from loaders.template import write_template
from loaders.workbook import known_of_batches


def write(folder: Path) -> list[Path]:
    """Write the four files of the demonstration into a folder and return their paths."""
    territories = load_reference()
    names = {str(code): str(name) for code, name in territories.frame("commune")["name"].items()}
    outlines = draw_neighbourhoods(territories)
    rural = choose_rural_communes(territories)
    texts = {
        NEIGHBOURHOODS: geojson_text(outlines),
        RURAL: rural_text(rural, names),
        URBAN_UNITS: urban_unit_text(draw_urban_units(territories), names),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    zones = Zones({outline.code: outline.commune for outline in outlines}, rural)
    known = known_of_batches([load_convention()])
    codes = [code.replace("_", ".") for code in known.identifiers("Action")]
    content = demonstration_content(territories, zones)
    write_template(folder / WORKBOOK, content, lists=known.lists, actions=codes)
    return [folder / name for name in (*texts, WORKBOOK)]


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    print(f"Graine {SEED}")
    for path in write(target):
        print(f"{path.name} : {path.stat().st_size} octets")
