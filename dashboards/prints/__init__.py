"""Printed pages: maps in PNG (300 dpi), SVG or PDF, the same bytes for the same store and options."""

from dashboards.prints.maps import (
    AmountsOptions,
    print_actions_map,
    print_amounts_map,
    print_former_map,
    print_perimeters_map,
    print_zonings_map,
)

__all__ = [
    "AmountsOptions",
    "print_actions_map",
    "print_amounts_map",
    "print_former_map",
    "print_perimeters_map",
    "print_zonings_map",
]
