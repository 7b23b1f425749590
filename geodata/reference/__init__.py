"""The territory reference carried by the package: the data, their `SOURCES.md`, the scripts that build them.

`files` reads the data at run time; `build` (with `packages`, `coverage` and `history`) makes them again and
is never imported by the product.
"""
