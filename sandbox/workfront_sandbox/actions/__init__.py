"""Actions, one module a subject."""
