"""The territories of the parties are those of the territory reference, at its vintage."""

from geodata.territories import load_reference
from graphmodel.contract_graph import ContractGraph


def test_every_known_territory_is_in_the_reference(graph: ContractGraph) -> None:
    reference = load_reference()
    territories = graph.nodes("Territory")
    official = territories[~territories["level"].isin(["syndicat_mixte", "pnr"])]
    assert len(official) == 13
    keys = {reference.get(row.code, row.level, row.vintage).key for row in official.itertuples()}
    assert keys == set(official.index)


def test_the_reference_names_what_the_party_administers(graph: ContractGraph) -> None:
    reference = load_reference()
    administers = graph.relationships("ADMINISTERS")
    names = {}
    for party, territory in zip(administers["source"], administers["target"], strict=True):
        level, _, rest = territory.partition("/")
        if level in ("commune", "departement", "epci", "region"):
            names[party.rsplit("/", 1)[-1]] = reference.get(rest.partition("@")[0], level).name
    assert names == {
        "REGION-RA": "Rhône-Alpes",
        "CG-ARDECHE": "Ardèche",
        "CG-ISERE": "Isère",
        "GRAND-LYON": "Métropole de Lyon",
        "GRENOBLE-ALPES-METROPOLE": "Grenoble-Alpes-Métropole",
        "SAINT-ETIENNE-METROPOLE": "Saint-Etienne Métropole",
        "ROANNAIS-AGGLOMERATION": "Communauté d’agglomération Roannais Agglomération",
        "CAPI": "Communauté d’agglomération Porte de l’Isère (CAPI)",
        "PAYS-VOIRONNAIS": "Communauté d’agglomération du Pays Voironnais",
        "VAL-DE-DROME": "Communauté de communes du Val de Drôme en Biovallée",
        "VILLE-LYON": "Lyon",
        "VILLE-GRENOBLE": "Grenoble",
        "VILLE-VILLEURBANNE": "Villeurbanne",
    }
