"""The territorial indicators once more, the plain way: sets and sums read off `indicators.md`."""

import math
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

Data = dict[str, Any]
Name = tuple[str, str, frozenset[tuple[str, str]]]
Told = Iterator[tuple[Name, float | None]]


def name(indicator: str, measure: str, **params: str) -> Name:
    """Return the identity of a value."""
    return indicator, measure, frozenset(params.items())


def ratio(part: float, whole: float) -> float | None:
    """Return a quotient; None without denominator."""
    return part / whole if whole else None


class Plain:
    """A data set and what may be counted in it, without any of the code that is tested."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.communes: Data = data["communes"]
        self.quarters: Data = data["qpv"]
        self.years: list[str] = data["annees"]
        self.wide = {a for a, row in data["actions"].items() if row.get("ubiquitaire")}
        self.people = {q: row["pop"] for q, row in self.quarters.items()}
        for code, row in self.communes.items():
            inside = sum(q["pop"] for q in self.quarters.values() if q["commune"] == code)
            self.people[code] = row["pop"] - inside
        self.home = {c: c for c in self.communes} | {q: row["commune"] for q, row in self.quarters.items()}

    def within(self, place: str) -> set[str]:
        """Return the communes of a territory; none for a quarter."""
        if place == "R":
            return set(self.communes)
        for key in ("syndicat_mixte", "collectivites"):
            if place in self.data[key]:
                told = self.data[key][place]
                return set(told["communes"] if key == "collectivites" else told)
        return {c for c, row in self.communes.items() if place in (c, row["dep"], row["epci"])}

    def cells(self, place: str) -> set[str]:
        """Return the quarters and rests of communes of a territory."""
        if place in self.quarters:
            return {place}
        inside = self.within(place)
        return {cell for cell, commune in self.home.items() if commune in inside}

    def territories(self) -> list[tuple[str, str]]:
        """Return level and code of the lines of a table."""
        groups = {row["epci"] for row in self.communes.values() if row["epci"]}
        found = [("R", "R"), *(("D", d) for d in {row["dep"] for row in self.communes.values()})]
        return [*found, *(("E", e) for e in {*groups, "Z", *self.data["collectivites"]})]

    def places(self, action: str, years: Iterable[str]) -> list[Data]:
        """Return the places of an action; where nobody was reached, it was not."""
        rows = [row for year in years for row in self.data["lieux"].get(year, {}).get(action, [])]
        return [row for row in rows if not (row["degre"] == "atteint" and row["beneficiaires"] == 0)]

    def reported(self, years: Iterable[str]) -> bool:
        """Tell whether 60 % of the reports of each year were received."""
        for year in years:
            rows = [row["recu_le"] is not None for row in self.data["bilans"] if row["annee"] == year]
            if rows and sum(rows) / len(rows) < 0.6:
                return False
        return True

    def spread(self, place: str) -> dict[str, float]:
        """Return the share of each cell of a territory, by population."""
        inside = self.cells(place)
        whole = sum(self.people[cell] for cell in inside)
        return {cell: self.people[cell] / whole for cell in inside}

    def shares(self, action: str, year: str) -> dict[str, float]:
        """Return the share of an action by cell: declared, else by beneficiaries, else by population."""
        if action in self.wide:
            return self.spread("R")
        rows = self.places(action, [year])
        targeted = [row for row in rows if row["degre"] == "cible"]
        reached = [row for row in rows if row["degre"] == "atteint"]
        if targeted and all(row.get("part") is not None for row in targeted):
            portions = [(row["territoire"], row["part"]) for row in targeted]
        elif reached and all(row["beneficiaires"] is not None for row in reached):
            count = sum(row["beneficiaires"] for row in reached)
            portions = [(row["territoire"], row["beneficiaires"] / count) for row in reached]
        else:
            union = {cell for row in targeted or reached for cell in self.cells(row["territoire"])}
            whole = sum(self.people[cell] for cell in union)
            return {cell: self.people[cell] / whole for cell in union}
        found: dict[str, float] = {}
        for place, portion in portions:
            for cell, share in self.spread(place).items():
                found[cell] = found.get(cell, 0) + portion * share
        return found

    def paid(self, year: str) -> dict[str, float]:
        """Return the known payments of each action of a year."""
        found: dict[str, float] = {}
        for row in self.data["financements"]:
            if (row["annee"], row["nature"]) == (year, "paye") and row["montant"] is not None:
                found[row["action"]] = found.get(row["action"], 0) + row["montant"]
        return found

    def coverage(self) -> Told:
        """Yield T01, T02 and T03."""
        for label, years in [*((year, [year]) for year in self.years), ("all", self.years)]:
            known = self.reported(years)
            rows = [row for a in self.data["actions"] if a not in self.wide for row in self.places(a, years)]
            targeted = [row["territoire"] for row in rows if row["degre"] == "cible"]
            for places, named in (
                ("cible", targeted),
                ("cible+atteint", [row["territoire"] for row in rows]),
            ):
                whole = {c for place in named for c in self.within(place)}
                parts = {place for place in named if place in self.quarters}
                for level, territory in self.territories():
                    params = {"year": label, "level": level, "territory": territory, "places": places}
                    yield from self._covered("T01", self.within(territory), whole, parts, params, known=known)
                    for zone, told in (("zrr", True), ("non_zrr", False)):
                        inside = {c for c in self.within(territory) if self.communes[c]["zrr"] is told}
                        yield from self._covered(
                            "T03", inside, whole, parts, params | {"zone": zone}, known=known
                        )
            reached = {row["territoire"] for row in rows if row["degre"] == "atteint"}
            around = {c for place in targeted for c in self.within(place)}
            included = {q for q in self.quarters if q in targeted or self.home[q] in around}
            for degree, met in (("cible", set(targeted)), ("inclus", included), ("atteint", reached)):
                for level, territory in self.territories():
                    inside = {q for q in self.quarters if self.home[q] in self.within(territory)}
                    params = {"year": label, "level": level, "territory": territory, "degree": degree}
                    people = sum(self.people[q] for q in inside), sum(self.people[q] for q in inside & met)
                    share = ratio(len(inside & met), len(inside)) if known else None
                    yield name("T02", "share_qpv", **params), share
                    yield (
                        name("T02", "share_population", **params),
                        ratio(people[1], people[0]) if known else None,
                    )

    def _covered(
        self,
        indicator: str,
        inside: set[str],
        whole: set[str],
        parts: set[str],
        params: dict[str, str],
        *,
        known: bool,
    ) -> Told:
        touched = inside & (whole | {self.home[q] for q in parts})
        every = sum(self.communes[c]["pop"] for c in inside)
        people = sum(self.communes[c]["pop"] for c in touched)
        alone = sum(self.people[q] for q in parts if self.home[q] in inside - whole)
        strict = sum(self.communes[c]["pop"] for c in inside & whole) + alone
        told = {
            "share_communes": ratio(len(touched), len(inside)),
            "share_population": ratio(people, every),
            "share_population_strict": ratio(strict, every),
        }
        for measure, value in told.items():
            yield name(indicator, measure, **params), value if known else None

    def money(self) -> Told:
        """Yield T04, T06 and the Gini of T08, for the years in which something of known amount was paid."""
        for year in self.years:
            paid, known = self.paid(year), self.reported([year])
            if not paid:
                continue
            shares = {action: self.shares(action, year) for action in paid}
            for run in ("with", "without"):
                local = [action for action in paid if run == "with" or action not in self.wide]
                on = {cell: sum(paid[a] * shares[a].get(cell, 0) for a in local) for cell in self.people}
                params = {"year": year, "ubiquitous": run}
                lost = sum(paid[a] for a in local if not shares[a])
                yield name("T06", "total_located", **params), sum(on.values()) if known else None
                yield name("T06", "total_unlocated", **params), lost if known else None
                yield (
                    name("T08", "gini", **params, level="R", territory="R"),
                    self._gini(on) if known else None,
                )
                for level, territory in [*self.territories(), *(("K", c) for c in self.communes)]:
                    inside = self.cells(territory)
                    amount, people = (sum(of[cell] for cell in inside) for of in (on, self.people))
                    here = params | {"level": level, "territory": territory}
                    yield name("T06", "amount", **here), amount if known else None
                    yield name("T06", "per_inhabitant", **here), amount / people if known else None
                    if level != "K":
                        yield from self._zones(on, inside, here, known=known)

    def _zones(self, on: dict[str, float], inside: set[str], here: dict[str, str], *, known: bool) -> Told:
        rural = {cell for cell in self.people if self.communes[self.home[cell]]["zrr"]}
        zones = {"qpv": set(self.quarters), "union": rural | set(self.quarters)}
        if any(row["zrr"] for row in self.communes.values()):
            zones["zrr"] = rural
        amount, people = (sum(of[cell] for cell in inside) for of in (on, self.people))
        for zone, cells in zones.items():
            part, living = (sum(of[cell] for cell in inside & cells) for of in (on, self.people))
            share = part / amount if amount and living and known else None
            params = here | {"zone": zone}
            yield name("T04", "amount", **params), part if amount and known else None
            yield name("T04", "share", **params), share
            yield name("T04", "index", **params), None if share is None else share / (living / people)

    def _gini(self, on: dict[str, float]) -> float | None:
        whole = sum(on.values())
        people = {c: row["pop"] for c, row in self.communes.items()}
        amounts = {c: sum(on[cell] for cell in self.cells(c)) for c in people}
        first = [(p, amounts[c] / p) for c, p in people.items()]
        spread = sum(p * q * abs(m - n) for p, m in first for q, n in first)
        return spread / (2 * sum(people.values()) * whole) if whole else None

    def local(self) -> Told:
        """Yield T11."""
        start = self.years[0]
        for year in self.years:
            for level, territory in self.territories():
                if level == "R":
                    continue
                params = {"year": year, "level": level, "territory": territory}
                here = self._operators(year, territory)
                names = {o for operators in here for o in operators}
                links = {pair for operators in here for pair in combinations(sorted(operators), 2)}
                known = self.reported([year]) and year in self.data["participe"]
                seats = sum(self.data["operateurs"][o].get("siege") in self.within(territory) for o in names)
                pairs = math.comb(len(names), 2)
                told = {
                    "operators": len(names),
                    "links": len(links),
                    "density": ratio(len(links), pairs) if len(names) >= 3 else None,
                    "share_local_seat": ratio(seats, len(names)),
                }
                for measure, value in told.items():
                    yield name("T11", measure, **params), value if known else None
                if year != start:
                    before = {o for operators in self._operators(start, territory) for o in operators}
                    new = ratio(len(names - before), len(names))
                    yield (
                        name("T11", "share_new_operators", **params, t0=start),
                        (new if known and self.reported([start]) else None),
                    )

    def _operators(self, year: str, territory: str) -> list[list[str]]:
        found = []
        for action, operators in self.data["participe"].get(year, {}).items():
            rows = self.places(action, [year])
            rows = [row for row in rows if row["degre"] == "cible"] or rows
            inside = any(self.cells(row["territoire"]) & self.cells(territory) for row in rows)
            if inside and action not in self.wide and self.data["actions"][action].get("codee", True):
                found.append(operators)
        return found
