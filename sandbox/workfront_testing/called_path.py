"""Paths as tests name them: what follows the version, with the object by its objCode."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from workfront_core.errors.kinds import QueryError
from workfront_core.nearest import did_you_mean
from workfront_sandbox import Sandbox
from workfront_sandbox.api.routes import CALL_ROUTES, METADATA_ROUTES, SESSION_ROUTES
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


def asked_path(sandbox: Sandbox, path: str) -> str:
    """Returns a path that a test names, as ``named_path`` does.

    Raises:
        QueryError: it names nothing of the API, so that no request would ever fit.
    """
    word = path.partition("/")[0]
    named = named_path(sandbox, path)
    if not word or word in _WORDS or named.partition("/")[0] in sandbox.tenant.catalogue.types:
        _refuse_misspelt(sandbox, named)
        return named
    codes = sandbox.tenant.catalogue.newest.objects
    raise QueryError(
        f"The path {path!r} does not begin with an object type of the API.",
        hint=did_you_mean(word, [*codes, *_WORDS], "Write it as in the log: TASK/search, or /a/path/outside."),
    )


def _refuse_misspelt(sandbox: Sandbox, path: str) -> None:
    """Raises a QueryError where the last word of a path is nearly one that the object has: no request would fit it."""
    code, _, rest = path.partition("/")
    schema = sandbox.tenant.catalogue.newest.objects.get(code)
    last = rest.rpartition("/")[2]
    if schema is None or not last.isalpha():
        return
    known = {*_CALLS, *schema.actions, *schema.queries}
    if last not in known and (near := did_you_mean(last, known)):
        raise QueryError(f"The path {path!r} names no call of {code}.", hint=near)


_CALLS: Final = ("copy", "count", "metadata", "replace", "report", "search", "share", "unshare")


def _first_words() -> frozenset[str]:
    """Returns what follows the version in addresses that name no object."""
    paths = [route.path for routes in (SESSION_ROUTES, METADATA_ROUTES, CALL_ROUTES) for route in routes]
    return frozenset(word for path in paths if not (word := path.split("/")[1]).startswith("{"))


_WORDS: Final = _first_words()
