"""The network of a client: its own, or a transport or HTTP client that was handed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from workfront_core.client.http_clients import HttpClients
from workfront_core.http_library import has_connections, httpx
from workfront_core.transport.verification import check_one_library, check_verification, of_other_kind

X = TypeVar("X", bound=httpx.Client | httpx.AsyncClient)

__all__ = ["GivenNetwork", "given_network"]


class GivenNetwork(NamedTuple):
    """What a client sends through.

    Attributes:
        clients: the HTTP clients, one for each process and event loop.
        is_plain: whether neither a transport nor an HTTP client was handed in.
        of_other_kind: what is wrong with one that the other kind of client needs.
    """

    clients: HttpClients[Any]
    is_plain: bool
    of_other_kind: str | None


def given_network(
    transport: object,
    http_client: X | None,
    makers: Callable[[], tuple[X, Callable[[], X] | None]],
    methods: tuple[str, str],
    *,
    allow_insecure: bool,
) -> GivenNetwork:
    """Returns the network of a client, checked.

    Args:
        transport: the one handed in.
        http_client: the one handed in.
        makers: gives an HTTP client of the caller's own over the transport, and what makes another one.
        methods: by which a transport and an HTTP client of the caller's kind are told.
        allow_insecure: whether certificates may go unverified.

    Raises:
        QueryError: certificates would not be verified, or nobody can tell; or its parts are of two libraries.
    """
    http, make = makers() if http_client is None else (http_client, None)
    argument = "transport" if http_client is None else "http_client"
    check_verification(http, argument=argument, allow_insecure=allow_insecure)
    check_one_library(http)
    return GivenNetwork(
        HttpClients(http, make, is_bound=make is None and has_connections(http)),
        transport is None and http_client is None,
        of_other_kind(transport, methods[0]) or of_other_kind(http_client, methods[1]),
    )
