"""Options that several commands have: where to connect."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import click

from workfront_cli.connection.tenant_package import choose_package

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions

DEFAULT_VERSION: Final = "v22.0"


def as_json_option(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds ``--json`` and ``--format``; the command gets them as ``as_json``."""
    return json_options("table")(run)


def json_options(text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Returns what adds ``--json`` and ``--format`` to a command that writes JSON or one kind of text."""

    def add(run: Callable[..., None]) -> Callable[..., None]:
        @click.option("-f", "--format", "format_name", type=click.Choice((text, "json")), help="How it is written.")
        @click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
        @wraps(run)
        def written(*args: Any, format_name: str | None, as_json: bool, **options: Any) -> None:
            run(*args, as_json=as_json or format_name == "json", **options)

        return written

    return add


class Seconds(click.FloatRange):
    """A number of seconds; one that is not finite lies in no range, whatever Python says of it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Returns the number. Raises a click.BadParameter for what is none."""
        found = float(super().convert(value, param, ctx))
        if not isfinite(found):
            self.fail(f"{value} is not a number of seconds.", param, ctx)
        return found


def talk_options(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds ``--verbose``, ``--quiet`` and ``--debug`` to a command whose ``--timeout`` is of another kind, or none."""

    @click.option("-v", "--verbose", is_flag=True, help="Tell each request on the error stream.")
    @click.option("-q", "--quiet", is_flag=True, help="Only results and errors, without remarks and bars.")
    @click.option("--debug", is_flag=True, help="The log on the error stream, without secrets.")
    @wraps(run)
    def heard(*args: Any, verbose: bool, quiet: bool, debug: bool, **options: Any) -> None:
        from workfront_cli.connection.talk import listen_to

        listen_to(verbose=verbose, quiet=quiet, debug=debug, timeout=None)
        run(*args, **options)

    return heard


def local_options(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds to a command that sends nothing what all others take, so that a script may say the same to every command.

    Where to connect is taken and not shown in the help. It comes last, since what the command has by itself stays.
    """
    own = {name for option in getattr(run, "__click_params__", []) for name in option.opts}
    heard = talk_options(run)
    for names in (("-p", "--profile"), ("--url",), ("--api-version",), ("--timeout",)):
        if own.isdisjoint(names):
            heard = click.option(*names, hidden=True, expose_value=False)(heard)
    return heard


def connection_options(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds where to connect, and how to talk: ``--verbose``, ``--quiet``, ``--debug``, ``--timeout``."""

    @place_options
    @click.option("-v", "--verbose", is_flag=True, help="Tell each request on the error stream.")
    @click.option("-q", "--quiet", is_flag=True, help="Only results and errors, without remarks and bars.")
    @click.option("--debug", is_flag=True, help="The log on the error stream, without secrets.")
    @click.option("--timeout", type=Seconds(min=0.1), metavar="SECONDS", help="For one call with its retries.")
    @wraps(run)
    def heard(*args: Any, verbose: bool, quiet: bool, debug: bool, timeout: float | None, **options: Any) -> None:
        from workfront_cli.connection.talk import listen_to

        listen_to(verbose=verbose, quiet=quiet, debug=debug, timeout=timeout)
        run(*args, **options)

    return heard


def tenant_options(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds ``--package`` to what ``connection_options`` adds: to commands for which custom fields may have types."""

    @connection_options
    @click.option("--package", metavar="NAME", help="A package of your tenant; its custom fields have types.")
    @wraps(run)
    def typed(*args: Any, package: str | None, connection: ConnectionOptions, **options: Any) -> None:
        choose_package(connection.package(package))
        run(*args, connection=connection, **options)

    return typed


def place_options(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds ``--profile``, ``--url`` and ``--api-version``; the command gets them as ``connection``."""

    @click.option(
        "-p", "--profile", metavar="NAME", shell_complete=profile_names_begun, help="A profile of the settings file."
    )
    @click.option("--url", metavar="URL", help="Address, in place of the profile's.")
    @click.option("--api-version", default=DEFAULT_VERSION, metavar="V", help="Version of the API.", show_default=True)
    @wraps(run)
    def connected(*args: Any, profile: str | None, url: str | None, api_version: str, **options: Any) -> None:
        run(*args, connection=_connection(profile, url, api_version), **options)

    return connected


def _connection(profile: str | None, url: str | None, api_version: str) -> ConnectionOptions:
    from workfront_cli.connection.connection import ConnectionOptions

    return ConnectionOptions(profile, url, api_version)


def profile_names_begun(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the profiles whose names begin so."""
    from workfront_core.errors import WorkfrontError
    from workfront_core.profiles.profile import profile_names

    try:
        return [name for name in profile_names() if name.startswith(incomplete)]
    except WorkfrontError:
        return []
