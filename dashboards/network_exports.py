"""The cooperation network as files: GEXF, GraphML, CSV, and JSON for Gephi Lite.

Every file passes `secrecy.release`, says that its data are fictional when they are, and reads back in
NetworkX with the same nodes, edges and attributes.
"""

import json
from pathlib import Path

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from dashboards import words
from dashboards.network_workbook import write_network_workbook
from dashboards.origin import origin_of
from dashboards.spreadsheet import write_table
from graphmodel import ContractGraph, UsageError
from graphmodel.cooperation.exchange import NetworkView, exchange_network, to_graphology
from graphmodel.cooperation.participations import Participations
from graphmodel.secrecy import Mode, release

ORIGIN = ("outil", "base", "mode", "refaire")
"""What every file says of itself; see `dashboards.origin`."""
FORMATS = (".gexf", ".graphml", ".csv", ".json", ".xlsx")
_NODES = ("Id", "Label", "genre", "code", "monde", "famille", "axe")
_LINKS = ("Source", "Target", "Type", "Weight", "roles", "annees", "actions_communes")
_COLUMN_OF = {"Label": "label", "Weight": "weight"}


def released_network(graph: ContractGraph, view: NetworkView, mode: Mode = "publication") -> "nx.Graph[str]":
    """Return the network as it may leave, with its title.

    Raises
    ------
    UsageError
        No operator takes part in an action in that year.
    """
    network = exchange_network(graph, view)
    if not network:
        years = words.listed(str(year) for year in Participations(graph).years) or "aucune"
        asked = "" if view.year is None else f" en {view.year}"
        raise UsageError(f"Aucune coopération n’est connue{asked}. Années connues : {years}.")
    released = release(network, mode=mode, fictional=graph.fictional)
    released.graph["name"] = _title(released)
    return released


def _title(network: "nx.Graph[str]") -> str:
    about = network.graph
    parts = [f"Coopération, {about['annee'] if about['annee'] != 'toutes' else 'toutes années'}"]
    if "avertissement" in about:
        parts.append(words.FICTIONAL)
    if about["mode"] == "working":
        parts.append("document de travail")
    return " — ".join(parts)


def write_network(
    graph: ContractGraph,
    out: Path,
    view: NetworkView | None = None,
    mode: Mode = "publication",
    command: str = "maillage export network",
) -> list[Path]:
    """Write the network; the extension of the path chooses the format.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    out
        `.gexf`, `.graphml`, `.json` (graphology), or `.csv`: two files, `<name>-noeuds.csv` and
        `<name>-liens.csv`; or `.xlsx`: measures and ranks of each operator, the reading, the definitions.
    view
        Year, projection, operators left out; the whole two-mode network by default.
    mode
        See `release`.
    command
        Command that makes the file again, written in it.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    UsageError
        An extension of no known format, or a year without cooperation.
    """
    suffix = out.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(f"« {suffix or out.name} » n’est pas un format de réseau : {', '.join(FORMATS)}.")
    if suffix == ".xlsx":
        out.parent.mkdir(parents=True, exist_ok=True)
        return [write_network_workbook(graph, out, view or NetworkView(), mode, command)]
    network = released_network(graph, view or NetworkView(), mode)
    for name, told in origin_of(graph, mode, command).items():
        network.graph.setdefault(name, told)
    out.parent.mkdir(parents=True, exist_ok=True)
    if suffix == ".csv":
        return _write_tables(network, out)
    if suffix == ".gexf":
        _write_gexf(network, out)
    elif suffix == ".graphml":
        nx.write_graphml_xml(network, out)
    else:
        text = json.dumps(to_graphology(network), ensure_ascii=False, indent=1)
        out.write_text(text + "\n", encoding="utf-8")
    return [out]


def _write_gexf(network: "nx.Graph[str]", out: Path) -> None:
    """Write GEXF 1.2; the format has no attribute of graphs, so the title and the description say them."""
    writer = GEXFWriter(encoding="utf-8", version="1.2draft")
    writer.add_graph(network)
    meta = writer.xml.find("meta")
    if meta is not None:
        # The day of writing is not content: the same network gives the same file.
        meta.attrib.pop("lastmodifieddate", None)
        told = (f"{name} : {value}" for name, value in sorted(network.graph.items()))
        description = meta.makeelement("description", {})
        description.text = " ; ".join(told)
        meta.append(description)
    with out.open("wb") as stream:
        writer.write(stream)


def _write_tables(network: "nx.Graph[str]", out: Path) -> list[Path]:
    """Write the nodes and the links with the column names that Gephi reads; what the file is, in columns."""
    origin = " · ".join(str(network.graph[name]) for name in ORIGIN)
    warning = network.graph.get("avertissement")
    more = ("origine", *(("avertissement",) if warning else ()))
    shown = (origin, *((warning,) if warning else ()))
    nodes = [
        (key, *(about.get(_COLUMN_OF.get(name, name)) for name in _NODES[1:]), *shown)
        for key, about in network.nodes(data=True)
    ]
    links = [
        (first, second, "Undirected", *(about.get(_COLUMN_OF.get(name, name)) for name in _LINKS[3:]), *shown)
        for first, second, about in network.edges(data=True)
    ]
    return [
        write_table(out.with_name(f"{out.stem}-noeuds.csv"), (*_NODES, *more), nodes),
        write_table(out.with_name(f"{out.stem}-liens.csv"), (*_LINKS, *more), links),
    ]
