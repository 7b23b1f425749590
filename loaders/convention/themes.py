"""Transversal themes, priority sectors, publics and territories aimed at."""

from loaders.convention.citation import Citation, Entry
from loaders.convention.register import Register
from loaders.convention.statements import StatementEntry

_FILE = "themes_and_targets.yaml"


class ThemeEntry(Citation):
    """A theme that crosses the axes, and the body that leads it where the text says so."""

    id: str
    name: str
    led_by: str | None = None
    led_by_citation: Citation | None = None


class SectorEntry(Citation):
    """A sector the contract calls a priority."""

    id: str
    name: str


class TargetEntry(Citation):
    """A public or a territory aimed at; `axis` and `zonings` when the text ties it to them."""

    id: str
    name: str
    kind: str
    axis: str | None = None
    zonings: tuple[str, ...] = ()


class ThemesFile(Entry):
    """`themes_and_targets.yaml`."""

    themes: list[ThemeEntry]
    priority_sectors: list[SectorEntry]
    target_groups: list[TargetEntry]
    statements: tuple[StatementEntry, ...] = ()


def add_themes(register: Register, file: ThemesFile) -> None:
    """Add themes, priority sectors and target groups."""
    for theme in file.themes:
        if theme.led_by is not None:
            register.find(f"GovernanceBody:{theme.led_by}", _FILE)
        register.add("Theme", theme.id, {"led_by": theme.led_by}, name=theme.name, place=theme.place)
    for sector in file.priority_sectors:
        register.add("Sector", sector.id, {"priority": True}, name=sector.name, place=sector.place)
    for target in file.target_groups:
        values = {"kind": target.kind}
        node = register.add("TargetGroup", target.id, values, name=target.name, place=target.place)
        links = [f"Zoning:{scheme}" for scheme in target.zonings]
        if target.axis is not None:
            links.append(f"Axis:{target.axis}")
        register.relate("ABOUT", node, links, _FILE, place=target.place)
