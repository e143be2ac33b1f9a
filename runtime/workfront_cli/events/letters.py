"""``workfront events dead | replay``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from workfront_cli.connection.options import as_json_option, local_options
from workfront_cli.guarded import GuardedCommand


def _inbox_option(run: Callable[..., None], /) -> Callable[..., None]:
    """Adds ``--inbox``, a file that must exist."""
    kind = click.Path(path_type=Path, exists=True, dir_okay=False)
    return click.option("--inbox", "path", type=kind, default="events.sqlite", show_default=True, help="The file.")(run)


@click.command("dead", cls=GuardedCommand)
@local_options
@_inbox_option
@click.option("--consumer", help="Of this consumer only.")
@as_json_option
def dead(path: Path, consumer: str | None, as_json: bool) -> None:
    """Lists the events that consumers could not handle."""
    from workfront_cli.output import plain, show_json
    from workfront_core.events import Inbox

    with Inbox(path) as inbox:
        letters = inbox.dead(consumer)
    rows: list[dict[str, object]] = []
    for letter in letters:
        code, one = _row_of(letter.body)
        at = datetime.fromtimestamp(letter.died, UTC).isoformat(timespec="seconds")
        rows.append({"consumer": letter.consumer, "place": letter.place, "at": at, "object": code, "id": one,
                     "reason": letter.reason})  # fmt: skip
    if as_json:
        show_json(rows)
    else:
        click.echo("".join("  ".join(plain(str(value)) for value in row.values()) + "\n" for row in rows), nl=False)


def _row_of(body: bytes) -> tuple[str, str]:
    """Returns object type and ID of a message; nothing of one that is dead because it cannot be read."""
    from workfront_core.events import NotAnEvent
    from workfront_core.events.message import message_of

    try:
        found = message_of(body)
    except NotAnEvent:
        return "", ""
    return found.obj_code, found.object_id


@click.command("replay", cls=GuardedCommand)
@local_options
@_inbox_option
@click.argument("consumer")
@click.option("--place", "places", type=int, multiple=True, help="This dead event only; may be repeated.")
@click.option("--since", metavar="TIME", help="All events since this moment, such as 2026-03-01T12:00:00Z.")
@as_json_option
def replay(path: Path, consumer: str, places: tuple[int, ...], since: str | None, as_json: bool) -> None:
    """Hands dead events of a consumer over again, or all events since a moment."""
    from workfront_cli.output import show_json
    from workfront_core.errors import QueryError
    from workfront_core.events import Inbox
    from workfront_core.values.datetimes import parse_datetime

    if not consumer.strip():
        raise QueryError("CONSUMER is empty.", hint="Name one of those that workfront events dead lists.")
    if places and since is not None:
        raise QueryError("--place and --since are two ways to say what comes again.", hint="Give one of them.")
    with Inbox(path) as inbox:
        if since is None:
            revived = inbox.revive(consumer, places or None)
            if as_json:
                show_json({"consumer": consumer, "revived": revived})
            else:
                click.echo(revived)
            return
        try:
            moment = parse_datetime(since)
        except ValueError as error:
            raise QueryError(f"--since {since!r} is {error}.") from None
        after = inbox.replay(consumer, moment)
    if as_json:
        show_json({"consumer": consumer, "after": after})
    else:
        click.echo(f"{consumer} goes on after {after}")
