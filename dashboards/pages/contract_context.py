"""What « Contrat » shows: axes and actions, the two readings of who signs, money, bodies and attendance."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dashboards import view_data, words
from dashboards.pages.page import Settings, year_of
from graphmodel import ContractGraph
from graphmodel.frames import known, records_of

MINOR = "low"
"""Severity of the ambiguities that change nothing in who signs."""
MOST_MEETINGS = 3
HOLDER, TO_CONFIRM = "holder", "to_confirm"
_COMPLEMENT = re.compile(r",? (?:du|de la|de l’|de|des|chargée?|en charge|à)(?: |$)")
_MONEY = re.compile(r"montant|crédit|aides?\b|financ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis and its actions, in the annex's order."""

    key: str
    code: str
    name: str
    actions: tuple[view_data.ActionRow, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page of the convention says of a party: its name there, its persons, short and in full."""

    name: str | None
    persons: str | None
    full: str | None


@dataclass(frozen=True, slots=True)
class Party:
    """A party: both readings, kept apart, and the ambiguities that bear on it."""

    key: str
    name: str
    preamble: Reading
    signature: Reading
    references: tuple[tuple[str, str], ...]

    @property
    def differs(self) -> bool:
        """True when an ambiguity that matters bears on it."""
        return bool(self.references)


@dataclass(frozen=True, slots=True)
class Funder:
    """What the convention says a party pays: cents, None when it does not say."""

    key: str | None
    name: str
    amount: int | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its rhythm in words, and who came to each meeting of the year: present, invited or None."""

    key: str
    name: str
    rhythm: str
    meetings: tuple[tuple[str, int, int | None], ...]


@dataclass(frozen=True, slots=True)
class ContractContext:
    """Everything the page shows.

    Attributes
    ----------
    years, year
        Years that can be chosen; the one of the actors and the meetings, None without any.
    axes, parties, funders, bodies
        See their classes; `funded_year` is the year of what the convention pays.
    silent
        Number of parties of whom the convention says no amount.
    reported
        Amounts paid by axis in the year, as the reports say; cents.
    rules
        Statements of the convention on money: key and text.
    ambiguities
        Number of ambiguities, each with its rule.
    every_party
        True shows the parties whose readings agree too.
    selected
        The action to show in full; None for the two readings.
    """

    years: tuple[int, ...]
    year: int | None
    axes: tuple[Axis, ...]
    parties: tuple[Party, ...]
    funders: tuple[Funder, ...]
    funded_year: int | None
    silent: int
    reported: tuple[tuple[str, int], ...]
    rules: tuple[tuple[str, str], ...]
    bodies: tuple[Body, ...]
    ambiguities: int
    every_party: bool
    selected: view_data.ActionRow | None
    sources: tuple[str, ...]
    fictional: bool
    notices: tuple[str, ...] = ()
    title: str = field(default="")

    @property
    def total(self) -> int | None:
        """Sum, made by us, of the amounts the convention says; None when it says none."""
        said = [funder.amount for funder in self.funders if funder.amount is not None]
        return sum(said) if said else None


def context_of(graph: ContractGraph, settings: Settings) -> ContractContext:
    """Return what the page shows; settings that mean nothing here are ignored and named."""
    notices: list[str] = []
    years = view_data.years_of(graph)
    year = year_of(graph, settings, notices)
    rows = view_data.action_rows(graph, year) if year is not None else ()
    funders, funded_year = _funders(graph)
    parties = _parties(graph)
    pivot = graph.contract.get("pivot")
    counted = {funder.key for funder in funders}
    silent = [p for p in parties if p.key not in counted and not p.key.endswith(f"/{pivot}")]
    return ContractContext(
        years=years,
        year=year,
        axes=_axes(graph, rows),
        parties=parties,
        funders=funders,
        funded_year=funded_year,
        silent=len(silent),
        reported=_reported(graph, rows, year),
        rules=_rules(graph),
        bodies=_bodies(graph, year),
        ambiguities=len(graph.nodes("Ambiguity")),
        every_party=settings.get("parties") == "toutes",
        selected=_selected(settings.get("sel"), rows, notices),
        sources=view_data.source_parts(graph, year),
        fictional=graph.fictional,
        notices=tuple(notices),
        title=str(graph.contract.get("name", "")),
    )


def _selected(
    asked: str | None, rows: Iterable[view_data.ActionRow], notices: list[str]
) -> view_data.ActionRow | None:
    if not asked:
        return None
    code = view_data.action_code(asked.removeprefix("Action:"))
    found = next((row for row in rows if row.code == code), None)
    if found is None:
        notices.append(words.unknown_setting(asked))
    return found


def _axes(graph: ContractGraph, rows: Sequence[view_data.ActionRow]) -> tuple[Axis, ...]:
    by_axis: defaultdict[str, list[view_data.ActionRow]] = defaultdict(list)
    for row in rows:
        by_axis[row.axis].append(row)
    axes = [
        Axis(str(axis["key"]), str(axis["id"]), str(axis["name"]), tuple(by_axis[str(axis["id"])]))
        for axis in sorted(records_of(graph.nodes("Axis")), key=lambda axis: _position(axis.get("position")))
    ]
    if by_axis[""]:
        axes.append(Axis("", "", "Hors axe", tuple(by_axis[""])))
    return tuple(axes)


def _position(value: object) -> int:
    return value if isinstance(value, int) else 1_000


def _parties(graph: ContractGraph) -> tuple[Party, ...]:
    mandates = {str(row["key"]): row for row in records_of(graph.nodes("Mandate"))}
    held: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
    links = graph.relationships("REPRESENTED_BY")
    for who, mandate in zip(links["source"], links["target"], strict=True):
        if mandate in mandates:
            held[str(who)].append(mandates[str(mandate)])
    references = _references(graph)
    signed = set(graph.relationships("SIGNED")["source"])
    parties = []
    for row in records_of(graph.nodes("Organisation")):
        key = str(row["key"])
        if key in signed:
            preamble, signature = (_reading(row, held[key], page) for page in ("preamble", "signature"))
            parties.append(Party(key, str(row["name"]), preamble, signature, tuple(references[key])))
    return tuple(sorted(parties, key=lambda party: party.name))


def _text(value: object) -> str | None:
    return str(value) if value else None


def _reading(row: dict[str, object], mandates: Sequence[dict[str, object]], page: str) -> Reading:
    """Return what a page says: the holder first, then those who sign by delegation."""
    there = [one for one in mandates if one.get("source") == page]
    ranked = sorted(there, key=lambda one: (one.get("capacity") != HOLDER, str(one["key"])))
    short, full = (
        " ; ".join(_person(one, whole=whole, delegated=len(ranked) > 1) for one in ranked) or None
        for whole in (False, True)
    )
    return Reading(_text(row.get(f"{page}_name")), short, full)


def _person(mandate: dict[str, object], *, whole: bool, delegated: bool) -> str:
    """Return a person and a function; unless `whole`, cut short, and left out beside a delegate."""
    person, function = _text(mandate.get("person")), _text(mandate.get("function")) or ""
    holder = mandate.get("capacity") == HOLDER
    said = function if whole else _COMPLEMENT.split(function, maxsplit=1)[0]
    name = person or f"{words.quoted(said)}, non nommé"
    alone = holder and not delegated
    about = f", {said[0].lower()}{said[1:]}" if person and said and (alone or whole) else ""
    before = "" if holder else "délégation à "
    after = " (à confirmer)" if mandate.get("capacity") == TO_CONFIRM else ""
    return f"{before}{name}{about}{after}"


def _references(graph: ContractGraph) -> defaultdict[str, list[tuple[str, str]]]:
    """Ambiguities that matter, by organisation: identifier and key."""
    matter = {
        str(row["key"]): str(row["id"])
        for row in records_of(graph.nodes("Ambiguity"))
        if row.get("severity") != MINOR
    }
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    links = graph.relationships("ABOUT")
    for source, target in zip(links["source"], links["target"], strict=True):
        if source in matter:
            found[str(target)].append((matter[str(source)], str(source)))
    for one in found.values():
        one.sort()
    return found


def _funders(graph: ContractGraph) -> tuple[tuple[Funder, ...], int | None]:
    """What the convention says each of its funders pays, and of which year."""
    about = graph.relationships("ABOUT")
    of_contract = set(
        about[(about["source_label"] == "Funding") & (about["target_label"] == "Contract")]["source"]
    )
    names = view_data.short_actor_names(graph)
    payer = dict(
        zip(graph.relationships("FUNDS")["target"], graph.relationships("FUNDS")["source"], strict=True)
    )
    found, years = [], set()
    for row in records_of(graph.nodes("Funding")):
        key = str(row["key"])
        if key in of_contract and key in payer:
            amount = row.get("amount")
            said = int(amount) if isinstance(amount, int) else None
            who = str(payer[key])
            found.append(
                (_position(row.get("position")), Funder(who, names[who], said, bool(row.get("provisional"))))
            )
            years.add(row.get("year"))
    year = years.pop() if len(years) == 1 else None
    return tuple(funder for _, funder in sorted(found, key=lambda pair: pair[0])), year if isinstance(
        year, int
    ) else None


def _reported(
    graph: ContractGraph, rows: Sequence[view_data.ActionRow], year: int | None
) -> tuple[tuple[str, int], ...]:
    """Amounts paid in a year by axis, each funding counted once; nothing when no report says any."""
    axis_of = {row.key: row.axis for row in rows}
    about = graph.relationships("ABOUT")
    target = dict(zip(about["source"], about["target"], strict=True))
    sums: Counter[str] = Counter()
    for row in records_of(graph.nodes("Funding")):
        axis = axis_of.get(str(target.get(row["key"])))
        amount = row.get("amount")
        if (
            row.get("year") == year
            and row.get("kind") == "paid"
            and axis is not None
            and isinstance(amount, int)
        ):
            sums[axis] += amount
    return tuple(sorted((axis, amount) for axis, amount in sums.items() if axis))


def _rules(graph: ContractGraph) -> tuple[tuple[str, str], ...]:
    """Statements of the convention on money that bind all years."""
    return tuple(
        (str(row["key"]), str(row["text"]))
        for row in records_of(graph.nodes("Statement"))
        if row.get("kind") == "rule" and _MONEY.search(str(row.get("text") or ""))
    )


def _bodies(graph: ContractGraph, year: int | None) -> tuple[Body, ...]:
    meetings = {str(row["key"]): row for row in records_of(graph.nodes("Meeting"))}
    part_of = graph.relationships("PART_OF")
    of_body: defaultdict[str, list[str]] = defaultdict(list)
    for source, target in zip(part_of["source"], part_of["target"], strict=True):
        if source in meetings and getattr(meetings[str(source)].get("date"), "year", None) == year:
            of_body[str(target)].append(str(source))
    present, invited = (Counter(graph.relationships(kind)["target"]) for kind in ("ATTENDED", "INVITED_TO"))
    found = []
    for row in records_of(graph.nodes("GovernanceBody")):
        key = str(row["key"])
        held = sorted(of_body[key], key=lambda one: (str(meetings[one].get("date")), one))
        if held or known(row.get("minimum_per_year")):
            seen = tuple((one, present[one], invited[one] or None) for one in held)
            found.append(Body(key, str(row["name"]), rhythm(row), seen))
    return tuple(sorted(found, key=lambda body: (not body.meetings, body.name)))


_TIMES = ("aucune fois", "une fois", "deux fois", "trois fois", "quatre fois", "cinq fois", "six fois")


def rhythm(row: dict[str, object]) -> str:
    """Return how often a body is to meet, in words: « au moins deux fois par an, selon les besoins »."""
    least, most = row.get("minimum_per_year"), row.get("maximum_per_year")
    if not isinstance(least, int):
        return "fréquence non dite"
    if isinstance(most, int) and most != least:
        return f"{_times(least).removesuffix(' fois')} à {_times(most)} par an"
    weak = ", selon les besoins" if row.get("weak_obligation") else ""
    return f"au moins {_times(least)} par an{weak}"


def _times(count: int) -> str:
    return _TIMES[count] if count < len(_TIMES) else f"{count} fois"
