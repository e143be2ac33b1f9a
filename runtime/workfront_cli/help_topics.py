"""``workfront help``."""

from __future__ import annotations

from typing import Final

import click

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


@click.command("help", cls=GuardedCommand)
@click.argument("topic", required=False, type=click.Choice(["conditions", "formats", "exit-codes"]))
@click.pass_context
def command(ctx: click.Context, topic: str | None) -> None:
    """Explains conditions, formats, exit codes."""
    click.echo(_text(topic) if topic else _of_all(ctx), nl=False)


def _text(topic: str) -> str:
    match topic:
        case "conditions":
            return _CONDITIONS
        case "formats":
            return _FORMATS
        case _:
            from workfront_cli.exit_codes import MEANINGS

            return "".join(f"  {code:<4} {meaning}\n" for code, meaning in MEANINGS.items())


def _of_all(ctx: click.Context) -> str:
    return f"{(ctx.parent or ctx).get_help()}\n\nTopics: workfront help conditions | formats | exit-codes\n"
