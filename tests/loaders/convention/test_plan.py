"""The plan of actions, and what the convention does not say of it."""

from graphmodel.contract_graph import ContractGraph
from graphmodel.frames import known


def test_twenty_coded_actions_and_one_without_a_code(graph: ContractGraph) -> None:
    actions = graph.nodes("Action")
    assert len(actions) == 21
    assert list(actions.loc[~actions["coded"].astype(bool), "id"]) == ["ANIMATION"]
    assert set(actions["plan_year"]) == {2014}


def test_objectives_and_sub_objectives_of_each_axis(graph: ContractGraph) -> None:
    levels = graph.nodes("Objective")["level"].value_counts().to_dict()
    assert len(graph.nodes("Axis")) == 3
    assert levels == {"objective": 6, "sub_objective": 8}


def test_every_coded_action_belongs_to_a_sub_objective_and_to_its_axis(graph: ContractGraph) -> None:
    part = graph.relationships("PART_OF")
    for action in graph.nodes("Action").query("coded").itertuples():
        targets = part[part["source"] == action.Index]
        assert sorted(targets["target_label"]) == ["Axis", "Objective"]
        axis = targets.loc[targets["target_label"] == "Axis", "target"].iloc[0].rsplit("/", 1)[-1]
        assert str(action.id).split("_")[0] == axis


def test_an_identifier_carries_its_level(graph: ContractGraph) -> None:
    key = "CES-ESS-RA-2014-2016"
    assert f"{key}/action/I_1.2@2014" in graph.nodes("Action").index
    assert f"{key}/objective/I_1.2" in graph.nodes("Objective").index


def test_short_labels_are_whole_and_fit(graph: ContractGraph) -> None:
    labels = graph.nodes("Action")["short_name"]
    assert labels.notna().all()
    assert labels.nunique() == 21
    assert [label for label in labels if len(label) > 45 or "…" in label or "..." in label] == []


def test_only_the_animation_is_said_region_wide(graph: ContractGraph) -> None:
    wide = graph.nodes("Action").set_index("id")["region_wide"]
    assert {code: known(value) for code, value in wide.items() if known(value) is not None} == {
        "ANIMATION": True
    }


def test_the_only_operator_is_the_one_of_the_animation(graph: ContractGraph) -> None:
    part = graph.relationships("TAKES_PART_IN")
    assert len(part) == 1
    row = part.iloc[0]
    assert (row["source"], row["target"], row["role"], row["basis"]) == (
        "CES-ESS-RA-2014-2016/organisation/CRESS-RA",
        "CES-ESS-RA-2014-2016/action/ANIMATION@2014",
        "pilot",
        "convention",
    )


def test_neither_place_nor_amount_nor_report_of_an_action(graph: ContractGraph) -> None:
    about = graph.relationships("ABOUT")
    money = about[about["source_label"] == "Funding"]
    assert set(money["target_label"]) == {"Contract"}
    for empty in ("TAKES_PLACE_IN", "SUPPORTS", "CONTRIBUTES_TO", "ANSWERS", "REPORTS"):
        assert graph.relationships(empty).empty
    assert graph.nodes("Report").empty
    assert graph.nodes("Measure").empty
