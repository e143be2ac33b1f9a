"""A command whose errors become lines on the error stream and an exit code, and never a traceback."""

from __future__ import annotations

import errno
import inspect
import os
import re
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, cast

import click

if TYPE_CHECKING:
    from workfront_core.errors import WorkfrontError

WORDS: Final = "workfront_cli.words"
"""Where the words of a line that is completed are kept in ``click.Context.meta``."""

EMPTY_OPTION: Final = "It is empty; leave the option out."
"""What is said of an option that was given nothing."""

_JSON: Final = "--json"
_NO_INPUT: Final = "--no-input"
MAY_ASK: Final = "workfront_cli.may_ask"
"""Where ``click.Context.meta`` says whether the line allows questions."""

_WANTS_JSON: Final = "workfront_cli.wants_json"
_INTERRUPTED: Final = 130
_PIPE_CLOSED: Final = 141
_EXAMPLE: Final = re.compile(r"^(As in:|Or:) (workfront .+(?:\n.+)*)", re.MULTILINE)


class GuardedCommand(click.Command):
    """Tells errors of the client in words: what was wrong, and what to do.

    Every command takes ``--json`` and ``--no-input``, so that a script may say so to all: one without a result of its
    own tells errors as JSON, one that never asks goes on as it does.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own = {name for parameter in self.params for name in parameter.opts}
        self.params.extend(
            click.Option([name], is_flag=True, hidden=True, expose_value=False)
            for name in (_JSON, _NO_INPUT)
            if name not in own
        )

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Returns the context of a line; what is wrong with it is told as JSON where JSON was asked for."""
        wants_json = _asks_for_json(args)
        try:
            found = super().make_context(info_name, args, parent, **extra)
            found.meta[_WANTS_JSON] = wants_json
            found.meta[MAY_ASK] = _NO_INPUT not in args
            return found
        except click.UsageError as error:
            if not wants_json:
                raise
            click.echo(_usage_as_json(error), err=True)
            raise click.exceptions.Exit(error.exit_code) from None

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the help; a line to try stands on a line of its own, whole, so that it can be copied."""
        written = self.help
        self.help = _EXAMPLE.sub(_whole, inspect.cleandoc(written)) if written else written
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = written

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the line; while a shell completes it, its words are kept: click reads none of a line cut short."""
        if ctx.resilient_parsing:
            ctx.meta[WORDS] = list(args)
        left = super().parse_args(ctx, args)
        if not ctx.resilient_parsing:
            _refuse_empty(self, ctx)
            _refuse_undecoded(self, ctx)
        return left

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort) as error:
            if isinstance(error, click.Abort) and not was_interrupted(error):
                raise
            click.echo("interrupted", err=True)
            ctx.exit(_INTERRUPTED)
        except click.ClickException as error:
            if not ctx.meta.get(_WANTS_JSON):
                raise
            click.echo(_usage_as_json(error), err=True)
            ctx.exit(error.exit_code)
        except click.exceptions.Exit:
            raise
        except (OSError, UnicodeEncodeError):
            raise
        except Exception as error:
            code = _report(error, as_json=bool(ctx.meta.get(_WANTS_JSON)))
            if code is None:
                raise
            ctx.exit(code)


def _whole(example: re.Match[str]) -> str:
    return f"\b\n{example[1]}\n  {' '.join(example[2].split())}"


class GuardedGroup(GuardedCommand, click.Group):
    """The same for a command that has further ones below it."""


def was_interrupted(error: click.Abort) -> bool:
    """Returns whether a question was ended by Ctrl-C, and not by the end of the input."""
    return isinstance(error.__context__, KeyboardInterrupt)


def may_ask() -> bool:
    """Returns whether a person can be asked: there is a terminal, and the line does not forbid it."""
    context = click.get_current_context(silent=True)
    return sys.stdin.isatty() and (context is None or bool(context.meta.get(MAY_ASK, True)))


def _asks_for_json(args: Sequence[str]) -> bool:
    """Returns whether a line asks for JSON, in any of the ways it can be written."""
    line = list(args[: args.index("--")] if "--" in args else args)
    pairs = {" ".join(pair) for pair in pairwise(line)}
    return bool({_JSON, "--format=json", "-fjson"} & set(line) or {"--format json", "-f json"} & pairs)


def _refuse_empty(command: click.Command, ctx: click.Context) -> None:
    """Raises a click.BadParameter for an option that was given nothing, as by a shell's variable that is not set."""
    for option in command.params:
        value: object = ctx.params.get(option.name or "")
        values = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
        if "" in values and option.default != "" and isinstance(option, click.Option):
            raise click.BadParameter(EMPTY_OPTION, ctx, option)


def _refuse_undecoded(command: click.Command, ctx: click.Context) -> None:
    """Raises a click.BadParameter for a text not in the encoding of this terminal; names of files may be any bytes."""
    for parameter in command.params:
        value: object = ctx.params.get(parameter.name or "")
        values = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
        for text in values:
            if not isinstance(text, str) or text.isprintable() or "FILE" in (parameter.make_metavar(ctx) or ""):
                continue
            if any("\ud800" <= letter <= "\udfff" for letter in text):
                said = f"{text!r:.80} is not in the encoding of this terminal; set LC_ALL=C.UTF-8, or that of the text."
                raise click.BadParameter(said, ctx, parameter)


def _usage_as_json(error: click.ClickException) -> str:
    import json

    members = {"kind": type(error).__name__, "message": error.format_message(), "hint": None, "status": None}
    return json.dumps({"error": members})


@contextmanager
def output_guarded() -> Generator[None]:
    """Tells in words what keeps the output from being written, and ends the command; a closed pipe ends it quietly.

    Raises:
        click.exceptions.Exit: the output could not be written, or a person interrupted.
    """
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        raise click.exceptions.Exit(_INTERRUPTED) from None
    except UnicodeEncodeError as error:
        said = f"error: The output is in {error.encoding}, which cannot write {error.object[error.start]!r}."
        raise _ended(1, said, "hint: Set PYTHONIOENCODING=utf-8.") from None
    except OSError as error:
        if isinstance(error, BrokenPipeError) or error.errno == errno.EPIPE:
            raise _ended(_PIPE_CLOSED) from None
        place = f"{error.filename}: " if error.filename else "The output cannot be written: "
        raise _ended(1, f"error: {place}{error.strerror or error}.") from None


def _ended(code: int, *lines: str) -> click.exceptions.Exit:
    """Returns what ends the command. Python would flush what is left once more when it ends; see the note on SIGPIPE in
    its documentation."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    with suppress(OSError):
        click.echo("\n".join(lines), err=True, nl=bool(lines))
    return click.exceptions.Exit(code)


def speak_utf8() -> None:
    """Writes UTF-8 into files and pipes, whatever the system's own encoding is, unless Python was told another."""
    reconfigure: Any = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is None or "PYTHONIOENCODING" in os.environ:
        return
    if sys.stdout.isatty():
        reconfigure(errors="replace")
    else:
        reconfigure(encoding="utf-8")


def wants_colour() -> bool | None:
    """Returns whether the variables ask for colours or against them; ``None`` where the terminal decides."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return False if os.environ.get("TERM") == "dumb" else None


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
    from workfront_cli.wording import hint_of, message_of
    from workfront_core.query.language.syntax_error import ConditionSyntaxError

    marked = error.marked() if isinstance(error, ConditionSyntaxError) else ()
    hint = hint_of(error)
    return [f"error: {plain(message_of(error))}", *marked, *([f"hint: {plain(hint)}"] if hint else [])]


def _as_json(error: WorkfrontError) -> str:
    import json

    from workfront_cli.wording import hint_of, message_of

    kind = type(error).__name__
    members = {"kind": kind, "message": message_of(error), "hint": hint_of(error), "status": error.status}
    place = {name: getattr(error, name) for name in ("start", "end") if hasattr(error, name)}
    return json.dumps({"error": members | place})
