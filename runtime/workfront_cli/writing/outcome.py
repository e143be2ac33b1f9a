"""What became of the objects of a command."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from workfront_cli.exit_codes import FAILED, PARTLY_UNKNOWN, exit_code
from workfront_cli.guarded import error_lines
from workfront_cli.output import json_text, tell
from workfront_cli.wording import hint_of, message_of
from workfront_core.errors import WorkfrontError

if TYPE_CHECKING:
    from workfront_cli.writing.consent import Consent
    from workfront_core.bulk.results import BulkResult


@dataclass(slots=True)
class Outcome:
    """Objects by what became of them.

    Attributes:
        verb: what was done: ``updated``.
        done: IDs.
        failed: ID or place, name, error.
        unknown: the same for those of which no answer says what became.
        error: what ended the command early.
    """

    verb: str
    done: list[str] = field(default_factory=list[str])
    failed: list[tuple[str, str, WorkfrontError]] = field(default_factory=list[tuple[str, str, WorkfrontError]])
    unknown: list[tuple[str, str, WorkfrontError]] = field(default_factory=list[tuple[str, str, WorkfrontError]])
    error: WorkfrontError | None = None
    left: int = 0

    def take(self, result: BulkResult, ids: Sequence[str], names: Sequence[str]) -> None:
        """Adds the result of a bulk call on objects of these IDs and names."""
        self.done += [row.id or ids[row.index] for row in result.done]
        for rows, kept in ((result.failed, self.failed), (result.unknown, self.unknown)):
            kept += [(ids[row.index], names[row.index], row.error or WorkfrontError("No answer.")) for row in rows]
        self.error = result.error
        self.left = len(ids) - result.done_count - result.failed_count - result.unknown_count

    @property
    def code(self) -> int:
        """The exit code that says so."""
        if self.unknown:
            return PARTLY_UNKNOWN
        if self.error is not None:
            return exit_code(self.error)
        return FAILED if self.failed else 0


def nothing(verb: str, consent: Consent, *, as_json: bool) -> Outcome | None:
    """Returns the outcome of a write that was not done: for programs one of no objects, unless it was a dry run."""
    return Outcome(verb) if as_json and not consent.dry_run else None


def show_outcome(outcome: Outcome, *, as_json: bool) -> int:
    """Writes the IDs done to the standard output and all that failed to the error stream; returns the exit code."""
    if as_json:
        click.echo(json_text(_document(outcome), indent=2))
        return outcome.code
    for one in outcome.done:
        click.echo(one)
    tell(*_described("failed", outcome.failed), *_described("unknown", outcome.unknown))
    counts = [f"{len(outcome.done)} {outcome.verb}"]
    counts += [f"{len(outcome.failed)} failed"] if outcome.failed else []
    counts += [f"{len(outcome.unknown)} unknown: look before you send them again"] if outcome.unknown else []
    counts += [f"{outcome.left} not sent"] if outcome.left else []
    tell(", ".join(counts))
    if outcome.error is not None:
        tell(*error_lines(outcome.error))
    return outcome.code


def _described(what: str, rows: Iterable[tuple[str, str, WorkfrontError]]) -> list[str]:
    return [f"{what} {' '.join(filter(None, (one, name)))}: {message_of(error)}" for one, name, error in rows]


def _document(outcome: Outcome) -> dict[str, Any]:
    return {
        outcome.verb: outcome.done,
        "failed": [_row(*one) for one in outcome.failed],
        "unknown": [_row(*one) for one in outcome.unknown],
        "notSent": outcome.left,
        "error": message_of(outcome.error) if outcome.error else None,
    }


def _row(one: str, name: str, error: WorkfrontError) -> dict[str, Any]:
    return {"ID": one, "name": name or None, "error": message_of(error), "hint": hint_of(error)}
