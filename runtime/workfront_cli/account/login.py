"""``workfront login``."""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING, Final

import click

from workfront_cli.connection.options import Seconds, place_options, talk_options
from workfront_cli.guarded import MAY_ASK, GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_core.profiles.profile import Profile

_DEFAULT_URI: Final = "http://localhost:8765/callback"


@click.command("login", cls=GuardedCommand)
@talk_options
@place_options
@click.option("--client-id", metavar="ID", help="OAuth 2 application, in place of the profile's.")
@click.option(
    "--redirect-uri", metavar="URI", help=f"Where the browser comes back to, on this machine. [default: {_DEFAULT_URI}]"
)
@click.option("--browser/--no-browser", default=True, help="Open the browser, or only show the address.")
@click.option("--api-key", "with_key", is_flag=True, help="Keep an API key for the profile, in place of signing in.")
@click.option("--key-stdin", is_flag=True, help="Read the API key from the standard input.")
@click.option(
    "--timeout", type=Seconds(min=1), default=300.0, show_default=True, help="Seconds to wait for the browser."
)
def command(
    connection: ConnectionOptions,
    client_id: str | None,
    redirect_uri: str | None,
    browser: bool,
    with_key: bool,
    key_stdin: bool,
    timeout: float,
) -> None:
    """Signs in with a browser and keeps the token."""
    if with_key or key_stdin:
        _keep_key(connection.load(), from_stdin=key_stdin)
        return
    if click.get_current_context().meta.get(MAY_ASK) is False:
        raise click.UsageError("Signing in takes a person at a browser: leave --no-input out, or keep a key.")
    from workfront_cli.account import browser_login
    from workfront_cli.output import plain, tell

    chosen = _with(connection.load(), client_id=client_id, redirect_uri=redirect_uri)
    show = _browse if browser else _show_address
    done = browser_login.sign_in(chosen, connection.version(), show=show, timeout=timeout)
    click.echo(f"Signed in{f' as {plain(done.user)}' if done.user else ''}; the token is in {done.place}.")
    tell(done.remark and f"warning: {plain(done.remark)}")
    if connection.url or client_id or redirect_uri:
        click.echo(_settings(chosen))


def _keep_key(profile: Profile, *, from_stdin: bool) -> None:
    from workfront_cli.account.kept_key import asked_key, keep_key
    from workfront_cli.output import plain
    from workfront_core.errors import QueryError

    if profile.auth != "api-key":
        hint = 'Write auth = "api-key" into it, or make one: workfront profiles add NAME --url https://...'
        raise QueryError(f"Profile {profile.name!r} does not say that it signs in by a key that is kept.", hint=hint)
    click.echo(f"The key is in {plain(keep_key(profile, asked_key(from_stdin=from_stdin)))}.")


def _browse(address: str) -> None:
    _show_address(address)
    webbrowser.open(address)


def _show_address(address: str) -> None:
    click.echo(f"Sign in with this page:\n\n  {address}\n")


def _with(profile: Profile, **changes: str | None) -> Profile:
    return profile.model_copy(update={name: value for name, value in changes.items() if value is not None})


def _settings(profile: Profile) -> str:
    """Returns what belongs into the settings so that later commands find the same place; no secret is among it."""
    members = {"url": profile.address, "client_id": profile.client_id, "redirect_uri": profile.redirect_uri}
    lines = [f"  export WORKFRONT_{name.upper()}={value}" for name, value in members.items() if value]
    return "\n".join(["To use it from now on, put this into the environment or into the profile:\n", *lines])
