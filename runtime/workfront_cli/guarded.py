"""A command whose errors become lines on the error stream and an exit code, and never a traceback."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from workfront_core.errors import WorkfrontError

WORDS: Final = "workfront_cli.words"
"""Where the words of a line that is completed are kept in ``click.Context.meta``."""

_JSON: Final = "--json"
_INTERRUPTED: Final = 130
_PIPE_CLOSED: Final = 141


class GuardedCommand(click.Command):
    """Tells errors of the client in words: what was wrong, and what to do."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Returns the context of a line; what is wrong with it is told as JSON where JSON was asked for."""
        wants_json = _JSON in args
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            if not wants_json:
                raise
            click.echo(_usage_as_json(error), err=True)
            raise click.exceptions.Exit(error.exit_code) from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the line; while a shell completes it, its words are kept: click reads none of a line cut short."""
        if ctx.resilient_parsing:
            ctx.meta[WORDS] = list(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(_INTERRUPTED)
        except click.ClickException as error:
            if not ctx.params.get("as_json"):
                raise
            click.echo(_usage_as_json(error), err=True)
            ctx.exit(error.exit_code)
        except (click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            if not _is_closed_pipe(error):
                raise
            _discard_output()
            ctx.exit(_PIPE_CLOSED)
        except Exception as error:
            code = _report(error, as_json=bool(ctx.params.get("as_json") or ctx.params.get("format_name") == "json"))
            if code is None:
                raise
            ctx.exit(code)


class GuardedGroup(GuardedCommand, click.Group):
    """The same for a command that has further ones below it."""


def _usage_as_json(error: click.ClickException) -> str:
    import json

    members = {"kind": type(error).__name__, "message": error.format_message(), "hint": None, "status": None}
    return json.dumps({"error": members})


def _discard_output() -> None:
    """Keeps Python from flushing into the closed pipe when it ends; see the note on SIGPIPE in its documentation."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_closed_pipe(error: OSError) -> bool:
    return isinstance(error, BrokenPipeError) or error.errno == errno.EPIPE


def _report(error: Exception, *, as_json: bool) -> int | None:
    """Returns the exit code for an error, after it was told; ``None`` for one that is not the client's."""
    from workfront_core.errors import WorkfrontError

    if not isinstance(error, WorkfrontError):
        return None
    from workfront_cli.exit_codes import exit_code

    click.echo(_as_json(error) if as_json else "\n".join(error_lines(error)), err=True)
    return exit_code(error)


def error_lines(error: WorkfrontError) -> list[str]:
    """Returns what a person is told of an error: what was wrong, the place in a condition, what to do."""
    from workfront_cli.output import plain
    from workfront_core.query.language.syntax_error import ConditionSyntaxError

    marked = error.marked() if isinstance(error, ConditionSyntaxError) else ()
    hint = [f"hint: {plain(error.hint)}"] if error.hint else []
    return [f"error: {plain(error.message)}", *marked, *hint]


def _as_json(error: WorkfrontError) -> str:
    import json

    kind = type(error).__name__
    members = {"kind": kind, "message": error.message, "hint": error.hint, "status": error.status}
    place = {name: getattr(error, name) for name in ("start", "end") if hasattr(error, name)}
    return json.dumps({"error": members | place})
