"""Filters of a search, compiled to SQL; which fields a row shows."""
