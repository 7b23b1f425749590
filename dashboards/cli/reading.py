"""`status`, `history` and `check`: what a store holds and whether it is sound."""

from dataclasses import asdict
from typing import Any

from dashboards.cli.freezing import frozen_json, frozen_lines
from dashboards.cli.layout import aligned, moment
from dashboards.cli.loads import told
from dashboards.cli.session import SESSION, print_json
from graphmodel import SCHEMA, ContractGraph, Store
from graphmodel.stores.loads import UNDO, standing


def status(*, as_json: bool) -> None:
    """Print what the store holds."""
    with SESSION.open() as store:
        content = describe(store)
    if as_json:
        print_json("status", content)
    else:
        _print_status(content)


def describe(store: Store) -> dict[str, Any]:
    """Return the content of `status --json`."""
    graph = store.snapshot(SESSION.selection()) if SESSION.contract else store.snapshot()
    return {
        "store": store.url,
        "version": {"number": graph.version.number, "digest": store.digest()},
        "contracts": list(graph.contracts),
        "nodes": graph.count_nodes(),
        "relationships": graph.count_relationships(),
        "fictional": graph.fictional,
        "vintages": vintages(graph),
        "loads": len(store.history()),
        "frozen": frozen_json(store),
        "at": SESSION.at,
    }


def vintages(graph: ContractGraph) -> dict[str, list[str]]:
    """Return the vintages of the territories by level, and of the zonings by scheme."""
    found: dict[str, set[str]] = {}
    for label, column in (("Territory", "level"), ("Zoning", "scheme")):
        frame = graph.nodes(label)
        for group, vintage in zip(frame[column], frame["vintage"], strict=True):
            if vintage is not None:
                found.setdefault(str(group), set()).add(str(vintage))
    return {group: sorted(values) for group, values in sorted(found.items())}


def _print_status(content: dict[str, Any]) -> None:
    version = content["version"]
    print(f"Base : {content['store']}")
    print(
        f"Version {version['number']} (empreinte {version['digest'][:12]}…), {content['loads']} chargement(s)"
    )
    print(f"Contrats : {', '.join(content['contracts']) or 'aucun'}")
    for title, group, names in (
        ("Éléments", "nodes", SCHEMA.nodes),
        ("Relations", "relationships", SCHEMA.relationships),
    ):
        print(
            f"{title} : "
            + (", ".join(f"{names[name].french} {n}" for name, n in content[group].items()) or "aucun")
        )
    print(
        "Millésimes : "
        + "; ".join(f"{group} {', '.join(values)}" for group, values in content["vintages"].items())
    )
    if content["at"]:
        print(f"Lue telle que figée sous le nom « {content['at']} ».")
    for frozen in content["frozen"]:
        print(f"Version figée : « {frozen['name']} » (version {frozen['version']}, {moment(frozen['at'])})")
    if content["fictional"]:
        print("Attention : la base contient des données fictives.")


def history(*, as_json: bool) -> None:
    """Print the loads, corrections and decisions, oldest first, then the frozen versions."""
    with SESSION.open() as store:
        loads, frozen = store.history(), store.frozen()
    if as_json:
        content = {"loads": [asdict(load) for load in loads], "frozen": [asdict(one) for one in frozen]}
        print_json("history", content)
        return
    standing_numbers = {load.number for load in standing(loads)}
    rows = [
        [
            str(load.number),
            moment(load.at),
            load.author or "—",
            "" if load.number in standing_numbers or load.action == UNDO else "(annulé)",
            told(load),
        ]
        for load in loads
    ]
    print("\n".join([*(aligned(rows, "  ", 160) or ["Aucun chargement."]), *frozen_lines(frozen)]))


def check(*, as_json: bool) -> int:
    """Print what breaks the schema's rules; return 1 when something does."""
    from graphmodel.check import check_store

    with SESSION.open() as store, SESSION.step("Vérification"):
        faults = check_store(store)
    if as_json:
        print_json("check", {"issues": [asdict(fault) for fault in faults]})
    else:
        for fault in faults:
            print(f"- {fault.sentence()}")
        print("La base respecte le schéma." if not faults else f"{len(faults)} écart(s) au schéma.")
    return 1 if faults else 0
