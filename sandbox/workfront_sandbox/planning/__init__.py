"""Dates computed: working time, durations, dependencies, plans."""
