"""The commands: ``workfront login | logout | whoami | doctor | sandbox``."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Literal, ParamSpec

import typer

from workfront_cli import output, sandbox_command
from workfront_cli.account import browser_login
from workfront_cli.account.api_version import DEFAULT
from workfront_cli.account.connection import ConnectionOptions
from workfront_cli.account.identity import identify
from workfront_cli.account.redirect_listener import DEFAULT_URI
from workfront_cli.doctor.doctor import examine, is_healthy
from workfront_cli.doctor.finding import CheckResult
from workfront_cli.doctor.setup import Diagnosis
from workfront_core.errors import WorkfrontError
from workfront_core.profiles.profile import Profile

app: typer.Typer = typer.Typer(
    help="Signs in to Workfront, says who and where you are and what is wrong, and runs a sandbox.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
P = ParamSpec("P")

ProfileOption = Annotated[str | None, typer.Option("--profile", help="A profile of the settings file")]
UrlOption = Annotated[str | None, typer.Option("--url", help="Address, in place of the profile's")]
VersionOption = Annotated[str, typer.Option("--api-version", help="Version of the API")]
Effects = Literal["refuse", "warn", "ignore"]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON")]


def _command(name: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Registers a command; an error becomes lines on stderr and exit code 1, Ctrl-C exit code 130."""

    def register(run: Callable[P, None]) -> Callable[P, None]:
        @wraps(run)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                run(*args, **kwargs)
            except WorkfrontError as error:
                _tell(f"error: {error.message}", error.hint)
                raise typer.Exit(1) from None
            except KeyboardInterrupt:
                _tell("interrupted")
                raise typer.Exit(130) from None

        return app.command(name)(guarded)

    return register


@_command("login")
def login(
    profile: ProfileOption = None,
    url: UrlOption = None,
    api_version: VersionOption = DEFAULT,
    client_id: Annotated[str | None, typer.Option(help="OAuth 2 application, in place of the profile's")] = None,
    redirect_uri: Annotated[
        str | None, typer.Option(help=f"Where the browser comes back to, on this machine [default: {DEFAULT_URI}]")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the browser, or only show the address")] = True,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds to wait for the browser")] = 300.0,
) -> None:
    """Signs in with a browser and keeps the token."""
    choice = ConnectionOptions(profile, url, api_version)
    chosen = _with(choice.load(), client_id=client_id, redirect_uri=redirect_uri)
    show = _browse if browser else _show_address
    done = browser_login.sign_in(chosen, choice.version(), show=show, timeout=timeout)
    typer.echo(f"Signed in{f' as {output.plain(done.user)}' if done.user else ''}; the token is in {done.place}.")
    _tell(done.remark and f"warning: {output.plain(done.remark)}")
    if url or client_id or redirect_uri:
        typer.echo(_settings(chosen))


@_command("logout")
def logout(profile: ProfileOption = None, url: UrlOption = None, api_version: VersionOption = DEFAULT) -> None:
    """Removes the stored token and ends its session."""
    choice = ConnectionOptions(profile, url, api_version)
    chosen = choice.load()
    done = browser_login.sign_out(chosen, choice.version())
    typer.echo(output.plain(done or f"Nobody is signed in to profile {chosen.name}."))


@_command("whoami")
def whoami(
    profile: ProfileOption = None,
    url: UrlOption = None,
    api_version: VersionOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Says who is signed in, where, and how long the API version is supported."""
    choice = ConnectionOptions(profile, url, api_version)
    identity = identify(choice.load(), choice.version(), datetime.now(UTC).date())
    if as_json:
        output.show_json(asdict(identity))
    else:
        output.show_identity(identity)


@_command("doctor")
def doctor(
    profile: ProfileOption = None,
    url: UrlOption = None,
    api_version: VersionOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Checks a setup from the settings to the permissions and says what to do; exit code 1 if there is a problem."""
    findings: dict[str, CheckResult] = {}
    for name, finding in examine(Diagnosis(ConnectionOptions(profile, url, api_version))):
        findings[name] = finding
        if not as_json:
            output.show_finding(name, finding)
    if as_json:
        output.show_json([output.finding_members(*found) for found in findings.items()])
    if not is_healthy(findings):
        raise typer.Exit(1)


@_command("sandbox")
def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for a free one")] = sandbox_command.DEFAULT_PORT,
    host: Annotated[str, typer.Option(help="Address to listen at")] = "127.0.0.1",
    db: Annotated[Path | None, typer.Option(help="Keep everything in this file [default: memory]")] = None,
    seed: Annotated[str, typer.Option(help="demo, empty, or a JSON file of rows")] = sandbox_command.DEMO,
    scale: Annotated[int, typer.Option(min=1, help="How many times larger the demo tenant is")] = 1,
    latency: Annotated[float, typer.Option(min=0, max=60_000, help="Milliseconds every answer takes longer")] = 0.0,
    strict: Annotated[bool, typer.Option("--strict", help="Accept only credentials the sandbox issued")] = False,
    effects: Annotated[Effects, typer.Option(help="What becomes of actions it does not compute")] = "refuse",
    allow_host: Annotated[list[str] | None, typer.Option(help="A name it may be called by; may be repeated")] = None,
    deliver_anywhere: Annotated[
        bool, typer.Option("--deliver-anywhere", help="Send events to other machines too")
    ] = False,
    tls: Annotated[bool, typer.Option("--tls", help="Speak HTTPS, with a certificate of its own")] = False,
) -> None:
    """Serves a Workfront of one's own to build against, until Ctrl-C."""
    plan = sandbox_command.SandboxPlan(seed, scale, db, latency, strict, effects, deliver_anywhere)
    names = (host, *(allow_host or ()))
    with sandbox_command.listen(host, port) as listener, sandbox_command.own_certificate(names, wanted=tls) as own:
        made = sandbox_command.make_sandbox(plan)
        address = sandbox_command.address_of(listener, "https" if own else "http")
        _tell(None if made.is_fresh else f"{db} is used as it is; no seed was laid.")
        _tell("warning: other machines can reach this sandbox." if sandbox_command.is_exposed(host) else None)
        typer.echo(f"Sandbox at {address}; Ctrl-C ends it. To connect:\n")
        typer.echo(f"  export WORKFRONT_URL={address}")
        typer.echo(f"  export WORKFRONT_API_KEY={sandbox_command.api_key(made, strict=strict)}")
        if own:
            typer.echo(f"  export SSL_CERT_FILE={own.certificate}")
        sandbox_command.serve(made, listener, names, own)


def _browse(address: str) -> None:
    _show_address(address)
    webbrowser.open(address)


def _show_address(address: str) -> None:
    typer.echo(f"Sign in with this page:\n\n  {address}\n")


def _with(profile: Profile, **changes: str | None) -> Profile:
    return profile.model_copy(update={name: value for name, value in changes.items() if value is not None})


def _settings(profile: Profile) -> str:
    """Returns what belongs into the settings so that later commands find the same place; no secret is among it."""
    members = {"url": profile.address, "client_id": profile.client_id, "redirect_uri": profile.redirect_uri}
    lines = [f"  export WORKFRONT_{name.upper()}={value}" for name, value in members.items() if value]
    return "\n".join(["To use it from now on, put this into the environment or into the profile:\n", *lines])


def _tell(*lines: str | None) -> None:
    for line in lines:
        if line:
            typer.echo(output.plain(line), err=True)
