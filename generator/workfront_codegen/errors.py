"""Problems of the generator itself: names that clash, folders that are not its own."""

from __future__ import annotations

from workfront_schema.errors import SchemaError


class CodegenError(SchemaError):
    """A package cannot be made of a snapshot that is sound by itself."""
