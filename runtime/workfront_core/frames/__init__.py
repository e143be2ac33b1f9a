"""Rows as Arrow tables and files. pyarrow is imported when the first frame is made, and missing it is said in words."""

from __future__ import annotations

from importlib import import_module

from workfront_core.errors.kinds import QueryError


def require_arrow() -> None:
    """Checks that pyarrow is there.

    Raises:
        QueryError: it is not installed.
    """
    try:
        import_module("pyarrow")
    except ModuleNotFoundError:
        raise QueryError("Tables need pyarrow.", hint="pip install 'workfront-client[frames]'") from None
