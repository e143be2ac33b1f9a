"""Whether a write may go out: asked of the person at the terminal, or given on the line. docs/cli.md, Safety."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from workfront_cli.guarded import was_interrupted
from workfront_core.errors import QueryError, WriteRefused
from workfront_core.request.write_guard import is_production

if TYPE_CHECKING:
    from workfront_core.profiles.profile import Profile

_EVERYTHING: Final = "all"


@dataclass(frozen=True, slots=True)
class Consent:
    """What was said on the line.

    Attributes:
        dry_run: nothing is to be sent.
        yes: the person agrees without being asked.
        yes_to: agrees to so many objects, or to ``all``.
        no_input: is not to be asked.
    """

    dry_run: bool = False
    yes: bool = False
    yes_to: str | None = None
    no_input: bool = False

    def __post_init__(self) -> None:
        if self.yes_to is not None and self.yes_to != _EVERYTHING and not self.yes_to.isdecimal():
            raise QueryError(f"--yes={self.yes_to:.40} is neither a number nor all.", hint="Write --yes=12.")

    def check_number(self, number: int) -> None:
        """Compares the number of objects with the one agreed to.

        Raises:
            WriteRefused: they differ; nothing was sent.
        """
        if self.yes_to not in (None, _EVERYTHING) and int(self.yes_to or 0) != number:
            raise WriteRefused(
                f"--yes={self.yes_to} was given, and {number} would change; nothing was sent.",
                hint="Look at what changes with --dry-run.",
            )

    def ask(self, number: int, profile: Profile, *, many: bool, shown: bool) -> None:
        """Returns where the write may go out.

        Args:
            number: of objects that change.
            profile: where.
            many: whether it may change many objects, or deletes.
            shown: whether a person should see it first: it changes more than one object, or deletes.

        Raises:
            WriteRefused: the person declined, or nobody can be asked and ``--yes`` is missing; nothing was sent.
        """
        self.check_number(number)
        in_production = is_production(profile.address)
        typed = many and in_production
        if not _is_asked(profile, shown=shown, typed=typed, in_production=in_production):
            return
        if self.yes_to is not None or (self.yes and not typed):
            return
        if self.no_input or not is_terminal():
            needed = f"--yes={number}" if typed else "--yes"
            raise WriteRefused(f"Nobody can be asked, and nothing was sent: add {needed}.", hint="Or --dry-run.")
        _ask(number, typed=typed)


def is_terminal() -> bool:
    """Returns whether a person can be asked."""
    return sys.stdin.isatty()


def _is_asked(profile: Profile, *, shown: bool, typed: bool, in_production: bool) -> bool:
    match profile.confirm:
        case "always":
            return True
        case "production":
            return in_production
        case "never":
            return typed and shown
        case _:
            return shown


def _ask(number: int, *, typed: bool) -> None:
    """Raises a WriteRefused unless the person agrees; in production the number is typed out."""
    wanted = str(number) if typed else "yes"
    question = f"Type {number} to go on" if typed else "Go on? (yes/no)"
    try:
        answer = click.prompt(question, default="", show_default=False, err=True).strip().lower()
    except click.Abort as error:
        if was_interrupted(error):
            raise
        answer = ""
    if answer != wanted and not (answer == "y" and not typed):
        raise WriteRefused("Declined; nothing was sent.")
