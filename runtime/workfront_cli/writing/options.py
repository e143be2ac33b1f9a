"""What all commands that write are told: only to show it, not to ask, to answer as JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import click

from workfront_cli.connection.options import json_options
from workfront_cli.data.suggestions import assignments
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.writing.consent import Consent

MOST: Final = 10_000
"""Objects that one command changes without being told that so many are meant."""

_YES: Final = "--yes="


class WritingCommand(GuardedCommand):
    """A command with ``--yes`` and ``--yes=NUMBER``: an option of click takes a value always or never."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the line."""
        end = args.index("--") if "--" in args else len(args)
        given = [f"--yes-to={one[len(_YES) :]}" if one.startswith(_YES) else one for one in args[:end]]
        return super().parse_args(ctx, given + args[end:])


def write_options(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds ``--dry-run``, ``--yes``, ``--no-input``, ``--format`` and ``--json``; the command gets them as ``consent``
    and ``as_json``.
    """

    @click.option("-n", "--dry-run", is_flag=True, help="Only show what would change; nothing is sent.")
    @click.option(
        "-y", "--yes", is_flag=True,
        help="Do not ask. Where many objects change in production: --yes=NUMBER of them, or --yes=all.",
    )  # fmt: skip
    @click.option("--yes-to", hidden=True)
    @click.option("--no-input", is_flag=True, help="Never ask; what would have to be asked is refused.")
    @json_options("ids")
    @wraps(run)
    def asked(*args: Any, dry_run: bool, yes: bool, yes_to: str | None, no_input: bool, **options: Any) -> None:
        run(*args, consent=_consent(dry_run, yes, yes_to, no_input), **options)

    return asked


def size_options(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds ``--limit`` and ``--all``; the command gets them as ``limit`` and ``everything``."""
    run = click.option("--all", "everything", is_flag=True, help=f"Also more than {MOST:,} objects.")(run)
    return click.option("--limit", type=click.IntRange(min=1), help="Objects at most.")(run)


def set_option(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds ``--set`` and ``--own-codes``; the command gets them as ``settings`` and ``own_codes``."""
    run = click.option("--own-codes", is_flag=True, help="Send codes that are not known here: a tenant has its own.")(
        run
    )
    return click.option(
        "--set", "settings", multiple=True, metavar="NAME=VALUE", shell_complete=assignments,
        help="A field and its value; NAME= clears it, NAME:=JSON takes JSON. May be repeated.",
    )(run)  # fmt: skip


def _consent(dry_run: bool, yes: bool, yes_to: str | None, no_input: bool) -> Consent:
    from workfront_cli.writing.consent import Consent

    return Consent(dry_run=dry_run, yes=yes, yes_to=yes_to, no_input=no_input)
