"""`demo`: the real contract on the real map, with fictional reports, in one command."""

import tempfile
from collections import Counter
from pathlib import Path

from dashboards.cli.reading import describe
from dashboards.cli.session import SESSION, data_folder, demo_store
from graphmodel import SCHEMA, ContractGraph, Fault, InputFaultsError, Store, open_store
from loaders import registry

SETS = ("convention", "demonstration")
"""Bundled sets, in the order they are loaded."""


def run_demo(*, serve: bool, out: Path | None, port: int) -> None:
    """Load the bundled sets, say what they hold, write maps and files, and serve.

    Parameters
    ----------
    serve
        False stops after writing.
    out
        Folder of the maps and files; by default `demo` in the user's data folder.
    port
        Port of the dashboard.

    Raises
    ------
    InputFaultsError
        The store named by `--store` holds something else than the demonstration.
    """
    folder = out or data_folder() / "demo"
    _check_writable(folder)
    url = SESSION.store or f"sqlite:///{demo_store()}"
    SESSION.store = url
    with open_store(url, create=True) as store:
        _load(store)
        _tell(store)
        _write_files(store, folder)
    if serve:
        from dashboards.cli.serving import serve as run

        run("127.0.0.1", port, workers=2)


def _check_writable(folder: Path) -> None:
    """Make the folder and try to write in it, before the store is touched.

    Raises
    ------
    OSError
        When it cannot hold files: the error names the path, which the command line says in French.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error


def _load(store: Store) -> None:
    with SESSION.step("Lecture de la convention et des bilans fictifs"):
        sets = [registry.read(registry.FileRequest(Path(name), store)) for name in SETS]
    known = {batch.source.id for batches in sets for batch in batches}
    others = sorted(_strangers(store, known))
    if others:
        raise InputFaultsError([_in_use(store, others)])
    with SESSION.step("Écriture dans la base"):
        for batches in sets:
            store.apply(store.plan(batches), author="démonstration")


def _strangers(store: Store, known: set[str]) -> set[str]:
    """Return the names of the documents in a store that the demonstration does not bring."""
    sources = [
        source for load in store.history() if load.action in ("load", "push") for source in load.sources
    ]
    return {str(source.get("name")) for source in sources if source.get("id") not in known}


def _in_use(store: Store, others: list[str]) -> Fault:
    return Fault(
        "error",
        "store_in_use",
        "Cette base contient autre chose que la démonstration.",
        store.url,
        value=", ".join(others[:5]),
        fix="Choisir une base vide, ou ne pas donner --store.",
    )


def _tell(store: Store) -> None:
    content = describe(store)
    print(f"Base : {store.url}, version {content['version']['number']}")
    nodes, relationships = content["nodes"], content["relationships"]
    shown = (
        "Organisation",
        "Action",
        "Territory",
        "Report",
        "Funding",
        "Meeting",
        "Need",
        "Ptce",
        "Ambiguity",
    )
    print("Trouvé : " + ", ".join(f"{SCHEMA.nodes[n].french} {nodes[n]}" for n in shown if n in nodes))
    parts = relationships.get("TAKES_PART_IN", 0)
    print(f"Relations : {sum(relationships.values())}, dont {parts} participations")
    print("Attention : bilans, QPV et liste ZRR sont fictifs ; la convention et les communes sont réelles.")


def _write_files(store: Store, folder: Path) -> None:
    from dashboards import amount_tables, view_data
    from dashboards import overlap_tables as tables
    from dashboards.cli.exporting import write_demo_files
    from dashboards.network_exports import write_network
    from dashboards.network_workbook import reading_sentences, write_network_workbook
    from graphmodel.cooperation.exchange import NetworkView

    graph = store.snapshot()
    with SESSION.step("Cartes et fichiers"):
        perimeters, factors = tables.perimeter_table(graph), tables.double_count(graph)
        amounts = amount_tables.amount_rows(graph, view_data.years_of(graph))
        sentences = reading_sentences(graph)
        written = [
            *write_demo_files(graph, folder),
            tables.write_perimeters(perimeters, folder / "chevauchements.csv"),
            tables.write_double_count(factors, folder / "double-compte.csv"),
            amount_tables.write_amounts(amounts, folder / "montants-par-collectivite.csv"),
            *write_network(
                graph, folder / "reseau.gexf", command="maillage export network --out reseau.gexf"
            ),
            write_network_workbook(graph, folder / "reseau.xlsx", NetworkView(), "publication",
                                   "maillage export network --out reseau.xlsx", sentences),
        ]  # fmt: skip
    print("\n".join(f"Réseau : {sentence}" for sentence in sentences))
    print(tables.overlap_sentence(perimeters, factors))
    print(f"Écrit dans {folder} : " + ", ".join(path.name for path in written))
    _tell_what_leaves(store.url, graph)


def _tell_what_leaves(url: str, graph: ContractGraph) -> None:
    """Name the commands of what a meeting and an evaluation take away, ready to be typed."""
    from graphmodel.invitations import guests_of, meetings_of

    held = Counter(one.on for one in meetings_of(graph) if one.on is not None)
    named = f"maillage --store {url}"
    alone = [one for one in meetings_of(graph) if one.on is not None and held[one.on] == 1]
    if alone:
        largest = max(alone, key=lambda one: (len(guests_of(graph, one)), one.on))
        print(f"Dossier de séance : {named} pack --meeting {largest.on} --out seance")
    print(f"Rapport : {named} export report --out rapport.pdf (ou .docx)")
