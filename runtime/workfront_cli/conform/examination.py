"""Signs in as every command does, and then asks by plain GET."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import click

from workfront_cli.connection.connection import connect
from workfront_cli.connection.talk import hooks, seconds_or
from workfront_cli.output import plain
from workfront_core.errors import QueryError
from workfront_core.request.address import api_root
from workfront_testing.conformance import CORPUS, CheckResult, Server, examine

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_core.http_library import httpx

_SECONDS: Final = 60.0


def refuse_to_write(*, asked: bool) -> None:
    """Refuses what is not there yet.

    Raises:
        QueryError: checks that write were asked for.
    """
    if asked:
        raise QueryError("There are no checks that write yet; nothing was sent.", hint="Run it without --write.")


def examined(connection: ConnectionOptions) -> Iterator[CheckResult]:
    """Runs every check on the server that was chosen.

    Raises:
        WorkfrontError: the settings are wrong, or nobody is signed in.
    """
    profile, version = connection.load(), connection.version()
    credential = profile.credential()
    with connect(profile, version, auth=credential) as wf:
        wf.request("GET", "user", {"id": "$$USER", "fields": "ID"})  # gets or renews a token where there is one
    root = api_root(profile.address, str(version))
    with Server(
        root, credential.headers(), seconds=seconds_or(_SECONDS), watch=_print_request if hooks() else None
    ) as server:
        yield from examine(server, CORPUS)


def _print_request(url: httpx.URL, status: int) -> None:
    click.echo(plain(f"GET {url} -> {status}"), err=True)
