"""Loaders: one source format each; every one ends in the same validated batch and the same faults."""
