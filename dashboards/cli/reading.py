"""`status`, `history` and `check`: what a store holds and whether it is sound."""

from dataclasses import asdict
from typing import Any

from dashboards.cli.session import SESSION, print_json
from graphmodel import SCHEMA, ContractGraph, Store


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
    if content["fictional"]:
        print("Attention : la base contient des données fictives.")


def history(*, as_json: bool) -> None:
    """Print the loads, oldest first."""
    with SESSION.open() as store:
        loads = store.history()
    if as_json:
        print_json("history", {"loads": [asdict(load) for load in loads]})
        return
    for load in loads:
        names = ", ".join(str(s.get("name", f"annulation du {s.get('undone')}")) for s in load.sources)
        print(f"{load.number:>4}  {load.at}  {load.author or '—'}  {names}")


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
