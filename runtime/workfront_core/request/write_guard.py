"""Which calls a client may send: writes anywhere, nowhere, or outside production only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import unquote, unquote_plus, urlsplit

from workfront_core.errors.kinds import QueryError, WriteRefused
from workfront_core.request.address import is_loopback
from workfront_core.request.request import Request

WritePolicy: TypeAlias = bool | Literal["sandbox"]
"""``True`` everywhere, ``False`` nowhere, ``"sandbox"`` on previews, sandboxes and this machine only."""

PERMITTED: Final[dict[WritePolicy, str]] = {
    True: "reads and writes",
    False: "read-only",
    "sandbox": "read-only in production",
}
"""Each policy in words."""

_SANDBOX: Final = re.compile(r"\.(preview|sb\d\d|testdrive)\.workfront(\.adobe)?\.com$|\.attasksandbox\.com$")


_BATCH: Final = "batch"
_PARTED: Final = re.compile(r"[?&;#]")
_TURNS: Final = frozenset({"action", "updates"})
"""Parameters that make a write of a GET."""


def changes(request: Request[Any], extra: Iterable[tuple[str, str]] = ()) -> bool:
    """Returns whether a request may change something; a parameter can turn a GET into a write (docs/protocol.md 2)."""
    more = tuple(extra)
    return not request.reads or not reads_only(request.path, (*request.params, *more)) or acts(more)


def reads_only(path: str, params: Iterable[tuple[str, str]]) -> bool:
    """Returns whether a GET of this path reads: no parameter names another verb, and each call of a batch reads as
    well.
    """
    pairs = tuple(params)
    if any(name.strip().lower() == "method" and value.strip().upper() != "GET" for name, value in pairs):
        return False
    if not _leads_to_batch(path):
        return True
    calls = [value for name, value in pairs if name.strip().lower() == "uri"]
    return bool(calls) and all(_reads(call) for call in calls)


def acts(pairs: Iterable[tuple[str, str]]) -> bool:
    """Returns whether a parameter makes a write of a GET without naming a verb."""
    return any(name.strip().lower() in _TURNS for name, _ in pairs)


def decoded_path(path: str) -> str:
    """Returns a path as a server takes it, however often it is percent-encoded: what one decoder leaves, a proxy or the
    batch may decode again.
    """
    while (plain := unquote(path)) != path:
        path = plain
    return path


def _leads_to_batch(path: str) -> bool:
    """Returns whether a path ends at the batch, from whichever root; servers written in Java drop ``;`` and what
    follows it.
    """
    segments = [segment.partition(";")[0].strip() for segment in decoded_path(path).split("/")]
    return bool(segments := [segment for segment in segments if segment]) and segments[-1].lower() == _BATCH


def _reads(call: str) -> bool:
    """Returns whether one call of a batch reads: its verb is the one that its address names, whichever sign parts the
    parameters.
    """
    path, *parts = _PARTED.split(call.strip())
    if _PARTED.search(decoded_path(path)):
        return False
    cut = [part.partition("=") for part in parts]
    pairs = [(unquote_plus(name), unquote_plus(value)) for name, _, value in cut]
    return reads_only(path, pairs) and not acts(pairs)


def is_dry_run(client: object) -> bool:
    """Returns whether a client keeps writes back."""
    return bool(getattr(client, "is_dry_run", False))


def write_policy_of(client: object) -> WritePolicy:
    """Returns where a client may write; a stand-in for what sends requests without being one may everywhere."""
    policy: WritePolicy = getattr(getattr(client, "_options", None), "allow_writes", True)
    return policy


def is_production(root: str) -> bool:
    """Returns whether an address is, or may be, a production environment: everything that is not known as a sandbox."""
    host = urlsplit(root).hostname or ""
    return not (is_loopback(host) or _SANDBOX.search(host.lower()))


def check_write(request: Request[Any], root: str, allowed: WritePolicy, extra: Iterable[tuple[str, str]] = ()) -> None:
    """Lets a request pass.

    Raises:
        WriteRefused: it would change something where this client must not.
    """
    if allowed is True or not changes(request, extra):
        return
    if allowed == "sandbox" and not is_production(root):
        return
    where = "in production" if allowed == "sandbox" else "anywhere"
    raise WriteRefused(
        f"This client must not change anything {where}; nothing was sent.",
        hint="Make a client with allow_writes=True, or look at the request with dry_run().",
        request=request.redact_secrets(),
    )


def checked_policy(value: object) -> WritePolicy:
    """Returns ``value`` itself.

    Raises:
        QueryError: it is no allowance; a mistyped one must not open what it should close.
    """
    if isinstance(value, bool):
        return value
    if value == "sandbox":
        return "sandbox"
    raise QueryError(f'allow_writes={value!r}: write True, False or "sandbox".')
