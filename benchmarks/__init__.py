"""Measurements against the named peers, in one run.

``python -m benchmarks`` prints them and writes docs/benchmarks.md.
"""
