"""The fixtures of the stores: decisions hold on both."""

from tests.graphmodel.stores.conftest import store, store_url

__all__ = ["store", "store_url"]
