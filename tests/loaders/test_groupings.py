"""Groupings: DGCL, INSEE, BANATIC; perimeters as tables of communes."""

from collections import Counter
from pathlib import Path

import pytest

from geodata.loaded import territories_of
from geodata.names import Gazetteer
from geodata.territories import load_reference
from graphmodel import InputFaultsError, open_store
from graphmodel.elementary_cells import CellModel
from loaders.banatic import read_banatic
from loaders.convention import load_convention
from loaders.groupings import read_groupings
from loaders.perimeter import read_perimeter
from loaders.reference import reference_batch
from loaders.sirens import codes_by_siren
from tests.support.official import (
    LYON,
    VILLEURBANNE,
    codes_of,
    errors_of,
    held,
    territory,
    write_csv,
    write_workbook,
    write_zip,
)

METROPOLE = "200046977"
DGCL = [
    "dept",
    "siren",
    "raison_sociale",
    "nature_juridique",
    "insee",
    "siren_membre",
    "nom_membre",
    "pmun_2024",
]


def test_the_dgcl_table_says_its_year_and_its_numbers(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "e.xlsx", {"Epcicom": [DGCL,
        ["69", 200046977.0, "Métropole de Lyon", "MET69", "69123", 216901231.0, "Lyon", 1],
        ["69", 200046977.0, "Métropole de Lyon", "MET69", 69266, 216902668.0, "Villeurbanne", 2],
        ["75", 200054781.0, "Paris", "METRO", "75056", 217500016.0, "Paris", 3],
    ]})  # fmt: skip
    batch = read_groupings(path)
    key = f"epci/{METROPOLE}@2024"
    assert set(held(batch, key)) == {f"commune/{LYON}@2025", f"commune/{VILLEURBANNE}@2025"}
    link = held(batch, key)[f"commune/{LYON}@2025"]
    assert (link["composition"], str(link["date"]), link["population_share"]) == (
        "declared",
        "2024-01-01",
        1.0,
    )
    assert territory(batch, f"commune/{LYON}@2025")["siren"] == "216901231"
    assert codes_of(batch.warnings) == ["outside_reference"]


def test_the_insee_table_has_communes_without_epci(tmp_path: Path) -> None:
    titles = [["Intercommunalité au 01-01-2014"], [], [], [], []]
    path = write_workbook(tmp_path / "i.xlsx", {
        "EPCI": [*titles, ["EPCI", "LIBEPCI", "NATURE_EPCI", "NB_COM"], ["246900245", "CU de Lyon", "CU", 2]],
        "Composition_communale": [*titles, ["CODGEO", "LIBGEO", "EPCI", "LIBEPCI", "DEP", "REG"],
                                  [LYON, "Lyon", "246900245", "CU de Lyon", "69", "82"],
                                  ["38185", "Grenoble", "ZZZZZZZZZ", "Sans objet", "38", "82"]],
    })  # fmt: skip
    batch = read_groupings(path)
    group = territory(batch, "epci/246900245@2014")
    assert (group["name"], group["kind"]) == ("CU de Lyon", "CU")
    assert [row.values["composition"] for row in batch.rows["CONTAINS"]] == ["frozen"]


def test_the_composition_of_2014_is_the_frozen_one_of_the_figures(tmp_path: Path) -> None:
    lines = [
        "CODGEO;LIBGEO;EPCI;LIBEPCI",
        "69123;Lyon;246900245;CU de Lyon",
        "01172;Germagnat;240100001;CC X",
    ]
    batch = read_groupings(write_csv(tmp_path / "e.csv", lines), 2014)
    assert {"converted_commune", "partly_contained"} <= set(codes_of(batch.warnings))
    assert "population_share" not in held(batch, "epci/240100001@2014")["commune/01095@2025"]
    with open_store(tmp_path / "e.sqlite", create=True) as store:
        store.apply(store.plan([reference_batch(), load_convention(), batch]))
        model = CellModel.from_graph(store.snapshot().select("CES-ESS-RA-2014-2016"))
    assert model.territories("epci") == ["epci/240100001@2014", "epci/246900245@2014"]


def test_faults_of_a_composition_are_said_together(tmp_path: Path) -> None:
    lines = [
        "CODGEO;EPCI;LIBEPCI",
        "69123;246900245;A",
        "69123;246900246;B",
        "38185;siren;C",
        "38999;246900245;A",
    ]
    with pytest.raises(InputFaultsError) as error:
        read_groupings(write_csv(tmp_path / "e.csv", lines), 2024)
    found = errors_of(error.value)
    assert {code: (fault.row, fault.column) for code, fault in found.items()} == {
        "duplicate_code": (3, "CODGEO"), "invalid_siren": (4, "EPCI"), "unknown_commune": (5, "CODGEO")
    }  # fmt: skip


def test_the_real_composition_of_2024_is_that_of_the_reference(shared: Path) -> None:
    batch = read_groupings(shared / "data" / "epcicom_2024.xlsx")
    links = {str(r.values["target"])[8:13]: str(r.values["source"])[5:14] for r in batch.rows["CONTAINS"]}
    assert links == load_reference().composition(2024)
    levels = Counter(row.values["level"] for row in batch.rows["Territory"])
    assert levels["epci"] == len(set(links.values())) == 126
    (outside,) = [fault for fault in batch.warnings if fault.code == "outside_reference"]
    assert outside.message.startswith("32\u202f188 communes")


HEAD = (
    "Région siège\tDépartement siège\tN° SIREN\tNom du groupement\tNature juridique\t"
    "Siren membre\tNom membre\tType"
)
MEMBERS = [
    HEAD,
    "84\t69 - Rhône\t256900001\tSyndicat de l'Énergie\tSMF\t200046977\tMétropole de Lyon\tGroupement",
    "84\t69 - Rhône\t256900001\tSyndicat de l'Énergie\tSMF\t213801855\tGrenoble\tCommune",
    "84\t69 - Rhône\t256900002\tSyndicat du tout\tSMO\t256900001\tSyndicat de l'Énergie\tGroupement",
    "84\t69 - Rhône\t256900002\tSyndicat du tout\tSMO\t226900001\tDépartement du Rhône\tAutre organisme",
    "11\t75 - Paris\t257500001\tSyndicat ailleurs\tSIVU\t217500016\tParis\tCommune",
]


def test_banatic_names_members_by_siren_some_of_them_groupings(tmp_path: Path) -> None:
    batch = read_banatic(write_csv(tmp_path / "b.txt", MEMBERS, "cp1252"), 2024)
    first, second = "syndicat_mixte/256900001@2024", "syndicat_mixte/256900002@2024"
    assert territory(batch, first)["name"] == "Syndicat de l’Énergie"
    assert set(held(batch, first)) == {f"epci/{METROPOLE}@2025", "commune/38185@2025"}
    assert set(held(batch, second)) == {first}
    assert codes_of(batch.warnings) == ["member_without_perimeter", "outside_reference"]
    with open_store(tmp_path / "b.sqlite", create=True) as store:
        store.apply(store.plan([reference_batch(), load_convention(), batch]))
        model = CellModel.from_graph(store.snapshot().select("CES-ESS-RA-2014-2016"))
    assert f"commune/{LYON}@2025" in model.communes_in(second)
    assert "commune/38185@2025" in model.communes_in(second)


def test_a_member_without_code_needs_the_table_of_sirens(tmp_path: Path, shared: Path) -> None:
    arboys = "84\t01 - Ain\t250100001\tSyndicat\tSIVU\t200053668\tArboys en Bugey\tCommune"
    path = write_csv(tmp_path / "b.txt", [HEAD, arboys], "cp1252")
    with pytest.raises(InputFaultsError) as error:
        read_banatic(path, 2024)
    fault = errors_of(error.value)["unknown_member"]
    assert (fault.row, fault.value) == (2, "200053668")
    with open_store(tmp_path / "b.sqlite", create=True) as store:
        table = read_banatic(shared / "data" / "banatic_siren_insee_2024.xlsx")
        store.apply(store.plan([reference_batch(), table]))
        sirens = codes_by_siren(store)
    assert len(sirens) == 2743
    batch = read_banatic(path, 2024, sirens)
    assert set(held(batch, "syndicat_mixte/250100001@2024")) == {"commune/01015@2025"}


def test_a_number_alone_is_no_proof_when_the_name_differs(tmp_path: Path) -> None:
    wrong = MEMBERS[2].replace("Grenoble", "Échirolles")
    with pytest.raises(InputFaultsError) as error:
        read_banatic(write_csv(tmp_path / "b.txt", [HEAD, wrong], "cp1252"), 2024)
    assert "unknown_member" in errors_of(error.value)


def test_a_loop_and_a_grouping_nobody_knows_are_refused(tmp_path: Path) -> None:
    start = "84\t69 - Rhône\t256900001\tSyndicat de l'Énergie\tSMF\t"
    members = ("256900002\tSyndicat du tout\tGroupement", "256900099\tInconnu\tGroupement")
    lines = [*MEMBERS, *(start + member for member in members)]
    with pytest.raises(InputFaultsError) as error:
        read_banatic(write_csv(tmp_path / "b.txt", lines, "cp1252"), 2024)
    assert {"member_of_itself", "unknown_member"} <= set(errors_of(error.value))


def test_members_and_sirens_in_one_archive_serve_each_other(tmp_path: Path) -> None:
    sirens = write_csv(tmp_path / "s.csv", ["siren;insee;nom_com", "200053668;1015;Arboys en Bugey"])
    arboys = "84\t01 - Ain\t250100001\tSyndicat\tSIVU\t200053668\tArboys en Bugey\tCommune"
    members = write_csv(tmp_path / "m.csv", [HEAD, arboys], "cp1252")
    batch = read_banatic(write_zip(tmp_path / "b.zip", [sirens, members], tmp_path), 2024)
    assert set(held(batch, "syndicat_mixte/250100001@2024")) == {"commune/01015@2025"}
    assert "mended_code" in codes_of(batch.warnings)


PERIMETERS = [
    "territoire;commune;niveau;millesime;nom",
    "RHONE-PLURIEL;38544;syndicat mixte;2014;Rhône Pluriel", "RHONE-PLURIEL;1060;;;",
    "RHONE-PLURIEL;Givors;;;",
    "PNR-PILAT;42093;pnr;2014;Parc du Pilat",
]  # fmt: skip


def test_a_table_of_communes_makes_the_contracts_territories_known(tmp_path: Path) -> None:
    batch = read_perimeter(write_csv(tmp_path / "p.csv", PERIMETERS))
    assert codes_of(batch.warnings) == ["mended_code"]
    with open_store(tmp_path / "p.sqlite", create=True) as store:
        store.apply(store.plan([reference_batch(), load_convention(), batch]))
        graph = store.snapshot()
        territories = territories_of(graph)
        model = CellModel.from_graph(graph.select("CES-ESS-RA-2014-2016"))
    node = graph.nodes("Territory").loc["syndicat_mixte/RHONE-PLURIEL@2014"]
    assert node["perimeter"] == "known"
    assert not node["conflicts"]
    expected = ["commune/01060@2025", "commune/38544@2025", "commune/69091@2025"]
    assert model.communes_in("syndicat_mixte/RHONE-PLURIEL@2014") == expected
    people = load_reference().frame("commune")["population"]
    assert node["population"] == sum(int(people[key[8:13]]) for key in expected)
    match = Gazetteer(territories).resolve("rhone pluriel")
    assert match.territory.key == "syndicat_mixte/RHONE-PLURIEL@2014"


def test_what_is_wrong_with_a_table_of_communes_is_said_together(tmp_path: Path) -> None:
    lines = [
        *PERIMETERS,
        "X;;custom;2014;",
        "X;Nulle-Part;;;",
        "X;69123;planète;;",
        ";69123;;;",
        "Y;38185;;bientôt;",
    ]
    with pytest.raises(InputFaultsError) as error:
        read_perimeter(write_csv(tmp_path / "p.csv", lines))
    rows = {fault.code: fault.row for fault in error.value.faults if fault.severity == "error"}
    assert rows["unresolved_name"] == 7
    assert rows["unknown_level"] == 8
    assert rows["wrong_type"] == 10
    assert {fault.row for fault in error.value.faults if fault.code == "empty_cell"} == {6, 9}


def test_a_commune_that_merged_is_whole_only_with_all_its_parts(tmp_path: Path) -> None:
    both = ["territoire;commune;millesime", "A;01095;2014", "A;01172;2014"]
    link = held(read_perimeter(write_csv(tmp_path / "p.csv", both)), "custom/A@2014")["commune/01095@2025"]
    assert link["population_share"] == 1.0
    alone = read_perimeter(write_csv(tmp_path / "q.csv", both[:2]))
    assert "population_share" not in held(alone, "custom/A@2014")["commune/01095@2025"]
    assert codes_of(alone.warnings) == ["partly_contained"]
