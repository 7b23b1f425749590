"""The map of a measure against stock `folium.Choropleth` of the same values: bytes, time to make, to draw.

Both show euros per inhabitant of the same EPCI, then communes, with the same contours; both are opened in the
same browser, in turn. Stock folium asks the network for Leaflet: the copy of this package answers, and its
weight is counted for both. Its colour scale, which needs another library, is left out in its favour.

`python -m benchmarks.bench_maps` (Chromium: `MAILLAGE_CHROMIUM`, else the one that playwright finds).
"""

import argparse
import json
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

import folium
import pandas as pd
from playwright.sync_api import Browser, Route, sync_playwright

from dashboards.maps.bundle import ASSETS
from dashboards.maps.facts import PartyPerimeters
from dashboards.maps.ground import ground_data
from dashboards.maps.offline import save_map
from dashboards.maps.territories import Signs, TerritoryMap, territory_map
from dashboards.measured import Reading, Series
from dashboards.measures import MEASURES, Level
from dashboards.territory_units import units_of
from geodata.territories import load_reference

ROUNDS = 5
"""Openings of each page."""
YEAR = 2015
"""Year of the values drawn at random."""
_DRAWN = {"maillage": "html[data-ready=oui]", "folium.Choropleth": "path.leaflet-interactive"}
"""What is there once a page is drawn."""


def drawn_values(level: Level) -> dict[str, float]:
    """Return a value a unit, always the same, most of them small."""
    draw = random.Random(YEAR)
    return {code: round(draw.expovariate(2.0), 3) for code in units_of(level)}


def ours(level: Level, values: dict[str, float], folder: Path) -> Path:
    """Write the map of this package as one file, and return it."""
    readings = {code: Reading(value, "value" if value else "zero") for code, value in values.items()}
    series = Series(MEASURES[0], level, {YEAR: readings})
    nothing = Signs(PartyPerimeters((), (), ()), (), (), ())
    content = TerritoryMap(series, YEAR, "fixes", dict(units_of(level)), ground_data(), {}, nothing)
    path = folder / f"maillage-{level}.html"
    save_map(territory_map(content), path)
    return path


def stock(level: Level, values: dict[str, float], folder: Path) -> Path:
    """Write what `folium.Choropleth` makes of the same contours and values, and return it."""
    frame = load_reference().frame(level, ground_data().epci_vintage if level == "epci" else None)
    shapes = frame[["code", "name", "geometry"]].reset_index(drop=True)
    table = pd.DataFrame({"code": list(values), "value": list(values.values())})
    made = folium.Map(location=(45.2, 5.2), zoom_start=8, tiles=None)
    drawn = folium.Choropleth(
        geo_data=json.loads(shapes.to_json()), data=table, columns=["code", "value"],
        key_on="feature.properties.code", fill_color="YlGnBu", bins=5,
    )  # fmt: skip
    for name in [name for name in drawn._children if name.startswith("color_map")]:
        del drawn._children[name]
    drawn.add_to(made)
    path = folder / f"folium-{level}.html"
    made.save(path)
    return path


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield Chromium."""
    with sync_playwright() as kit:
        chromium = kit.chromium.launch(executable_path=os.environ.get("MAILLAGE_CHROMIUM"))
        yield chromium
        chromium.close()


def _answer(route: Route) -> None:
    """Answer what a page asks of the network from the bundled copies; nothing goes out."""
    address = route.request.url
    if address.endswith("leaflet.js"):
        route.fulfill(path=ASSETS / "leaflet" / "leaflet.js", content_type="text/javascript")
    elif address.endswith("leaflet.css"):
        route.fulfill(path=ASSETS / "leaflet" / "leaflet.css", content_type="text/css")
    elif address.startswith("file:"):
        route.continue_()
    else:
        route.fulfill(status=200, body="")


def opening(chromium: Browser, path: Path, drawn: str) -> float:
    """Return the seconds from the address to a drawn map, in a fresh context."""
    context = chromium.new_context(viewport={"width": 844, "height": 572})
    page = context.new_page()
    page.route("**/*", _answer)
    start = perf_counter()
    page.goto(path.as_uri(), wait_until="load")
    page.locator(drawn).first.wait_for(state="attached")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    took = perf_counter() - start
    context.close()
    return took


def made_in(make: Callable[[], Path]) -> tuple[Path, float]:
    """Return what a function writes, and the seconds it took the second time: grounds are kept."""
    make()
    start = perf_counter()
    path = make()
    return path, perf_counter() - start


def measure(chromium: Browser, level: Level, folder: Path) -> None:
    """Print the cost of both maps of a level."""
    values = drawn_values(level)
    print(f"{level} : {len(values)} territoires")
    pages = {
        "maillage": made_in(lambda: ours(level, values, folder)),
        "folium.Choropleth": made_in(lambda: stock(level, values, folder)),
    }
    times: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, (path, _) in pages.items():
            times[name].append(opening(chromium, path, _DRAWN[name]))
    leaflet = sum((ASSETS / "leaflet" / name).stat().st_size for name in ("leaflet.js", "leaflet.css"))
    for name, (path, seconds) in pages.items():
        size = path.stat().st_size + (0 if name == "maillage" else leaflet)
        low, middle, high = (1000 * of(times[name]) for of in (min, median, max))
        print(
            f"  {name:<18}{size / 1000:7.0f} ko, faite en {seconds * 1000:5.0f} ms, dessinée en "
            f"{middle:5.0f} ms ({low:.0f} à {high:.0f})"
        )


def run() -> None:
    """Measure and print."""
    with browser() as chromium, tempfile.TemporaryDirectory() as folder:
        measure(chromium, "epci", Path(folder))
        measure(chromium, "commune", Path(folder))


if __name__ == "__main__":
    argparse.ArgumentParser(prog="python -m benchmarks.bench_maps").parse_args()
    run()
