"""Grants in the national open-data form « SCDL subventions »."""

from loaders.scdl.grants import read_scdl
from loaders.scdl.standard import is_grant_table

__all__ = ["is_grant_table", "read_scdl"]
