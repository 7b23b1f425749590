"""The numbers of the demonstration are those such a contract could have, and agree with each other."""

from collections import Counter
from itertools import pairwise

import pandas as pd
import pytest

from geodata.territories import Territories
from graphmodel import Batch, ContractGraph
from loaders.demonstration.economy import CONTROLS, TREATED
from loaders.demonstration.policy import DELEGATED_IN_2014
from loaders.demonstration.reports import LATE, NEVER
from loaders.demonstration.scenario import YEARS, scenario
from loaders.template import Content
from loaders.workbook.identifiers import luhn

AGREED = {"REGION-RA": 2_387_500, "ETAT": 1_000_000, "CDC": 1_085_200}
"""Amounts of the convention for 2014, in euros."""


def short(keys: pd.Series) -> pd.Series:
    """Return the identifiers behind keys."""
    return keys.str.rsplit("/", n=1).str[-1].str.split("@").str[0]


@pytest.fixture(scope="module")
def parts(graph: ContractGraph) -> pd.DataFrame:
    """Return the participations that the reports tell, the animation left out."""
    frame = graph.relationships("TAKES_PART_IN")
    frame = frame[frame["basis"] == "report"]
    frame = frame.assign(who=short(frame["source"]), action=short(frame["target"]))
    return frame[frame["action"] != "ANIMATION"]


@pytest.fixture(scope="module")
def money(graph: ContractGraph) -> pd.DataFrame:
    """Return the amounts by funder, action, year and kind, in euros; the convention's own lines left out."""
    funds, about = graph.relationships("FUNDS"), graph.relationships("ABOUT")
    subject = about[about["source_label"] == "Funding"].set_index("source")["target"]
    frame = graph.nodes("Funding")
    return frame[frame["fictional"]].assign(
        funder=short(funds.set_index("target")["source"]), action=short(subject), euros=frame["amount"] / 100
    )


def test_every_coded_action_is_operated_every_year(parts: pd.DataFrame) -> None:
    for year in YEARS:
        counts = Counter(parts.loc[parts["year"] == year, "action"])
        assert len(counts) == 20
        assert max(counts.values()) <= 12
    assert sum(parts["year"] == YEARS[0]) < sum(parts["year"] == YEARS[1]) < sum(parts["year"] == YEARS[2])


def test_number_of_actors_fits_the_screens(parts: pd.DataFrame) -> None:
    actors = {year: parts.loc[parts["year"] == year, "who"].nunique() for year in YEARS}
    assert 40 <= actors[2014] <= actors[2015] <= actors[2016] <= 56


def test_each_action_has_one_pilot(parts: pd.DataFrame) -> None:
    pilots = parts[parts["role"] == "pilot"].groupby(["action", "year"])["who"].nunique()
    assert (pilots == 1).all()
    assert len(pilots) == 60
    # Somebody pilots two or three actions, nobody the lot.
    assert parts[(parts["role"] == "pilot") & (parts["year"] == 2015)].groupby("who").size().max() <= 4


def test_most_participations_hold_some_are_lost_more_are_new(parts: pd.DataFrame) -> None:
    by_year = {
        year: set(map(tuple, parts.loc[parts["year"] == year, ["who", "action"]].to_numpy()))
        for year in YEARS
    }
    for before, after in pairwise(YEARS):
        kept = by_year[before] & by_year[after]
        assert 0.8 <= len(kept) / len(by_year[before]) < 1
        assert len(by_year[after] - kept) > len(by_year[before] - kept) > 0


def test_operators_are_there_between_their_first_and_last_year(parts: pd.DataFrame) -> None:
    for operator in scenario().operators:
        years = set(parts.loc[parts["who"] == operator.id, "year"])
        assert years == {year for year in YEARS if operator.first <= year <= operator.last}


def test_worlds_and_families_are_all_there(graph: ContractGraph, parts: pd.DataFrame) -> None:
    organisations = graph.nodes("Organisation")
    organisations = organisations[organisations["id"].isin(parts["who"])]
    worlds = Counter(organisations["world"])
    assert set(worlds) == {"ess", "ess_company", "classic", "public", "research"}
    assert worlds["classic"] >= 6
    families = set(graph.contract["possible_families"])  # type: ignore[call-overload]
    assert set(organisations["family"].dropna()) == families
    assert organisations.loc[organisations["family"].notna(), "world"].isin(["ess", "ess_company"]).all()


def test_planned_amounts_of_2014_are_those_of_the_convention(money: pd.DataFrame) -> None:
    planned = money[(money["year"] == 2014) & (money["kind"] == "planned")].groupby("funder")["euros"].sum()
    assert {funder: planned[funder] for funder in AGREED} == AGREED
    assert sum(AGREED.values()) == 4_472_700


def test_paid_follows_agreed_follows_planned(money: pd.DataFrame) -> None:
    table = money.pivot(index=["funder", "action", "year"], columns="kind", values="euros")
    known = table.dropna()
    assert (known["paid"] <= known["agreed"]).all()
    assert (known["agreed"] <= known["planned"]).all()
    assert len(table) - len(known) == 2
    for funder in AGREED:
        for year in YEARS:
            some = known.xs((funder, year), level=("funder", "year"))
            assert 0.9 <= some["paid"].sum() / some["planned"].sum() <= 0.98


def test_total_cost_holds_everything_that_was_paid(graph: ContractGraph, money: pd.DataFrame) -> None:
    rows = graph.nodes("Observation").query("metric == 'total_cost'")
    about = graph.relationships("ABOUT").set_index("source")["target"]
    rows = rows.assign(action=short(about.loc[rows.index]))
    costs = rows.set_index(["action", "year"])["amount"] / 100
    paid = money[money["kind"] == "paid"].groupby(["action", "year"])["euros"].sum()
    assert len(costs) == 63
    assert costs.isna().sum() == 3
    assert (costs.dropna() > paid.loc[costs.dropna().index]).all()
    total, spent = costs.dropna().sum(), paid.loc[costs.dropna().index].sum()
    assert 1.5 < total / spent < 2.6


def test_nobody_funds_before_being_there(money: pd.DataFrame) -> None:
    for authority in scenario().authorities:
        own = money[money["funder"] == authority.organisation]
        assert set(own["year"]) == {year for year in YEARS if year >= authority.first}
        assert set(own["action"]) == set(authority.actions)


def test_reports_are_owed_by_those_who_take_part(graph: ContractGraph, parts: pd.DataFrame) -> None:
    by = short(graph.relationships("SUBMITTED_BY").set_index("source")["target"])
    reports = graph.nodes("Report").assign(who=by)
    assert len(reports) == len(parts) + 3
    received = reports["received_on"].notna()
    for year in YEARS:
        assert 0.85 <= received[reports["year"] == year].mean() <= 0.97
    assert not received[reports["who"] == NEVER].any()
    late = reports[(reports["who"] == LATE) & received]
    assert len(late)
    assert all(on > due for on, due in zip(late["received_on"], late["due_on"], strict=True))
    in_time = [on <= due for on, due, known in zip(reports["received_on"], reports["due_on"], received,
                                                   strict=True) if known]  # fmt: skip
    assert 0.6 < sum(in_time) / len(in_time) < 0.85


def test_measures_say_what_they_know(graph: ContractGraph) -> None:
    measures = graph.nodes("Measure")
    counts = Counter(measures["status"])
    assert min(counts[status] for status in ("reported", "missing", "not_applicable")) > 20
    assert measures.loc[measures["status"] == "reported", "value"].notna().all()
    assert measures.loc[measures["status"] != "reported", "value"].isna().all()
    reported = measures[measures["status"] == "reported"]
    assert 0.2 < (reported["sources_declared"] >= 2).mean() < 0.5


def test_measures_of_one_action_do_not_say_more_than_what_was_supported(
    graph: ContractGraph, content: Content
) -> None:
    supports = Counter(
        row["year"] for row in content.rows["Entreprises soutenues"]
        if row["action"] == "III.1.1.2" and row["outcome"] == "création"
    )  # fmt: skip
    measures = graph.nodes("Measure").query("metric == 'structures créées'")
    for year in YEARS:
        assert 0 < measures.loc[measures["year"] == year, "value"].sum() <= supports[year]


def test_places_reach_every_departement_and_leave_room(
    graph: ContractGraph, territories: Territories
) -> None:
    places = graph.relationships("TAKES_PLACE_IN")
    epci_of = territories.composition()
    people = territories.frame("commune")["population"]
    covered: dict[int, set[str]] = {}
    for year in YEARS:
        some = places[(places["year"] == year).fillna(False) & (places["degree"] == "targeted")]
        found: set[str] = set()
        for key in some["target"]:
            level, _, rest = key.partition("/")
            if level in ("commune", "epci", "departement"):
                found |= set(territories.contains(rest.split("@")[0], level))
        covered[year] = found
        assert {code[:2] for code in found} == {"01", "07", "26", "38", "42", "69", "73", "74"}
        assert 15 <= len(set(epci_of.values()) - {epci_of[code] for code in found}) <= 60
    shares = [people[list(covered[year])].sum() / people.sum() for year in YEARS]
    assert 0.6 < shares[0] < shares[1] < shares[2] < 0.9


def test_region_wide_actions_take_place_in_the_region_alone(graph: ContractGraph) -> None:
    actions = graph.nodes("Action")
    wide = set(actions.index[actions["region_wide"].fillna(False)])
    assert set(short(pd.Series(sorted(wide)))) == {"ANIMATION", "I_1.1.1", "II_1.1", "III_1.1.5"}
    places = graph.relationships("TAKES_PLACE_IN")
    assert set(places.loc[places["source"].isin(wide), "target"]) == {"region/82@2025"}
    located = places[~places["source"].isin(wide)]
    assert not located["target"].str.startswith("region/").any()
    assert set(located["source"]) == set(actions.index) - wide


def test_declared_shares_make_one(graph: ContractGraph) -> None:
    places = graph.relationships("TAKES_PLACE_IN")
    shared = places[places["share"].notna()]
    totals = shared.groupby(["source", "year"])["share"].sum()
    assert len(totals) >= 5
    assert totals.sub(1).abs().max() < 1e-9


def test_quarters_are_aimed_at_more_often_than_reached(graph: ContractGraph) -> None:
    places = graph.relationships("TAKES_PLACE_IN")
    quarters = places[places["target"].str.startswith("qpv/")]
    for year in YEARS:
        some = quarters[quarters["year"] == year]
        aimed = some.loc[some["degree"] == "targeted", "target"].nunique()
        reached = some[(some["degree"] == "reached") & (some["beneficiaries"].fillna(1) > 0)][
            "target"
        ].nunique()
        assert 48 > aimed > reached > 5


def test_beneficiaries_are_counted_or_none_or_unknown(graph: ContractGraph) -> None:
    places = graph.relationships("TAKES_PLACE_IN")
    reached = places[places["degree"] == "reached"]
    assert reached["beneficiaries"].isna().sum() > 20
    assert (reached["beneficiaries"] == 0).sum() > 10
    assert reached["beneficiaries"].max() < 400
    assert places.loc[places["degree"] == "targeted", "beneficiaries"].isna().all()


def test_supported_businesses_are_counted_once(graph: ContractGraph) -> None:
    supports = graph.relationships("SUPPORTS")
    assert 1.05 < len(supports) / supports["target"].nunique() < 1.25
    sirens = short(supports["target"])
    assert all(siren.startswith("0000") and luhn(siren) for siren in sirens)
    assert supports["commune"].isna().sum() > 5
    assert 10 < supports["qpv"].notna().sum() < len(supports) / 4
    assert supports["jobs"].dropna().between(0.5, 8).all()


def test_turnover_is_followed_over_the_three_years(graph: ContractGraph) -> None:
    turnover = graph.nodes("Observation").query("metric == 'turnover'")
    assert turnover["year"].value_counts().nunique() == 1
    assert 0 < turnover["amount"].isna().sum() < len(turnover) / 5
    assert (turnover["amount"].dropna() / 100).between(5_000, 900_000).all()


def test_employment_fits_the_inhabitants(graph: ContractGraph, territories: Territories) -> None:
    about = graph.relationships("ABOUT").set_index("source")["target"]
    rows = graph.nodes("Observation")
    rows = rows[rows["metric"].isin(["employment_ess", "employment_total", "largest_ess"])]
    rows = rows.assign(where=about.loc[rows.index].to_numpy())
    table = rows.pivot(index=["where", "year"], columns="metric", values="value")
    assert (table["employment_ess"] < 0.25 * table["employment_total"]).all()
    assert (table["largest_ess"] <= table["employment_ess"]).all()
    communes = table[table.index.get_level_values("where").str.startswith("commune/")]
    people = territories.frame("commune")["population"]
    names = short(pd.Series(communes.index.get_level_values("where")))
    assert (communes["employment_total"].to_numpy() < 0.75 * people.loc[names].to_numpy()).all()
    assert set(table.index.get_level_values("year")) == {2013, 2014, 2015, 2016}


def test_compared_territories_have_observed_employment(
    graph: ContractGraph, territories: Territories
) -> None:
    comparison = graph.contract["comparison"]
    assert comparison["traites"] == list(TREATED)  # type: ignore[index]
    assert not set(TREATED) & set(CONTROLS)
    observed = set(short(graph.relationships("ABOUT").query("source_label == 'Observation'")["target"]))
    for code in (*TREATED, *CONTROLS):
        assert set(territories.contains(code, "epci")) & observed


def test_needs_have_a_history_and_not_all_have_an_answer(graph: ContractGraph) -> None:
    answers = graph.relationships("ANSWERS").sort_values("position")
    needs = graph.nodes("Need")
    last = answers.groupby("target")["status"].last()
    assert len(needs) == 30
    assert len(last) < 30
    assert set(last) == {"planned", "operational", "abandoned"}
    assert 10 < (last == "operational").sum() < 22
    for _, steps in answers.groupby("target"):
        assert list(steps["date"]) == sorted(steps["date"])
    # One need is told after its answer: the circular case of T12.
    first = answers[answers["status"] == "operational"].groupby("target")["date"].min()
    assert sum(first[key] < needs.loc[key, "date"] for key in first.index) == 1


def test_policies_start_where_the_convention_says(graph: ContractGraph) -> None:
    acts = graph.nodes("PolicyAct")
    assert len(acts) == 16 * 6 * 3
    assert acts["present"].isna().sum() > 0
    delegated = acts[(acts["criterion"] == "elu_delegue") & (acts["year"] == 2014)]
    assert int(delegated["present"].sum()) == len(DELEGATED_IN_2014) == 7
    scores = acts[acts["present"].fillna(False)].groupby("year").size()
    assert scores[2014] < scores[2015] < scores[2016]


def test_meetings_stay_within_what_was_due_or_a_little_more(graph: ContractGraph) -> None:
    meetings = graph.nodes("Meeting")
    body = short(graph.relationships("PART_OF").set_index("source").loc[meetings.index, "target"])
    held = Counter(zip(body, (day.year for day in meetings["date"]), strict=True))
    assert held["CT-III", 2014] == 0
    assert all(count <= 2 for count in held.values())
    assert all(held["COPIL", year] >= 1 and held["ADT", year] >= 1 for year in YEARS)
    invited = {tuple(pair) for pair in graph.relationships("INVITED_TO")[["source", "target"]].to_numpy()}
    came = {tuple(pair) for pair in graph.relationships("ATTENDED")[["source", "target"]].to_numpy()}
    excused = {tuple(pair) for pair in graph.relationships("EXCUSED")[["source", "target"]].to_numpy()}
    assert came | excused < invited
    assert not came & excused
    assert 0.6 < len(came) / len(invited) < 0.85


def test_poles_grow_and_two_of_them_hold_every_component(graph: ContractGraph) -> None:
    members = graph.relationships("MEMBER_OF").query("target_label == 'Ptce'")
    sizes = members.groupby(["target", "year"]).size().unstack()
    assert len(sizes) == 5
    assert (sizes[2016] >= sizes[2015]).all()
    organisations = graph.nodes("Organisation")
    complete = 0
    for _, own in members[members["year"] == 2016].groupby("target"):
        rows = organisations.loc[own["source"]]
        worlds = set(rows["world"])
        complete += {"ess", "classic", "research"} <= worlds and bool(rows["local_authority"].any())
    assert 1 <= complete <= 4


def test_ratings_come_from_two_raters_who_do_not_always_agree(graph: ContractGraph) -> None:
    ratings = graph.relationships("CONTRIBUTES_TO")
    table = ratings.pivot(index=["target", "link"], columns="rater", values="level")
    assert table.shape == (44, 2)
    assert set(graph.contract["chain_links"]) == set(ratings["link"])  # type: ignore[call-overload]
    both = table.dropna()
    assert 0.5 < (both.iloc[:, 0] == both.iloc[:, 1]).mean() < 0.95
    assert (both.iloc[:, 0] - both.iloc[:, 1]).abs().max() <= 1
    assert ratings["level"].isna().sum() >= 1


def test_nothing_is_told_before_it_happened(graph: ContractGraph, batches: list[Batch]) -> None:
    (told,) = [batch.source.known_on for batch in batches if batch.source.kind == "workbook"]
    assert told is not None
    assert max(graph.nodes("Report")["received_on"].dropna()) <= told
    assert max(graph.nodes("Meeting")["date"]) <= told
