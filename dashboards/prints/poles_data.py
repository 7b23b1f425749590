"""What map M6 shows: the territorial poles of economic cooperation, their members and where they stand."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from dashboards import words
from dashboards.prints.ground import PrintGround
from graphmodel import ContractGraph, UsageError
from graphmodel.frames import known, records_of

Point = tuple[float, float]
"""Metres east and north in EPSG:2154."""


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation: its world, None when not said; where it stands, None when no place is known."""

    key: str
    world: str | None
    commune: str
    at: Point | None


@dataclass(frozen=True, slots=True)
class Pole:
    """A pole: its stage, its seat, the keys of its members of the year; None where not known."""

    key: str
    name: str
    stage: str | None
    at: Point | None
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolesMapData:
    """Everything map M6 says.

    Attributes
    ----------
    poles
        Poles that have members in the year, by name.
    members
        Their members, each once, by key.
    silent
        Names of the poles of which no member is known that year.
    year
        Year of the lists of members.
    fictional
        True when anything shown is fictional.
    """

    poles: tuple[Pole, ...]
    members: Mapping[str, Member]
    silent: tuple[str, ...]
    year: int
    fictional: bool

    @property
    def counts(self) -> Counter[str | None]:
        """Number of members that are drawn, by world; with `unplaced` the sum is that of the members."""
        return Counter(member.world for member in self.members.values() if member.at is not None)

    @property
    def unplaced(self) -> int:
        """Number of members of which no place is known."""
        return sum(member.at is None for member in self.members.values())

    @property
    def several(self) -> int:
        """Number of members that belong to several poles."""
        count = Counter(key for pole in self.poles for key in pole.members)
        return sum(number > 1 for number in count.values())


def poles_map_data(graph: ContractGraph, ground: PrintGround, year: int | None = None) -> PolesMapData:
    """Return what map M6 shows of a snapshot with one contract; None is the last year with members.

    Raises
    ------
    UsageError
        When no member of a pole is known, or none that year.
    """
    rows = graph.relationships("MEMBER_OF")
    rows = rows[(rows["target_label"] == "Ptce") & rows["year"].notna()]
    years = sorted({int(one) for one in rows["year"]})
    if not years:
        raise UsageError("Aucun PTCE n’a de membre connu : remplir la feuille « Membres des PTCE ».")
    shown = year if year is not None else years[-1]
    if shown not in years:
        raise UsageError(
            f"Aucun membre de PTCE connu pour {shown}. Années connues : {words.listed(map(str, years))}."
        )
    rows = rows[rows["year"] == shown]
    belongs: defaultdict[str, set[str]] = defaultdict(set)
    for source, target in zip(rows["source"], rows["target"], strict=True):
        belongs[str(target)].add(str(source))
    places = _Places(graph, ground)
    worlds = graph.nodes("Organisation")["world"]
    members = {
        key: Member(key, _text(worlds[key]), *places.of(key))
        for key in sorted(set().union(*belongs.values()))
    }
    poles, silent = [], []
    for row in records_of(graph.nodes("Ptce")):
        key, name = str(row["key"]), str(row["name"])
        if key in belongs:
            stage = _text(row.get("stage"))
            poles.append(Pole(key, name, stage, places.of(key)[1], tuple(sorted(belongs[key]))))
        else:
            silent.append(name)
    fictional = bool(rows["fictional"].any() or graph.nodes("Ptce")["fictional"].any())
    return PolesMapData(
        tuple(sorted(poles, key=lambda pole: pole.name)), members, tuple(sorted(silent)), shown, fictional
    )


def _text(cell: object) -> str | None:
    value = known(cell)
    return str(value) if value is not None else None


class _Places:
    """Tells where organisations and poles stand: their seat, else the middle of what they administer."""

    def __init__(self, graph: ContractGraph, ground: PrintGround) -> None:
        self._ground = ground
        territories = graph.nodes("Territory")
        self._levels, self._codes = territories["level"], territories["code"]
        self._seats: dict[str, set[str]] = defaultdict(set)
        for table in ("BASED_IN", "ADMINISTERS"):
            rows = graph.relationships(table)
            found: defaultdict[str, set[str]] = defaultdict(set)
            for source, target in zip(rows["source"], rows["target"], strict=True):
                found[str(source)].add(str(target))
            for source, targets in found.items():
                self._seats.setdefault(source, targets)

    def of(self, key: str) -> tuple[str, Point | None]:
        """Return the code of the place and its middle; empty and None when no place is known."""
        for territory in sorted(self._seats.get(key, ())):
            code, level = str(self._codes[territory]), str(self._levels[territory])
            shapes = {
                "commune": self._ground.communes, "epci": self._ground.epci,
                "departement": self._ground.departements,
            }.get(level)  # fmt: skip
            if shapes is not None and code in shapes:
                middle = shapes[code].representative_point()
                return code, (round(middle.x, 1), round(middle.y, 1))
        return "", None


def year_words(data: PolesMapData) -> str:
    """Return the number of poles and members of a year: « 5 pôles, 31 membres »."""
    poles = words.counted(len(data.poles), "pôle")
    return f"{poles}, {words.counted(len(data.members), 'membre')}"
