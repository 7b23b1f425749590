"""T12 to T16 once more, the plain way, read off `indicators.md`."""

from itertools import combinations

from tests.graphmodel.indicators.perturbed import CRITERIA
from tests.graphmodel.indicators.plain import Plain, Told, name, ratio


def needs(plain: Plain) -> Told:
    """Yield T12: the last status of each answer on 31 December, needs expressed by then."""
    data = plain.data
    for year in plain.years:
        day = f"{year}-12-31"
        answered = set()
        for need in data["besoins"]:
            last = {}
            for row in sorted(data["reponses"], key=lambda row: str(row["date"])):
                if row["besoin"] == need and row["date"] <= day:
                    last[row["action"]] = row["statut"]
            answered |= {need} if "operationnelle" in last.values() else set()
        for level, territory in [("R", "R"), *(("E", c) for c in data["collectivites"])]:
            here = [
                need for need, row in data["besoins"].items()
                if row["date"] <= day and territory in ("R", row["collectivite"])
            ]  # fmt: skip
            begun = [(row["besoin"], row["date"]) for row in data["reponses"] if row["statut"] != "aucune"]
            circular = {need for need, on in begun if on < data["besoins"][need]["date"]}
            straight = [need for need in here if need not in circular]
            for kind, kept in (("all", here), ("without_circular", straight)):
                params = {"year": year, "level": level, "territory": territory, "needs": kind}
                met = [need for need in kept if need in answered]
                weights = [sum(data["besoins"][need]["priorite"] for need in some) for some in (met, kept)]
                yield name("T12", "answer_rate", **params), ratio(len(met), len(kept))
                yield name("T12", "answer_rate_weighted", **params), ratio(*weights)


def policies(plain: Plain) -> Told:
    """Yield T13 and T14."""
    scores: dict[tuple[str, str], int | None] = {}
    for place, years in plain.data["politiques"].items():
        for year, told in years.items():
            known = all(told[criterion] is not None for criterion in CRITERIA)
            scores[place, year] = sum(told.values()) if known else None
            yield name("T13", "score", year=year, level="E", territory=place), scores[place, year]
    for first, later in combinations(plain.years, 2):
        pairs = [(scores[place, first], scores[place, later]) for place in plain.data["politiques"]]
        moves = [end - start for start, end in pairs if start is not None and end is not None]
        params = {"year": first, "year2": later, "level": "C1"}
        yield name("T13", "mean_change", **params), ratio(sum(moves), len(moves))
        yield name("T13", "share_progress", **params), ratio(sum(move > 0 for move in moves), len(moves))
    domains = [len(row["domaines"]) for row in plain.data["delegations"].values() if row["ess"]]
    yield name("T14", "mean_domains", level="C1"), ratio(sum(domains), len(domains))


def clusters(plain: Plain) -> Told:
    """Yield T15: no operator of these sets is a local authority."""
    people = sum(row["pop"] for row in plain.communes.values())
    for year in plain.years:
        for cluster, years in plain.data["ptce"].items():
            worlds = [plain.data["operateurs"][member]["monde"] for member in years[year]]
            for coding, counted in (("ess", "ESS"), ("classique", "CLASSIQUE")):
                told = [counted if world == "ESS_COMMERCIALE" else world for world in worlds]
                params = {"year": year, "coding": coding, "ptce": cluster}
                score = len({"ESS", "CLASSIQUE", "RECHERCHE"} & set(told))
                firms = told.count("ESS") + told.count("CLASSIQUE")
                yield name("T15", "conformity_score", **params), score
                yield name("T15", "share_non_ess_firms", **params), ratio(told.count("CLASSIQUE"), firms)
        yield name("T15", "per_100k", year=year, level="R"), len(plain.data["ptce"]) / people * 100_000


def links(plain: Plain) -> Told:
    """Yield T16."""
    kept = set()
    for first, second in combinations(sorted(plain.data["collectivites"]), 2):
        here, there = plain.within(first), plain.within(second)
        common, *own = (sum(plain.communes[c]["pop"] for c in some) for some in (here & there, here, there))
        yield name("T16", "overlap", pair=f"{first}-{second}"), common / min(own)
        kept |= {(first, second)} if common / min(own) <= 0.5 else set()
    for label, years in [*((year, [year]) for year in plain.years), ("all", plain.years)]:
        joined = {
            pair
            for year in years
            for action, engaged in plain.data["engagements"][year].items()
            if plain.data["actions"][action].get("codee", True)
            for pair in combinations(sorted(engaged), 2)
        }
        value = ratio(len(joined & kept), len(kept)) if plain.reported(years) else None
        yield name("T16", "share_pairs", year=label), value
