"""The rules of accessibility that a page breaks, frames included."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "assets" / "axe.min.js"


def violations(page: Page) -> list[str]:
    """Return the rules of axe that the page and its frames break."""
    script = AXE.read_text(encoding="utf-8")
    found = []
    for frame in page.frames:
        frame.evaluate(script)
        result = frame.evaluate(
            "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21aa','wcag22aa','best-practice']})"
        )
        found += [
            f"{frame.url}: {rule['id']} {[node['html'][:120] for node in rule['nodes'][:3]]}"
            for rule in result["violations"]
        ]
    return found
