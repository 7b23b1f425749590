"""The contract graph: schema, batches, stores, and the immutable snapshot that every analysis reads.

A library in its own right: importing it loads neither Dash, nor Folium, nor the Neo4j driver.
"""

from graphmodel.batch import Batch, BatchBuilder, Place, Source
from graphmodel.contract_graph import ContractGraph, Selection, Version
from graphmodel.errors import InputFaultsError, MaillageError, StoreUnavailableError, UsageError
from graphmodel.faults import Fault
from graphmodel.schema import SCHEMA
from graphmodel.stores import Store, open_store

__all__ = [
    "SCHEMA",
    "Batch",
    "BatchBuilder",
    "ContractGraph",
    "Fault",
    "InputFaultsError",
    "MaillageError",
    "Place",
    "Selection",
    "Source",
    "Store",
    "StoreUnavailableError",
    "UsageError",
    "Version",
    "open_store",
]
