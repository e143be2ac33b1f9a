"""Rows as sparse typed objects."""
