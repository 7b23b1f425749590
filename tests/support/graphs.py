"""A batch as the graph that a store holding nothing else would give, without any store."""

from graphmodel import Batch, ContractGraph
from graphmodel.frames import frame_of
from graphmodel.schema import SCHEMA


def graph_of(batch: Batch) -> ContractGraph:
    """Return the snapshot of one batch."""
    frames = {}
    for table, rows in batch.rows.items():
        columns: dict[str, list[object]] = {
            name: [row.values.get(name) for row in rows] for name in SCHEMA.columns(table)
        }
        columns["fictional"] = [batch.source.fictional] * len(rows)
        frames[table] = frame_of(table, columns)
    return ContractGraph(frames, {})
