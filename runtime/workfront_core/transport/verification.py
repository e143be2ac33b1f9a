"""Whether a client verifies whom it talks to; the credential travels to whoever answers.

A TLS context is unverified that accepts any certificate (``CERT_NONE``), and one that accepts a certificate for another
host (``check_hostname`` off): everybody can get one of those. A transport that none of httpx's is in - a mock, a
sandbox in the process, a class of the caller's with sockets of its own - has no TLS that shows here, and passes.
"""

from __future__ import annotations

import ssl

from workfront_core.arguments import described
from workfront_core.errors.kinds import QueryError
from workfront_core.http_library import Client, foreign_transport, library_of, tls_contexts


def check_verification(client: Client, *, argument: str, allow_insecure: bool) -> None:
    """Lets a client pass whose every TLS context verifies, or that need not.

    Args:
        client: the client that will send, with all its transports.
        argument: what the caller gave: ``http_client`` or ``transport``.
        allow_insecure: whether the caller asked for a client that does not verify.

    Raises:
        QueryError: it does not verify, or nobody can tell.
    """
    if allow_insecure or all(map(verifies, tls_contexts(client))):
        return
    raise QueryError(
        f"The {argument} does not verify certificates, so anybody on the way could read the credential.",
        hint="Give it the root certificate (verify=ssl_context), or say allow_insecure=True.",
    )


def check_one_library(client: Client) -> None:
    """Raises a QueryError where a client sends through a transport of the other HTTP library."""
    transport = foreign_transport(client)
    if transport is not None:
        own, other = (library_of(part).httpx.__name__ for part in (client, transport))
        raise QueryError(
            f"The http_client is one of {own} and its {type(transport).__name__} one of {other}: neither takes the "
            "responses of the other.",
            hint=f"Make both of {own}, or both of {other}.",
        )


def verifies(context: ssl.SSLContext) -> bool:
    """Returns whether only a trusted certificate for the right host is accepted."""
    return context.verify_mode != ssl.CERT_NONE and context.check_hostname


def check_network(transport: object, http_client: object) -> None:
    """Raises a QueryError where what replaces the network is no transport or client of an HTTP library, or is both."""
    if transport is not None and http_client is not None:
        raise QueryError(
            "transport= and http_client= are both given, and a client sends through one of them.",
            hint="Write http_client=httpx.Client(transport=...).",
        )
    if transport is not None and not (_can(transport, "handle_request") or _can(transport, "handle_async_request")):
        raise QueryError(f"transport= takes a transport of httpx, not {described(transport)}.")
    if http_client is not None and isinstance(http_client, type):
        raise QueryError(
            f"http_client= takes a client of httpx, not {described(http_client)}.", hint="Write httpx.Client()."
        )


def of_other_kind(replacement: object, needed: str) -> str | None:
    """Returns what is wrong with a transport or HTTP client that lacks the method one kind of client needs."""
    if replacement is None or _can(replacement, needed):
        return None
    return f"{type(replacement).__name__} is made for the other kind of client, so nothing can be sent with it."


def _can(value: object, method: str) -> bool:
    return not isinstance(value, type) and callable(getattr(value, method, None))
