"""What people write, and the territory they mean."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.names import AmbiguousNameError, Gazetteer, UnknownNameError, normalize, resolve
from geodata.perimeters import unknown_perimeter
from geodata.territories import Territories


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("69123", "commune/69123@2025"),
        ("1004", "commune/01004@2025"),
        ("7", "departement/07@2025"),
        ("200046977", "epci/200046977@2025"),
        ("R", "region/82@2025"),
        ("Lyon", "commune/69123@2025"),
        ("LYON 3ÈME ARRONDISSEMENT", "commune/69123@2025"),
        ("69383", "commune/69123@2025"),
        ("9e arrondissement de Lyon", "commune/69123@2025"),
        ("st etienne", "commune/42218@2025"),
        ("Ste Foy lès Lyon", "commune/69202@2025"),
        ("tour-du-pin", "commune/38509@2025"),
        ("La Tour du Pin", "commune/38509@2025"),
        ("ardeche", "departement/07@2025"),
        ("l'Isère", "departement/38@2025"),
        ("Le Conseil Général de l'Ardèche", "departement/07@2025"),
        ("La Ville de Villeurbanne", "commune/69266@2025"),
        ("Grand Lyon", "epci/200046977@2025"),
        ("Communauté urbaine de Lyon Grand Lyon", "epci/200046977@2025"),
        ("la Métro", "epci/200040715@2025"),
        ("La Communauté d'Agglomération Grenoble Alpes Métropole", "epci/200040715@2025"),
        ("CAPI", "epci/243800604@2025"),
        ("La Communauté d’Agglomération Porte de l’Isère", "epci/243800604@2025"),
        ("Pays Voironnais", "epci/243800984@2025"),
        ("La Communauté de communes du Val de Drôme", "epci/242600252@2025"),
        ("Roannais Agglomération", "epci/200035731@2025"),
        ("Saint-Etienne Métropole", "epci/244200770@2025"),
        ("coeur de savoie", "epci/200041010@2025"),
        ("Veyrins-Thuellin", "commune/38022@2025"),
        ("69159", "commune/69114@2025"),
        ("Saint-Paul (73)", "commune/73269@2025"),
        ("Saint-Julien, Rhône", "commune/69215@2025"),
        ("3e arr. de Lyon", "commune/69123@2025"),
        ("Lyon III", "commune/69123@2025"),
        ("Romans s/ Isère", "commune/26281@2025"),
        ("Villeurbanne cedex", "commune/69266@2025"),
        ("dépt. de la Loire", "departement/42@2025"),
        ("ViennAgglo", "epci/200077014@2025"),
        ("C2A", "epci/200066793@2025"),
        ("Valence Romans Sud Rhône-Alpes", "epci/200068781@2025"),
        ("Chambéry métropole", "epci/200069110@2025"),
        ("CALB", "epci/200068674@2025"),
        ("Grand Roanne Agglomération", "epci/200035731@2025"),
        ("Montélimar-Sésame", "epci/200040459@2025"),
        ("Annemasse Agglo", "epci/200011773@2025"),
        ("Annemasse - les Voirons", "epci/200011773@2025"),
        ("Loire Forez", "epci/200065886@2025"),
        ("agglo de Grenoble", "epci/200040715@2025"),
        ("Pays de Gex agglo", "epci/240100750@2025"),
        ("Chamonix", "commune/74056@2025"),
    ],
)
def test_people_find_what_they_mean(query: str, key: str) -> None:
    assert resolve(query).territory.key == key


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("Véronne", "Véronne est devenue Saillans en 2025."),
        (
            "Thuellin",
            "Thuellin est devenue Veyrins-Thuellin le 1er janvier 1973, "
            "aujourd’hui Les Avenières Veyrins-Thuellin.",
        ),
        ("Grigny", "Grigny s’appelle Grigny-sur-Rhône depuis 2025."),
        ("38510", "Toussieu (38510) porte le code 69298 depuis le 31 décembre 1967."),
        ("Les Avenières", "Les Avenières : commune déléguée des Avenières Veyrins-Thuellin."),
        ("69383", "Lyon 3e Arrondissement (69383) fait partie de Lyon."),
    ],
)
def test_what_a_territory_has_become_is_said(query: str, note: str) -> None:
    assert resolve(query).note == note


def test_a_former_namesake_is_mentioned_beside_todays() -> None:
    match = resolve("Roche")
    assert match.territory.code == "38339"
    assert any("42188" in other and "Roche-en-Forez depuis 2025" in other for other in match.others)


def test_namesakes_are_listed_with_their_departement(gazetteer: Gazetteer, territories: Territories) -> None:
    names = territories.frame("commune").groupby("name")["code"].apply(list)
    twins = {name: codes for name, codes in names.items() if len(codes) > 1}
    assert twins
    for name, codes in twins.items():
        with pytest.raises(AmbiguousNameError) as caught:
            gazetteer.resolve(str(name))
        assert {match.territory.code for match in caught.value.matches} == set(codes)
        for code in codes:
            assert f"commune {code}, {code[:2]}" in str(caught.value)
            if sum(other[:2] == code[:2] for other in codes) == 1:
                assert gazetteer.resolve(f"{name} ({code[:2]})").territory.code == code


def test_every_commune_answers_to_its_code_and_its_name(
    gazetteer: Gazetteer, territories: Territories
) -> None:
    for commune in territories.every("commune"):
        assert gazetteer.resolve(commune.code).territory == commune
        assert commune in [match.territory for match in gazetteer.search(commune.name)]


def test_every_grouping_answers_to_its_name(gazetteer: Gazetteer, territories: Territories) -> None:
    for epci in territories.every("epci"):
        assert gazetteer.resolve(epci.name).territory == epci


def test_an_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"« Villeurbane ».*« Villeurbanne \(69\) »") as caught:
        resolve("Villeurbane")
    assert caught.value.exit_code == 2
    with pytest.raises(UnknownNameError, match="Évian-les-Bains"):
        resolve("Evian")
    with pytest.raises(UnknownNameError, match="vide"):
        resolve(" ")


def test_level_and_departement_narrow_the_search(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Lyon", level="epci").territory.code == "200046977"
    assert gazetteer.search("Roche", departement="42")[0].territory.code == "42188"


def test_added_perimeters_are_found(territories: Territories) -> None:
    more = territories.with_perimeters(
        [unknown_perimeter("PNR-PILAT", "Parc naturel régional du Pilat", "pnr")]
    )
    found = Gazetteer(more)
    assert found.resolve("parc naturel regional du pilat").territory.code == "PNR-PILAT"
    assert found.resolve("pnr-pilat").how == "code"


@given(st.text())
def test_any_text_gets_an_answer_or_a_sentence(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
    with suppress(UnknownNameError, AmbiguousNameError):
        assert resolve(text).territory.name


def test_what_looks_like_a_postal_code_is_said_to() -> None:
    with pytest.raises(UnknownNameError, match="code postal"):
        resolve("38000")
    with pytest.raises(UnknownNameError) as caught:
        resolve("Atlantide")
    assert "code postal" not in str(caught.value)


def test_a_former_group_says_what_it_has_become() -> None:
    note = resolve("ViennAgglo").note
    assert note is not None
    assert "Vienne Condrieu" in note
    assert "2018" in note
