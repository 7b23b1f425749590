"""`protocol`: the rules of the evaluation, hashed before its results, and what departs from them."""

import json
from datetime import date
from pathlib import Path

from dashboards.cli.session import SESSION
from graphmodel import BatchBuilder, ContractGraph, Source, UsageError
from graphmodel.protocol import (
    DOCUMENT_KIND,
    Protocol,
    deviations,
    protocol_of,
    read_protocol,
    registered_deviations,
)


def write_protocol(out: Path, author: str, *, register: bool) -> None:
    """Write the protocol of the store's contract and say its hash; keep it in the store when asked.

    Raises
    ------
    UsageError
        A path that does not end in .json, or a file that exists: a protocol is not written over.
    """
    if out.suffix.lower() != ".json":
        raise UsageError("Le protocole s’écrit dans un fichier .json.")
    if out.exists():
        raise UsageError(f"Le fichier « {out} » existe déjà : un protocole ne se récrit pas.")
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
        protocol = protocol_of(graph)
        text = json.dumps(protocol.to_json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
        if register:
            store.apply(store.plan(_remembered(protocol, out.name, author).build()), author=author)
    print(f"Écrit : {out}")
    print(f"Empreinte SHA-256 : {protocol.sha256}")
    if register:
        print("Enregistré dans la base : « maillage evaluate » dira ce qui s’en écarte.")


def _remembered(protocol: Protocol, name: str, author: str) -> BatchBuilder:
    today = date.today()
    identity = f"PROTOCOLE-{today.isoformat()}-{protocol.sha256[:8]}"
    source = Source(identity, name, protocol.sha256, "protocol", author=author or None, known_on=today)
    made = BatchBuilder(source, contract=protocol.contract)
    said = {"kind": DOCUMENT_KIND, "sha256": protocol.sha256, "date": today, "language": "français"}
    made.node("Document", identity, said, name=protocol.summary)
    return made


def departures(graph: ContractGraph, path: Path | None) -> list[str] | None:
    """Return what the rules applied depart from: the file given, else the protocol the store remembers.

    None when there is neither.

    Raises
    ------
    UsageError
        A file that is no protocol, or that was changed since.
    """
    current = protocol_of(graph)
    if path is None:
        return registered_deviations(graph, current)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as failure:
        raise UsageError(f"Le protocole « {path} » ne se lit pas.") from failure
    return deviations(read_protocol(content), current)
