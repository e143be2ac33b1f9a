"""Signs in as every command does, and then asks by plain requests."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Final

import click

from workfront_cli.connection.connection import connect
from workfront_cli.connection.talk import hooks, seconds_or
from workfront_cli.output import plain
from workfront_core.errors import WriteRefused
from workfront_core.request.address import api_root
from workfront_core.request.write_guard import is_production
from workfront_testing.conformance import (
    CORPUS,
    WRITTEN,
    CheckResult,
    Server,
    Trial,
    examine,
    examine_writing,
    project,
)
from workfront_testing.conformance.writing.trial import NAME

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_core.http_library import httpx
    from workfront_core.profiles.profile import Profile

_SECONDS: Final = 60.0


def examined(connection: ConnectionOptions, *, write: bool = False) -> Generator[CheckResult]:
    """Runs every check on the server that was chosen; those that write where they were asked for.

    Close what is returned: what was made is removed then, however far the checks came.

    Raises:
        WorkfrontError: the settings are wrong, nobody is signed in, or nothing may be written here.
    """
    profile, version = connection.load(), connection.version()
    if write:
        _check_may_write(profile)
    credential = profile.credential()
    with connect(profile, version, auth=credential) as wf:
        wf.request("GET", "user", {"id": "$$USER", "fields": "ID"})  # gets or renews a token where there is one
    talk: dict[str, Any] = {"seconds": seconds_or(_SECONDS), "watch": _print_request if hooks() else None}
    root, headers = api_root(profile.address, str(version)), credential.headers()
    with Server(root, headers, **talk) as server:
        yield from examine(server, CORPUS)
    if write:
        trial = Trial(root, headers, **talk)
        _tell_what_was_left(trial.earlier())
        with project(trial):
            yield from examine_writing(trial, WRITTEN)


def _check_may_write(profile: Profile) -> None:
    """Raises WriteRefused where a profile only reads, or leads to production."""
    if is_production(profile.address):
        raise WriteRefused(
            "Checks that write run on previews, sandboxes and this machine only; nothing was sent.",
            hint="Run them with a profile of a preview, or leave out --write.",
        )
    if profile.allow_writes is False:
        raise WriteRefused(
            f"Profile {profile.name!r} only reads; nothing was sent.",
            hint="Its setting allow_writes says so. Leave out --write.",
        )


def _tell_what_was_left(number: int) -> None:
    """Tells of projects that earlier runs could not remove, because they were killed."""
    if number:
        what = "project of an earlier run is" if number == 1 else "projects of earlier runs are"
        click.echo(f'{number} {what} still there; delete what is named "{NAME}..." by hand.', err=True)


def _print_request(response: httpx.Response) -> None:
    click.echo(plain(f"{response.request.method} {response.url} -> {response.status_code}"), err=True)
