"""What a load changed or removed, packed to be able to take it back."""

import json
import zlib
from collections.abc import Iterable, Mapping

from graphmodel.attestations import Attestation, Record, decode_attestation, encode_attestation
from graphmodel.codec import from_json, to_json


def compact_json(value: object) -> str:
    """Return JSON text without spaces, accents kept."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pack_before(before: Mapping[str, Mapping[str, Record]]) -> bytes | None:
    """Return records as compressed JSON, to be able to take a load back; None when there are none."""
    if not before:
        return None
    content = {
        table: [
            [
                to_json(r.values),
                [encode_attestation(a) for a in r.attestations],
                list(r.conflicts),
            ]
            for r in records.values()
        ]
        for table, records in before.items()
    }
    return zlib.compress(compact_json(content).encode(), 6)


def unpack_before(packed: bytes | None) -> dict[str, dict[str, Record]]:
    """Return the records that `pack_before` compressed, by table and key."""
    if packed is None:
        return {}
    restored: dict[str, dict[str, Record]] = {}
    for table, rows in json.loads(zlib.decompress(packed)).items():
        for values, attestations, conflicts in rows:
            record = Record(
                values["key"],
                from_json(table, values),
                tuple(decode_attestation(text, table) for text in attestations),
                tuple(conflicts),
            )
            restored.setdefault(table, {})[record.key] = record
    return restored


def readable_attestations(texts: Iterable[object], table: str) -> tuple[Attestation, ...]:
    """Return the attestations that can be read; those damaged by hand are left out."""
    found = []
    for text in texts:
        try:
            found.append(decode_attestation(str(text), table))
        except (ValueError, TypeError):
            continue
    return tuple(found)
