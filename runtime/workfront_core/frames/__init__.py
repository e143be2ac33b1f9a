"""Rows as Arrow tables and files. Packages for it are imported when first used; what is missing is said in words."""

from __future__ import annotations

from importlib import import_module

from workfront_core.errors.kinds import QueryError


def require_arrow() -> None:
    """Checks that pyarrow is there.

    Raises:
        QueryError: it is not installed.
    """
    require("pyarrow", "frames")


def require(package: str, extra: str) -> None:
    """Checks that a package is there, before anything is read for it.

    Raises:
        QueryError: it is not installed; the hint names the extra that brings it.
    """
    try:
        import_module(package)
    except ModuleNotFoundError:
        raise QueryError(f"This needs {package}.", hint=f"pip install 'workfront-client[{extra}]'") from None
