"""Question 3, territorial poles of economic cooperation (T15)."""

from collections import defaultdict
from collections.abc import Mapping

from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import CODINGS, EvaluationContext
from graphmodel.indicators.registry import register
from graphmodel.indicators.structuring_outreach import region_population
from graphmodel.indicators.territories import policy_cards as cards
from graphmodel.indicators.value import IndicatorValue

PER = 100_000
"""Inhabitants to whom the number of poles is brought."""

NO_FIRM = "aucune entreprise parmi les membres"
NO_POPULATION = "la population de la région est inconnue"


@register(cards.T15)
def t15(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the components, firms outside the ESS and members in QPV of each pole, and poles by inhabitant.

    Worked example: 5 of the ESS, 2 classic, 1 authority, 3 of the 8 in QPV: 3/4; 2/7 = 0.2857; 3/8 = 0.375;
    2 poles for 100,000 inhabitants = 2.0.
    """
    found = Collector(cards.T15, context, ("Ptce", "MEMBER_OF", "Organisation", "BASED_IN"))
    members = _members(context)
    if not members:
        return found.missing("Aucun PTCE n’a de membre connu : remplir la feuille « Membres des PTCE ».")
    quarters, authorities = _in_quarters(context), _authorities(context)
    names = {str(key): str(name) for key, name in context.graph.nodes("Ptce")["id"].items()}
    for (pole, year), keys in sorted(members.items()):
        params = {"year": str(year), "ptce": names[pole]}
        _add_components(found, year, keys, authorities, params)
        inside = len(keys & quarters)
        found.add("share_members_qpv", inside / len(keys), years=[year], n=len(keys), params=params)
    people = region_population(context)
    for year in sorted({*context.years, *(year for _, year in members)}):
        poles = sum(at == year for _, at in members)
        rate = PER * poles / people if people else None
        found.add("per_100k", rate, years=[year], n=people, reason=NO_POPULATION,
                  params={"year": str(year), "level": "R"})  # fmt: skip
    return found.values


def _members(context: EvaluationContext) -> dict[tuple[str, int], set[str]]:
    """Return the members of each pole by year; a pole without a member that year is absent."""
    rows = context.graph.relationships("MEMBER_OF")
    rows = rows[(rows["target_label"] == "Ptce") & rows["year"].notna()]
    found: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for source, target, year in zip(rows["source"], rows["target"], rows["year"], strict=True):
        found[str(target), int(year)].add(str(source))
    return dict(found)


def _add_components(
    found: Collector, year: int, members: set[str], authorities: frozenset[str], params: Mapping[str, str]
) -> None:
    for coding in CODINGS:
        worlds = [found.context.world(name, coding) for name in members]
        social, classic = worlds.count("ess"), worlds.count("classic")
        present = (social, classic, len(members & authorities), worlds.count("research"))
        about = {**params, "coding": coding}
        score = sum(count > 0 for count in present)
        found.add("conformity_score", score, years=[year], n=len(members), params=about)
        firms = social + classic
        share = classic / firms if firms else None
        found.add("share_non_ess_firms", share, years=[year], n=firms, reason=NO_FIRM, params=about)


def _in_quarters(context: EvaluationContext) -> frozenset[str]:
    """Return the keys of the organisations whose seat is told to be in a QPV."""
    territories = context.graph.nodes("Territory")
    quarters = set(territories.index[territories["level"] == "qpv"])
    rows = context.graph.relationships("BASED_IN")
    return frozenset(map(str, rows.loc[rows["target"].isin(quarters), "source"]))


def _authorities(context: EvaluationContext) -> frozenset[str]:
    """Return the organisations that are local authorities: said so, or nothing said and they administer."""
    told = context.graph.nodes("Organisation")["local_authority"]
    administering = set(context.graph.relationships("ADMINISTERS")["source"])
    said = {str(key) for key in told.index[told.fillna(False).astype(bool)]}
    unsaid = {str(key) for key in told.index[told.isna()]}
    return frozenset(said | (unsaid & set(map(str, administering))))
