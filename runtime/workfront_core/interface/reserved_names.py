"""Names that generated services, their arguments, clients and paths must not take. Frozen, never asked of ``dir``."""

from __future__ import annotations

from typing import Final

RESERVED_SERVICE_NAMES: Final[frozenset[str]] = frozenset(
    {
        "action", "batch", "changes", "copy", "count", "create", "create_many", "delete", "delete_many", "download",
        "explain", "extra_params", "get", "get_many", "members", "metadata", "model", "obj_code", "recorded",
        "replace", "report", "save", "search", "search_map", "share", "share_public", "unshare", "unshare_public",
        "update", "update_many", "upload", "with_options", "with_raw_response",
    }
)  # fmt: skip
"""Methods of the engine's mixins, those planned, and their class attributes."""

RESERVED_ARGUMENT_NAMES: Final[frozenset[str]] = frozenset(
    {
        "cls",
        "custom",
        "extra",
        "extra_params",
        "fields",
        "form",
        "object_id",
        "self",
        "timeout",
        "values",
        "where",
        "whole",
    }
)
"""Arguments the engine gives a meaning of its own beside those of an action or a named query."""

RESERVED_CLIENT_NAMES: Final[frozenset[str]] = frozenset(
    {
        "aclose", "api_version", "batch", "by_code", "close", "download", "dry_run", "events", "explain", "from_env",
        "is_dry_run", "login", "logout", "metadata", "origin", "planned", "request", "root", "send", "send_batch",
        "server_time", "services", "strict", "support_ends", "untyped", "upload", "whoami",
        "with_options", "with_raw_response",
    }
)  # fmt: skip
"""Members of the engine's clients, and those planned."""

RESERVED_PATH_NAMES: Final[frozenset[str]] = frozenset(
    {"all", "custom", "exists", "in_", "is_null", "not_exists", "not_in", "not_null", "obj_code", "search"}
)
"""Members of a path to an object."""
