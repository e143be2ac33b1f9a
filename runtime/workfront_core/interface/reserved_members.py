"""Names that a generated member must not take. Frozen: a newer pydantic must not rename anybody's attributes,
so the list is written by hand and a test compares it with the attributes that exist."""

from __future__ import annotations

from typing import Final

_PYDANTIC: Final = frozenset(
    {
        "construct", "copy", "dict", "from_orm", "json", "model_computed_fields", "model_config", "model_construct",
        "model_copy", "model_dump", "model_dump_json", "model_extra", "model_fields", "model_fields_set",
        "model_json_schema", "model_parametrized_name", "model_post_init", "model_rebuild", "model_validate",
        "model_validate_json", "model_validate_strings", "parse_file", "parse_obj", "parse_raw", "schema",
        "schema_json", "update_forward_refs", "validate",
    }
)  # fmt: skip

_ENGINE: Final = frozenset(
    {"changes", "custom", "f", "flat", "from_wire", "from_wire_rows", "get", "obj_code", "to_wire"}
)

# `mro` and `register` belong to the metaclass; `keys` would make dict(row) take the row for a mapping;
# `self` and `cls` cannot be keyword arguments of a constructor.
_PYTHON: Final = frozenset(
    {
        "bool", "bytes", "classmethod", "cls", "dict", "float", "frozenset", "int", "keys", "list", "mro",
        "object", "property", "register", "self", "set", "staticmethod", "str", "tuple",
    }
)  # fmt: skip

RESERVED_MEMBER_NAMES: Final[frozenset[str]] = _PYDANTIC | _ENGINE | _PYTHON
"""Attributes of rows, and builtins that annotations in a class body need."""
