"""From what people write to a territory: codes, names however spelt, usual names, former communes."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import Literal

from geodata.movements import Movement, load_movements
from geodata.reference.files import read_table
from geodata.territories import Territories, load_reference
from geodata.territory import LEVEL_FRENCH, Level, Territory
from graphmodel.errors import UsageError

How = Literal["code", "name", "usual_name", "short_name", "part", "former_code", "former_name"]
"""By what the territory was found, the surest first."""

_RANK: dict[str, int] = {
    "code": 0, "name": 1, "usual_name": 1, "short_name": 2, "part": 3, "former_code": 3, "former_name": 3
}  # fmt: skip
_AGGLOMERATION = " agglomeration"
_ARTICLES = ("le ", "la ", "les ", "l ", "aux ", "las ", "los ")
_EPCI_KIND = re.compile(
    r"^(communaute (de communes|d agglomeration|urbaine)|metropole|cc|ca|cu) ((de la|de l|du|des|de|d) )?"
)
_ON = re.compile(r"\bs/(?=[^/]*$)", re.IGNORECASE)
"""« Romans s/ Isère »."""
_SPELT = {
    "st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "arr": "arrondissement",
    "arrt": "arrondissement", "agglo": "agglomeration", "dept": "departement", "dpt": "departement",
}  # fmt: skip
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_POSTAL = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8])\s?\d{3}")
_POLITE = re.compile(
    r"^(le |la |l )?(ville|commune|departement|region|conseil (general|departemental|regional)) "
    r"((de la|de l|du|des|de|d) )?"
)
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A territory found for a text.

    Attributes
    ----------
    query
        What was asked.
    territory
        What it is today.
    how
        By what it was found.
    note
        French sentence when the text names something else than the territory of today (former commune,
        arrondissement, usual name); None otherwise.
    others
        Less sure readings of the same text, in French: a former « Roche » beside today's.
    """

    query: str
    territory: Territory
    how: How
    note: str | None = None
    others: tuple[str, ...] = ()


class UnknownNameError(UsageError):
    """No territory answers to a text; `suggestions` are the nearest names."""

    def __init__(self, query: str, suggestions: Iterable[str]) -> None:
        self.query, self.suggestions = query, tuple(suggestions)
        if not normalize(query):
            super().__init__("Le nom du territoire est vide : donnez un nom ou un code.")
            return
        text = f"Aucun territoire ne s’appelle « {query} »."
        if _POSTAL.fullmatch(query.strip()):
            text += " Si c’est un code postal, donnez le nom de la commune ou son code INSEE."
        if self.suggestions:
            text += " Vouliez-vous dire : " + ", ".join(f"« {name} »" for name in self.suggestions) + " ?"
        super().__init__(text)


class AmbiguousNameError(UsageError):
    """Several territories answer to a text; `matches` are all of them."""

    def __init__(self, query: str, matches: Iterable[NameMatch]) -> None:
        self.query, self.matches = query, tuple(matches)
        lines = [f"Plusieurs territoires répondent à « {query} » : précisez par le code."]
        lines += [f"- {_described(match)}" for match in self.matches]
        super().__init__("\n".join(lines))


def normalize(text: str) -> str:
    """Return a text as it is compared: lower case, no accent, « st » spelt out, one space between words."""
    spelt = _ON.sub(" sur ", text)
    folded = unicodedata.normalize("NFKD", spelt).casefold().replace("œ", "oe").replace("æ", "ae")
    plain = unicodedata.normalize("NFKD", folded)
    letters = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join(_SPELT.get(word, word) for word in letters.split() if word != "cedex")


class Gazetteer:
    """Every name by which a territory can be asked for.

    Parameters
    ----------
    territories
        Territories to find; added perimeters are found by name and code too.
    """

    def __init__(self, territories: Territories) -> None:
        self._territories = territories

    def resolve(self, query: str, *, level: Level | None = None, departement: str | None = None) -> NameMatch:
        """Return the territory a text names.

        Parameters
        ----------
        query
            Code or name; « Saint-Paul (73) » and « Saint-Paul, Savoie » say the département.
        level, departement
            Keep only the territories of that level, of that département.

        Raises
        ------
        UnknownNameError
            When nothing answers; it suggests the nearest names.
        AmbiguousNameError
            When several territories answer equally well; it lists them with their département.
        """
        matches = self.search(query, level=level, departement=departement)
        if not matches:
            raise UnknownNameError(query, self.suggest(query))
        best = [match for match in matches if _RANK[match.how] == _RANK[matches[0].how]]
        if len({match.territory.key for match in best}) > 1:
            raise AmbiguousNameError(query, best)
        others = [match for match in matches if match not in best]
        return replace(best[0], others=tuple(_described(match) for match in others))

    def search(self, query: str, *, level: Level | None = None,
               departement: str | None = None) -> list[NameMatch]:  # fmt: skip
        """Return every territory a text can name, the surest first; empty when there is none."""
        text, place = _split_place(query, self._places)
        place = departement or place
        found = [*self._by_code(text), *self._named(text)]
        if not found and place is not None and departement is None:
            found, place = self._named(query), None
        kept: dict[str, NameMatch] = {}
        for match in sorted(found, key=lambda match: (_RANK[match.how], match.territory.key)):
            territory = match.territory
            if level in (None, territory.level) and place in (None, territory.departement):
                kept.setdefault(territory.key, replace(match, query=query))
        return list(kept.values())

    def _named(self, text: str) -> list[NameMatch]:
        """Return what a name means, as it is or without « la ville de », an article, a legal kind."""
        asked = normalize(text)
        bare = next((asked.removeprefix(one) for one in _ARTICLES if asked.startswith(one)), asked)
        for key in (asked, _POLITE.sub("", asked), bare):
            if key in self._index:
                return self._index[key]
        without_kind = _EPCI_KIND.sub("", bare).removesuffix(_AGGLOMERATION)
        if without_kind == bare:
            return []
        return [match for match in self._index.get(without_kind, []) if match.territory.level == "epci"]

    def suggest(self, query: str, count: int = 5) -> list[str]:
        """Return the names nearest to a text that names nothing."""
        asked = normalize(query)
        if not asked:
            return []
        longer = sorted((key for key in self._index if f" {key}".find(f" {asked} ") >= 0), key=len)
        close = get_close_matches(asked, list(self._index), n=count, cutoff=0.75)
        labels = [self._index[key][0].territory.label for key in [*longer[:count], *close]]
        return list(dict.fromkeys(labels))[:count]

    @cached_property
    def _places(self) -> dict[str, str]:
        """Code of each département, by its code and its name."""
        frame = self._territories.frame("departement")
        names = zip(frame["name"], frame["code"], strict=True)
        return {normalize(name): code for name, code in names} | {code: code for code in frame["code"]}

    @cached_property
    def _known(self) -> dict[tuple[str, str], Territory]:
        """Every territory by level and code."""
        found: dict[tuple[str, str], Territory] = {}
        for level in self._territories.levels:
            for territory in self._territories.every(level):
                found[level, territory.code] = territory
        return found

    @cached_property
    def _index(self) -> dict[str, list[NameMatch]]:
        """Matches by normalised name."""
        index: dict[str, list[NameMatch]] = defaultdict(list)
        for names in (self._own_names(), self._usual_names(), self._part_names(), self._former_names()):
            for name, match in names:
                index[normalize(name)].append(match)
        return dict(index)

    def _own_names(self) -> Iterator[tuple[str, NameMatch]]:
        """Yield the names territories bear today, with and without article or legal kind."""
        others = {row["code"]: row["other_names"].split("|") for row in read_table("epci")}
        for (level, code), territory in self._known.items():
            match, short = NameMatch("", territory, "name"), NameMatch("", territory, "short_name")
            for name in [territory.name, *(others[code] if level == "epci" else [])]:
                yield from ((variant, match) for variant in _variants(name))
                if level == "epci":
                    yield from ((variant, short) for variant in _without_kind(name))

    def _usual_names(self) -> Iterator[tuple[str, NameMatch]]:
        """Yield usual names and acronyms, from their table."""
        for row in read_table("usual_names"):
            territory = self._known[row["level"], row["code"]]
            note = f"« {row['name']} » : {territory.name}" + (f" ({row['note']})." if row["note"] else ".")
            for variant in _variants(row["name"]):
                yield variant, NameMatch("", territory, "usual_name", note)

    def _part_names(self) -> Iterator[tuple[str, NameMatch]]:
        """Yield arrondissements and delegated communes, which stand for their commune."""
        for row in read_table("parts"):
            territory = self._known["commune", row["parent"]]
            if row["kind"] == "arrondissement":
                note = f"{row['name']} : arrondissement {_of(territory.name)}."
                names = _arrondissement_names(territory.name, int(row["code"][-2:]) % 80)
            else:
                word = "déléguée" if row["kind"] == "delegated" else "associée"
                note = f"{row['name']} : commune {word} {_of(territory.name)}."
                names = [row["name"]]
            for name in names:
                for variant in _variants(name):
                    yield variant, NameMatch("", territory, "part", note)

    def _former_names(self) -> Iterator[tuple[str, NameMatch]]:
        """Yield names borne since 1943 by communes that became others."""
        moves = load_movements()
        for move in moves.rows:
            after = move.to_code if move.kind != "name" else move.from_code
            for code in moves.successors(after, move.date):
                territory = self._known.get(("commune", code))
                if territory is not None and normalize(territory.name) != normalize(move.from_name):
                    match = NameMatch("", territory, "former_name", _became(move, territory))
                    for variant in _variants(move.from_name):
                        yield variant, match

    def _by_code(self, text: str) -> Iterator[NameMatch]:
        """Yield what a code names: present, part of a commune, or former; `1004` reads `01004`."""
        code = text.strip().upper()
        if code.isdigit() and len(code) in (1, 4):
            code = f"0{code}"
        own = [territory for (_, known), territory in self._known.items() if known.upper() == code]
        yield from (NameMatch("", territory, "code") for territory in own)
        if any(territory.level == "commune" for territory in own):
            return
        for row in read_table("parts"):
            if row["code"] == code:
                territory = self._known["commune", row["parent"]]
                yield NameMatch(
                    "", territory, "part", f"{row['name']} ({code}) fait partie de {territory.name}."
                )
                return
        move = load_movements().last(code)
        for present in load_movements().successors(move.to_code, move.date) if move else ():
            territory = self._known.get(("commune", present))  # type: ignore[assignment]
            if move is not None and territory is not None:
                yield NameMatch("", territory, "former_code", _became(move, territory))


@lru_cache(maxsize=1)
def reference_gazetteer() -> Gazetteer:
    """Return the gazetteer of the reference, built once."""
    return Gazetteer(load_reference())


def resolve(query: str, *, level: Level | None = None, departement: str | None = None) -> NameMatch:
    """Return the territory of the reference a text names; see `Gazetteer.resolve`."""
    return reference_gazetteer().resolve(query, level=level, departement=departement)


def _split_place(query: str, places: dict[str, str]) -> tuple[str, str | None]:
    """Return the text and the département said after it, in brackets or after a comma."""
    found = re.fullmatch(r"(.+?)\s*(?:\(([^()]+)\)|,\s*([^,]+))\s*", query)
    if found:
        place = places.get(normalize(found[2] or found[3]))
        if place is not None:
            return found[1], place
    return query, None


def _variants(name: str) -> set[str]:
    """Return the forms of a name people use: whole, without brackets or article, the acronym in brackets."""
    forms = {normalize(name), normalize(re.sub(r"\([^)]*\)", " ", name))}
    forms.update(normalize(acronym) for acronym in re.findall(r"\(([^)]*)\)", name))
    for form in list(forms):
        forms.update(form.removeprefix(article) for article in _ARTICLES if form.startswith(article))
    return {form for form in forms if form}


def _without_kind(name: str) -> set[str]:
    """Return the forms of the name of an EPCI without its legal kind: « Diois », « Lyon »."""
    bare = {_EPCI_KIND.sub("", form) for form in _variants(name)}
    return (bare | {form.removesuffix(_AGGLOMERATION) for form in bare}) - _variants(name)


def _arrondissement_names(city: str, number: int) -> list[str]:
    """Return the ways to write an arrondissement: « Lyon 3 », « Lyon 3e », « Lyon 3ème arrondissement »…"""
    ends = ["er"] if number == 1 else ["e", "eme", "ieme"]
    numbers = [str(number), f"{number:02d}", *(f"{number}{end}" for end in ends)]
    numbers += [_ROMAN[number - 1]] if number <= len(_ROMAN) else []
    short = [f"{city} {text}" for text in numbers]
    long = [f"{name} arrondissement" for name in short]
    return [*short, *long, *(f"{text} arrondissement de {city}" for text in numbers)]


def _became(move: Movement, territory: Territory) -> str:
    """Return the French sentence that says what a former commune has become."""
    year, month, day = move.date.split("-")
    date = year if move.dated == "year" else f"{_day(day)} {_MONTHS[int(month) - 1]} {year}"
    on, since = ("en ", "") if move.dated == "year" else ("le ", "le ")
    if move.kind == "name":
        text = f"{move.from_name} s’appelle {move.to_name} depuis {since}{date}"
    elif move.kind == "code" and move.to_name == move.from_name:
        text = f"{move.from_name} ({move.from_code}) porte le code {move.to_code} depuis {since}{date}"
    else:
        text = f"{move.from_name} est devenue {move.to_name} {on}{date}"
    return f"{text}, aujourd’hui {territory.name}." if territory.name != move.to_name else f"{text}."


def _day(day: str) -> str:
    """Return a day of the month as French writes it."""
    return "1er" if day == "01" else str(int(day))


def _of(name: str) -> str:
    """Return « de » and a name, contracted: « du Haut-Bréda », « des Avenières », « d’Aix-les-Bains »."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"d’{name}" if normalize(name)[:1] in tuple("aeiouy") else f"de {name}"


def _described(match: NameMatch) -> str:
    """Return one line that tells a match from its namesakes."""
    territory = match.territory
    place = f", {territory.departement}" if territory.departement and territory.level != "departement" else ""
    note = f" — {match.note}" if match.note else ""
    return f"{territory.name} ({LEVEL_FRENCH[territory.level]} {territory.code}{place}){note}"
