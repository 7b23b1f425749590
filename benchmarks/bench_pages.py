"""The dashboard under its users: first paint of a page, change of filter with 1 and 20 users, memory.

Linux only (memory is read in /proc); needs the browser of the tests. `python -m benchmarks.bench_pages`.
"""

import argparse
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dashboards.pages import PAGES

_CODE = "from dashboards.cli import main; main()"
CHANGES = {
    "/territoires": ("?an=2014", "?an=2015", "?an=2016&niveau=commune", "?an=2016&mesure=actions"),
    "/cooperations": ("?an=2014", "?an=2015", "?an=2016&axe=II", "?an=2016&dessin=projete"),
    "/evaluation": ("?question=1", "?question=2", "?question=3", "?question=4"),
}
"""Addresses that stand for a change of filter, by page."""
READY_S = 240.0
_PAINT = """() => new Promise(done => {
    const painted = list => done(list.getEntries().at(-1).startTime);
    new PerformanceObserver(painted).observe({type: 'largest-contentful-paint', buffered: true});
    setTimeout(() => done(NaN), 3000);
})"""


def run(store: str | None, workers: int, repeats: int) -> None:
    """Serve a store, or the demonstration made for the purpose, and print the figures."""
    with tempfile.TemporaryDirectory() as name, served(store, Path(name), workers) as (address, process):
        print(f"{workers} processus, {os.cpu_count()} cœurs")
        with sync_playwright() as player:
            browser = player.chromium.launch(executable_path=_chromium())
            for page in PAGES:
                _paint(browser, address, page.path, repeats)
            browser.close()
        for path, changes in CHANGES.items():
            addresses = [f"{address}{path}{change}" for change in changes]
            for users in (1, 20):
                waits = sorted(_load(address, addresses, users, repeats))
                _tell(f"{path} : changement de filtre, {users} utilisateur{'s' if users > 1 else ''}", waits)
        for megabytes in _workers_memory(process.pid):
            print(f"Mémoire d’un processus : {megabytes:.0f} Mio (part propre)")


def _tell(what: str, waits: list[float]) -> None:
    high = waits[min(len(waits) - 1, int(0.95 * len(waits)))]
    print(
        f"{what} : médiane {statistics.median(waits):.0f} ms, 95 % sous {high:.0f} ms ({len(waits)} mesures)"
    )


def _paint(browser: Browser, address: str, path: str, repeats: int) -> None:
    """Print the time until the title of a page stands, in a browser that has nothing of ours in store."""
    times, drawn = [], []
    for _ in range(repeats):
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        start = time.perf_counter()
        page.goto(f"{address}{path}")
        page.wait_for_selector("main h1")
        times.append((time.perf_counter() - start) * 1000)
        drawn.append(float(page.evaluate(_PAINT)))
        page.close()
    print(f"{path} : titre en {statistics.median(times):.0f} ms, plus grand élément peint à "
          f"{statistics.median(drawn):.0f} ms (médianes de {repeats})")  # fmt: skip


def _load(address: str, addresses: list[str], users: int, repeats: int) -> list[float]:
    """Return how long each change of filter waited, in milliseconds; users act together without a pause."""
    waits: list[float] = []
    failures: list[str] = []

    def act(user: int) -> None:
        for turn in range(repeats * 2):
            start = time.perf_counter()
            try:
                _change(address, addresses[(user + turn) % len(addresses)])
            except OSError as error:
                failures.append(str(error))
            waits.append((time.perf_counter() - start) * 1000)

    threads = [threading.Thread(target=act, args=(number,)) for number in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise SystemExit(f"{len(failures)} demandes ont échoué : {failures[0]}")
    return waits


def _change(address: str, asked: str) -> None:
    """Ask for a page as the browser does when the address changes."""
    output = "page.children"
    body = {
        "output": output,
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": "url", "property": "href", "value": asked},
            {"id": "remade", "property": "data", "value": None},
        ],
        "changedPropIds": ["url.href"],
        "parsedChangedPropsIds": ["url.href"],
    }
    request = urllib.request.Request(
        f"{address}/_dash-update-component",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Accept-Encoding": "gzip", "Origin": address},
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        answer.read()


@contextmanager
def served(store: str | None, folder: Path, workers: int) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Start the real server and wait until its indicators are there; yield its address and process."""
    environment = os.environ | {f"XDG_{name}_HOME": str(folder) for name in ("DATA", "STATE", "CACHE")}
    if store is None:
        made = [sys.executable, "-c", _CODE, "demo", "--no-serve", "--out", str(folder / "out")]
        subprocess.run(made, env=environment, check=True, capture_output=True)
        store = f"sqlite:///{next(folder.rglob('demo.sqlite'))}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", _CODE, "--store", store, "serve", "--port", str(port)]
    process = subprocess.Popen([*command, "--workers", str(workers)], env=environment, start_new_session=True)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for_indicators(address, folder)
        yield address, process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _wait_for_indicators(address: str, folder: Path) -> None:
    start = time.perf_counter()
    while time.perf_counter() - start < READY_S:
        try:
            with urllib.request.urlopen(f"{address}/sante", timeout=5):
                break
        except OSError:
            time.sleep(0.2)
    print(f"Le serveur répond après {time.perf_counter() - start:.1f} s")
    while time.perf_counter() - start < READY_S and not list(folder.rglob("*.evaluation")):
        time.sleep(0.5)
    print(f"Les indicateurs sont là après {time.perf_counter() - start:.1f} s")


def _workers_memory(parent: int) -> list[float]:
    """Return the memory of each worker in mebibytes, what is shared counted for its part (Linux)."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    found = []
    for child in children:
        for line in Path(f"/proc/{child}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                found.append(int(line.split()[1]) / 1024)
    return found


def _chromium() -> str | None:
    from shutil import which

    return which("chromium") or which("google-chrome")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Mesures du tableau de bord.")
    parser.add_argument("--store", help="base à servir ; sans elle, la démonstration")
    parser.add_argument("--workers", type=int, default=2, help="processus du serveur")
    parser.add_argument("--repeats", type=int, default=5, help="tours de chaque mesure")
    given = parser.parse_args()
    run(given.store, given.workers, given.repeats)


if __name__ == "__main__":
    main()
