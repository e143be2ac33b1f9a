"""What the kit needs beside the client."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from workfront_core.errors.kinds import QueryError

_PACKAGES: Final = ("python_multipart", "starlette", "uvicorn")


def require_sandbox() -> None:
    """Checks that what the sandbox stands on is there.

    Raises:
        QueryError: a package is not installed; the hint names the extra that brings it.
    """
    for package in _PACKAGES:
        if find_spec(package) is None:
            raise QueryError(f"The test kit needs {package}.", hint="pip install 'workfront-client[sandbox]'")
