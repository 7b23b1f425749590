"""Measurements, run by hand with `make bench`: ratios within one run, never limits in tests."""
