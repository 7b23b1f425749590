"""Which names are proposed as one organisation, and which are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.matching import find_candidates
from loaders.matching.names import acronyms, fold, forms
from loaders.matching.similarity import THRESHOLD, Named, compare, weights_of

SAME = [
    ("Communauté de communes du Val de Drôme", "CC du Val de Drôme"),
    ("Association Ficti-Bois", "FICTI BOIS"),
    ("SCOP Les Menuisiers du Rhône", "Menuisiers du Rhone (SCOP)"),
    ("CRESS Rhône-Alpes", "Chambre régionale de l’économie sociale et solidaire Rhône-Alpes"),
    ("Conseil régional Rhône-Alpes", "Région Rhône-Alpes"),
    ("Conseil général de l’Isère", "Conseil départemental de l'Isère"),
    ("Porte de l’Isère (CAPI)", "CAPI"),
    ("ARDI – agence régionale du développement et de l’innovation", "ARDI"),
    ("Agence régionale du développement et de l'innovation", "ARDI"),
    ("Rhône Développement Initiative", "RDI"),
    ("Rhône Développement Initiative", "Rhône Développement Initative"),
    ("Ville de Lyon", "Mairie de Lyon"),
    ("Syndicat mixte du Sud-Grésivaudan", "Syndicat Mixte Sud Grésivaudan"),
    ("Grenoble-Alpes Métropole", "Grenoble Alpes Métropole (La Métro)"),
    ("Coopératives d’activités et d’emplois", "Coopérative d'Activité et d'Emploi"),
    ("Caisse des Dépôts", "Caisse des dépôts et consignations"),
    ("Alpes Solidaires Réseau", "Réseau Alpes solidaires"),
    ("Saint-Étienne Métropole", "St Etienne Métropole"),
]
OTHERS = [
    ("Conseil général de l’Ardèche", "Conseil général de l’Isère"),
    ("Ville de Lyon", "Grand Lyon"),
    ("Ville de Grenoble", "Grenoble-Alpes Métropole"),
    ("Département de la Loire", "Département de la Haute-Loire"),
    ("Union sociale Loire", "Union sociale Loiret"),
    ("Union régionale des SCOP", "Union régionale des SCIC"),
    ("Mission locale du Bugey", "Mission locale du Forez"),
    ("Aide à domicile en milieu rural de l’Ain", "Aide à domicile en milieu rural de la Drôme"),
    ("Coopérative Bois 1", "Coopérative Bois 2"),
    ("Lycée Jean Moulin", "Collège Jean Moulin"),
    ("Ficti-pain du Canal", "Ficti-bain du Canal"),
    ("Régie de quartier Vaulx", "Régie de quartier Bron"),
]


def named(name: str, **known: str) -> Named:
    return Named(name, name, "C", (name,), **known)  # type: ignore[arg-type]


def score(one: Named, other: Named) -> float:
    found = compare(one, other, weights_of([one, other]))
    return found[0] if found else 0.0


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_of_writing_are_proposed(one: str, other: str) -> None:
    assert score(named(one), named(other)) >= THRESHOLD


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_organisations_are_not_proposed(one: str, other: str) -> None:
    assert score(named(one), named(other)) < THRESHOLD


def test_identifiers_come_before_names() -> None:
    assert score(named("Un", siren="900000001"), named("Deux", siren="900000001")) == 1.0
    assert score(named("Un", rna="W691000001"), named("Deux", rna="W691000001")) == 1.0
    one, other = (named("Ficti-Bois", siren="900000001", siret=f"9000000010000{n}") for n in (1, 2))
    assert score(one, other) == 0.95
    assert score(named("Ficti-Bois", siren="900000001"), named("Ficti Bois", siren="900000002")) == 0.0


def test_a_part_of_a_name_is_less_sure_than_the_whole() -> None:
    whole = score(named("Fonds territorial France Active"), named("France active, fonds territorial"))
    part = score(
        named("Fonds territorial France Active"),
        named("Rhône Initiative, Fonds territorial France Active"),
    )
    assert whole > part >= THRESHOLD


def test_every_pair_of_one_name_is_found_among_many_and_two_contracts_are_kept_apart() -> None:
    crowd = [Named(f"{n}", f"{n}", "C", (f"Ficti-{n} du Canal",)) for n in range(200)]
    twins = [Named("a", "a", "C", ("Grand Lyon Habitat",)), Named("b", "b", "C", ("GRAND LYON HABITAT",))]
    elsewhere = Named("c", "c", "D", ("Grand Lyon Habitat",))
    found = find_candidates([*crowd, *twins, elsewhere])
    assert [(c.first.key, c.second.key) for c in found] == [("a", "b")]
    assert find_candidates(twins, {frozenset(("a", "b"))}) == []
    assert find_candidates(twins, focus={"z"}) == []


TEXT = st.text(max_size=40)


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT)
def test_comparing_never_fails_and_knows_no_order(one: str, other: str) -> None:
    first, second = named(one), named(other)
    assert score(first, second) == pytest.approx(score(second, first))
    assert 0.0 <= score(first, second) <= 1.0
    assert fold(fold(one)) == fold(one)
    assert all(form.words for form in forms(one))
    assert all(len(word) >= 3 for word in acronyms(one))
