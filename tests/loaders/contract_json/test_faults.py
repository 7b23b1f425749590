"""Bad files: every fault at once, in French, each with its path, and nothing read."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graphmodel import Fault, InputFaultsError, UsageError
from loaders.contract_json import read_contract_json

Write = Callable[..., Path]

PLACES = "lieux.2014.III_1.1"
K1 = {"territoire": "K1", "degre": "cible"}

# Path of the value to set in the full file, value, code of the fault, its place when it is another path.
BAD_VALUES: list[tuple[str, Any, str, str | None]] = [
    ("operateur", {}, "unknown_key", None),
    ("operateurs.FICTI-COOP.monde", "ESS_COMERCIALE", "unknown_word", None),
    ("operateurs.FICTI-COOP.monde", 3, "unknown_word", None),
    ("operateurs.FICTI-COOP.siege", "K9", "unknown_reference", None),
    ("operateurs.FICTI-COOP.siege_qpv", "K1", "unknown_reference", None),
    ("operateurs.FICTI-COOP.famille", "asociation", "unknown_reference", None),
    ("operateurs.FICTI-COOP.couleur", "vert", "unknown_key", None),
    ("operateurs.FICTI-COOP", [], "wrong_type", None),
    ("operateurs", None, "null_not_allowed", None),
    ("pivot", "FICTI-RESAU", "unknown_reference", None),
    ("actions.I_1.1", "x", "wrong_type", None),
    ("actions.I_2.1.codee", "oui", "wrong_type", None),
    ("annees", ["2014", 2015], "wrong_year", "annees[1]"),
    ("annees", ["2014", "2014"], "repeated_member", "annees"),
    ("t0", "14", "wrong_year", None),
    ("participe.20014", {}, "wrong_year", None),
    ("participe.2014.I_9.9", ["FICTI-COOP"], "unknown_reference", None),
    ("participe.2014.I_1.1", ["FICTI-COOP", "INCONNU"], "unknown_reference", "participe.2014.I_1.1[1]"),
    ("participe.2014.I_1.1", ["FICTI-COOP", "FICTI-COOP"], "repeated_member", None),
    ("participe.2014.I_1.1", "FICTI-COOP", "wrong_type", None),
    ("porteur.2014.I_1.1", None, "null_not_allowed", None),
    ("communes.K1.pop", -1, "out_of_range", None),
    ("communes.K1.pop", "50 000", "wrong_type", None),
    ("communes.K1.pop", True, "wrong_type", None),
    ("communes.K1.pop", 10.5, "wrong_type", None),
    ("communes.K1.dep", "X", "ambiguous_territory", "communes.K1.epci"),
    ("communes.R", {}, "ambiguous_territory", None),
    ("contiguite", [["K1", "K1"]], "wrong_pair", "contiguite[0]"),
    ("contiguite", [["K1", "K2"], ["K2", "K1"]], "repeated_row", "contiguite[1]"),
    ("contiguite", [["K1", "K8"]], "unknown_reference", "contiguite[0][1]"),
    ("qpv.Q1.commune", "K9", "unknown_reference", None),
    ("qpv.Q1.pop", 50001, "population_above_commune", None),
    ("qpv.Q3.pop", 49000, "population_above_commune", None),
    ("syndicat_mixte.Z", ["K4", "K2"], "two_perimeters", "collectivites.Z.communes"),
    ("territoires_action.I_2.1.mailles", ["Q9"], "unknown_reference", "territoires_action.I_2.1.mailles[0]"),
    ("territoires_action.I_2.1.portee", "regional", "unknown_word", None),
    (PLACES, [{"territoire": "K1"}], "missing_value", f"{PLACES}[0].degre"),
    (PLACES, [K1 | {"territoire": "U1"}], "unknown_reference", f"{PLACES}[0].territoire"),
    (PLACES, [K1 | {"degre": "inclus"}], "unknown_word", f"{PLACES}[0].degre"),
    (PLACES, [K1 | {"part": 1.2}], "out_of_range", f"{PLACES}[0].part"),
    (PLACES, [K1 | {"part": 0.9}], "shares_do_not_sum", None),
    (PLACES, [K1, K1], "repeated_row", f"{PLACES}[1]"),
    ("financements.0.montant", -5, "negative_amount", "financements[0].montant"),
    ("financements.0.montant", 10.005, "fraction_of_cent", "financements[0].montant"),
    ("financements.0.montant", "120 000 €", "wrong_type", "financements[0].montant"),
    ("financements.0.action", "I_9.9", "unknown_reference", "financements[0].action"),
    ("financements.0.nature", "payé", "unknown_word", "financements[0].nature"),
    ("montants_2014.I_9.9", 10, "unknown_reference", None),
    ("montants_2014.I_1.1", -10, "negative_amount", None),
    ("montants_1492", {"I_1.1": 10}, "wrong_year", None),
    ("montants_YYYY", {}, "unknown_key", "montants_AAAA"),
    ("soutiens.0.date", "2014-02-30", "wrong_date", "soutiens[0].date"),
    ("soutiens.0.date", "02/06/2014", "wrong_date", "soutiens[0].date"),
    ("soutiens.0.commune", "K77", "unknown_reference", "soutiens[0].commune"),
    ("bilans.1.operateur", "FICTI-BOI", "unknown_reference", "bilans[1].operateur"),
    ("mesures.0.statut", "renseigné", "unknown_word", "mesures[0].statut"),
    ("emploi.2013.K9", {"ess": 1}, "unknown_reference", None),
    ("emploi.2013.K1.ess", 27000, "part_above_whole", None),
    ("emploi_qpv.2013.K1", {"ess": 1}, "unknown_reference", None),
    ("millesime_emploi.2013", 2014, "wrong_year", None),
    ("passage.0.de", "K9", "unknown_reference", "passage[0].de"),
    ("passage.1.part_pop", 0.7, "shares_do_not_sum", "passage[2].part_pop"),
    ("comparaison.temoins", ["K1"], "treated_and_control", None),
    ("comparaison.annee1", "2013", "years_out_of_order", None),
    ("collectivites.CC-X.communes", ["K1", "CC-X"], "unknown_reference", "collectivites.CC-X.communes[1]"),
    ("engagements.2015.I_1.1.CC-X", "beneficiaire", "unknown_word", None),
    ("besoins.B1.priorite", 4, "out_of_range", None),
    ("reponses.0.besoin", "B9", "unknown_reference", "reponses[0].besoin"),
    ("politiques.CC-X.2014.elu_délégué", True, "unknown_word", None),
    ("reunions.0.instance", "COPILL", "unknown_reference", "reunions[0].instance"),
    ("contribue.0.maillon", "résultat", "unknown_reference", "contribue[0].maillon"),
    ("contribue.0.niveau", 5, "out_of_range", "contribue[0].niveau"),
    ("contribue.1.cotateur", "C1", "repeated_row", "contribue[1]"),
    ("note", "a\x00b", "wrong_type", None),
    ("note", "\ud800", "wrong_type", None),
    ("graine", 10**400, "out_of_range", None),
    ("population_region", 10**30, "out_of_range", None),
]  # fmt: skip


def put(value: Any, path: str, new: Any, full: dict[str, Any]) -> None:
    """Set what stands at a path; identifiers of the file that hold a point are taken whole."""
    steps: list[str] = []
    for word in path.split("."):
        joined = f"{steps[-1]}.{word}" if steps else word
        if joined in full["actions"] or joined == "I_9.9":
            steps[-1] = joined
        else:
            steps.append(word)
    for step in steps[:-1]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    last = steps[-1]
    value[int(last) if isinstance(value, list) else last] = new


def faults_of(path: Path) -> list[Fault]:
    """Return the errors of a file."""
    with pytest.raises(InputFaultsError) as caught:
        read_contract_json(path)
    return [fault for fault in caught.value.faults if fault.severity == "error"]


@pytest.mark.parametrize(
    ("path", "value", "code", "place"), BAD_VALUES, ids=[f"{p}-{c}" for p, _, c, _ in BAD_VALUES]
)
def test_one_wrong_value_is_one_fault_at_its_place(
    path: str, value: Any, code: str, place: str | None, full: dict[str, Any], tmp_path: Path
) -> None:
    changed = copy.deepcopy(full)
    put(changed, path, value, full)
    file = tmp_path / "essai.json"
    file.write_text(json.dumps(changed), "utf-8")
    found = [(fault.code, fault.column) for fault in faults_of(file)]
    assert (code, place or path) in found
    assert {c for c, _ in found} == {code}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b'{"note": "a",}', "not_json"),
        (b"[1, 2]", "not_an_object"),
        (b'"texte"', "not_an_object"),
        (b'{"note": "\xe9t\xe9"}', "wrong_encoding"),
        ('{"note": "été"}'.encode("utf-16"), "wrong_encoding"),
        (b'{"graine": ' + b"9" * 5000 + b"}", "not_json"),
        (b'{"note": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too_deep"),
        (b'{"note": ' + b"[" * 200 + b"]" * 200 + b"}", "too_deep"),
        (b'{"cout_total": {"2014": {"a": NaN}}, "actions": {"a": {}}}', "not_a_number"),
        (b'{"cout_total": {"2014": {"a": 1e999}}, "actions": {"a": {}}}', "not_a_number"),
        (b'{"actions": {"a": {}, "a": {}}}', "repeated_key"),
        (b"\x00\x01\x02PK", "not_json"),
    ],
)
def test_a_file_that_is_no_json_is_refused_in_one_sentence(content: bytes, code: str, write: Write) -> None:
    found = faults_of(write(content))
    assert code in {fault.code for fault in found}
    assert all(fault.file == "essai.json" for fault in found)


def test_a_repeated_key_is_told_where_it_stands(write: Write) -> None:
    text = '{"operateurs": {"A": {"monde": "ESS"}, "A": {"monde": "PUBLIC"}}, "note": "x", "note": "y"}'
    places = [fault.column for fault in faults_of(write(text)) if fault.code == "repeated_key"]
    assert sorted(map(str, places)) == ["note", "operateurs.A"]


def test_an_absent_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ne peut pas être lu"):
        read_contract_json(tmp_path / "absent.json")


def test_all_faults_come_at_once(write: Write, full: dict[str, Any]) -> None:
    for path, value in (
        ("pivot", "X"),
        ("communes.K1.pop", "beaucoup"),
        ("financements.0.montant", -1),
        ("qpv.Q1.commune", "K0"),
        ("t0", "deux mille"),
        ("bilans.0.anne", "2014"),
        ("lieux.2014.III_1.1", [{"territoire": "K1", "degre": "cible", "part": 0.5}]),
    ):
        put(full, path, value, full)
    found = {(fault.code, fault.column) for fault in faults_of(write(full))}
    assert found == {
        ("unknown_reference", "pivot"),
        ("wrong_type", "communes.K1.pop"),
        ("negative_amount", "financements[0].montant"),
        ("unknown_reference", "qpv.Q1.commune"),
        ("wrong_year", "t0"),
        ("unknown_key", "bilans[0].anne"),
        ("shares_do_not_sum", "lieux.2014.III_1.1"),
    }


@pytest.mark.parametrize(
    ("path", "value", "fix"),
    [
        ("operateurs.FICTI-COOP.monde", "ESS_COMERCIALE", "Écrire « ESS_COMMERCIALE » ?"),
        ("bilans.0.anne", "2014", "Écrire « annee » ?"),
        ("operateur", {}, "Écrire « operateurs » ?"),
        ("porteur.2014.I_1.1", "FICTI-COP", "Écrire « FICTI-COOP » ?"),
    ],
)
def test_a_near_word_is_offered(path: str, value: Any, fix: str, write: Write, full: dict[str, Any]) -> None:
    put(full, path, value, full)
    assert fix in {fault.fix for fault in faults_of(write(full))}


def test_what_is_only_odd_does_not_block(full: dict[str, Any], write: Write) -> None:
    full["epci_courant"]["N7"] = "W"
    full["emploi"]["2016"]["N8"] = {"ess": 3}
    full["reunions"][0]["excuses"].append("FICTI-AGGLO")
    full["engagements"]["2016"]["I_2.1"] = {"CC-X": "partenaire"}
    warnings = read_contract_json(write(full)).warnings
    assert {(w.code, w.column) for w in warnings} == {
        ("unknown_reference", "epci_courant.N7"),
        ("unknown_reference", "emploi.2016.N8"),
        ("attended_and_excused", "reunions[0]"),
        ("partner_outside_list", "engagements.2016.I_2.1.CC-X"),
        ("pilot_outside_list", "porteur.2015.I_2.1"),
    }


def test_sentences_are_french_and_hold_no_class_name(full: dict[str, Any], write: Write) -> None:
    for path, value, _, _ in BAD_VALUES:
        if value != "\ud800":
            changed = copy.deepcopy(full)
            put(changed, path, value, full)
            for fault in faults_of(write(changed)):
                text = fault.sentence()
                assert not {"input", "should", "valid", "type=", "Input", "None", "dict", "ValueError"} & set(
                    text.replace("«", " ").split()
                )
                assert fault.message.endswith(".")
