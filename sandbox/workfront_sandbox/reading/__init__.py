"""Answers without a change: searches, reports, named queries."""
