"""Paths as tests name them: what follows the version, with the object by its objCode."""

from __future__ import annotations

from urllib.parse import unquote

from workfront_sandbox import Sandbox
from workfront_sandbox.wire.address import parse_address
from workfront_sandbox.wire.errors import ApiError


def called_path(sandbox: Sandbox, path: str) -> str:
    """Returns ``TASK/search`` for ``/attask/api/v22.0/task/search``; the path itself where it is not in the object
    API.
    """
    try:
        return named_path(sandbox, "/".join(parse_address(path, sandbox.tenant.catalogue.newest_version).parts))
    except ApiError:
        return unquote(path)


def named_path(sandbox: Sandbox, path: str) -> str:
    """Returns ``TASK/search`` for ``task/search``; a path that names no object stays as it is."""
    word, slash, rest = path.partition("/")
    try:
        return f"{sandbox.tenant.catalogue.newest.find(word).code}{slash}{rest}"
    except ApiError:
        return path
