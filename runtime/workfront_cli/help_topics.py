"""``workfront help``."""

from __future__ import annotations

from typing import Final

import click

from workfront_cli.connection.options import local_options
from workfront_cli.guarded import GuardedCommand

_CONDITIONS: Final = """\
A condition tests fields of the rows of an object:

  percentComplete < 100 and assignedTo.name = "Jo"
  status in (NEW, 'In Progress') or not (description is blank)
  plannedCompletionDate < today - 7d
  DE:"Budget code" startswith 'A-'
  not exists hour (taskID = outer.ID and hours > 2)

Comparisons: = != < <= > >= differs, in (...), between a and b, is null, is blank, is true; for texts contains
startswith endswith like soundex, with i in front whatever the case: icontains iequals iin (...).
Values: 'text', 100, 2026-03-18, 2026-03-18T12:00Z, today - 7d, now, start(week), me, my.homeTeamID; codes by code or
label; another field of the same row by its name. A report's filter in text mode is taken as it is pasted.
Names: wire or Python names; a label in quotes that one field alone has, "Due On" < today, unless --strict-names.
"""
_FORMATS: Final = """\
  table   columns that fit the terminal; what a terminal gets
  tsv     values parted by tabs; what a pipe gets
  csv     for spreadsheets: a text that one would run as a formula gets ' in front, unless --raw-cells
  json    one list; nested where rows are
  jsonl   one object a line
  md      a table in Markdown
  ids     one ID a line
Times are ISO 8601 with their zone, booleans true and false, no value is empty (--null TEXT).
"""
_SAFETY: Final = """\
What changes more than one object, or deletes, first shows what it would do, and asks.

  at a terminal             asks for yes; in production for the number of objects
  without one, --no-input   refused, exit code 6
  --yes                     goes on; for many objects in production it still asks, or is refused without a terminal
  --yes=12, --yes=all       goes on; a number that does not match is refused
  --dry-run                 only shows, with --json all of it; nothing is sent

A profile's allow_writes (true, false, "sandbox") is never widened by the line; confirm says when it asks: "always",
"production", "never".
"""
_RESUME: Final = """\
--from rows.csv notes every call in rows.csv.wfjob before it leaves and after its answer. After any end:

  workfront update --resume rows.csv.wfjob

at the same place, as the same user, with the same file. Changes and removals under way are sent again, which does no
harm. New objects are looked for by their mark first (extRefID, --mark FIELD); those without a mark are never sent again
where no answer tells what became of them, and the exit code is 8. rows.csv.failed.csv has the refused rows, and
can be sent again. --restart sends a file once more from its first row.
"""
_ENVIRONMENT: Final = """\
  WORKFRONT_URL, WORKFRONT_DOMAIN      where to connect
  WORKFRONT_API_KEY and its kin        the credential; docs/authentication.md lists all
  WORKFRONT_PROFILE, WORKFRONT_CONFIG  a profile, and the file of profiles
  WORKFRONT_ALLOW_WRITES               true, false, sandbox
  WORKFRONT_CONFIRM                    always, production, never
  SSL_CERT_FILE, HTTPS_PROXY           certificates and proxy

The line goes before variables, variables before the profile.
"""
TOPICS: Final = {
    "conditions": _CONDITIONS,
    "formats": _FORMATS,
    "safety": _SAFETY,
    "resume": _RESUME,
    "environment": _ENVIRONMENT,
    "exit-codes": None,
}


@click.command("help", cls=GuardedCommand)
@local_options
@click.argument("topic", required=False, type=click.Choice(list(TOPICS)))
@click.pass_context
def command(ctx: click.Context, topic: str | None) -> None:
    """Explains conditions, formats, safety, resuming, variables, exit codes."""
    click.echo(_text(topic) if topic else _of_all(ctx), nl=False)


def _text(topic: str) -> str:
    text = TOPICS[topic]
    if text is not None:
        return text
    from workfront_cli.exit_codes import MEANINGS

    return "".join(f"  {code:<4} {meaning}\n" for code, meaning in MEANINGS.items())


def _of_all(ctx: click.Context) -> str:
    return f"{(ctx.parent or ctx).get_help()}\n\nTopics: workfront help {' | '.join(TOPICS)}\n"
