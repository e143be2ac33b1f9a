"""One object that is made, or copied."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workfront_cli.output import json_text, reason
from workfront_cli.unknown_status import known_status
from workfront_cli.writing.assignments import Assignment, from_document, row_of
from workfront_cli.writing.lookups import Lookups
from workfront_cli.writing.needed import refuse_incomplete
from workfront_cli.writing.operations import operation_of
from workfront_cli.writing.plan import Change, Plan, agreed
from workfront_core.bulk.rows import new_row
from workfront_core.errors import QueryError
from workfront_core.foreign_text import json_value
from workfront_core.models.model import WorkfrontObject

if TYPE_CHECKING:
    from workfront_cli.data.session import Session
    from workfront_cli.writing.consent import Consent


def read_body(body: str, model: type[WorkfrontObject]) -> list[Assignment]:
    """Returns the values in JSON that stands on the line, in a file (``@file``), or comes by the standard input (-).

    Raises:
        QueryError: it cannot be read, is not JSON, or names no fields of the object.
    """
    try:
        text = sys.stdin.read() if body == "-" else Path(body[1:]).read_text("utf-8-sig") if body[:1] == "@" else body
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"The values in {body[1:]} cannot be read: {reason(error)}.") from None
    try:
        document = json_value(text)
    except ValueError as error:
        raise QueryError(f"The values are not JSON: {error}.", hint='Write {"name": "Launch"}.') from None
    return from_document(document, model)


def create_one(opened: Session, values: Sequence[Assignment], consent: Consent, *, as_json: bool) -> None:
    """Creates an object and writes its ID, or all that came back.

    Raises:
        QueryError: there are no values, or one does not fit; nothing was sent.
        WorkfrontError: it was refused.
    """
    if not values:
        raise QueryError("Nothing is set.", hint="Write --set NAME=VALUE, or give --json-body.")
    create = operation_of(opened, "create")
    refuse_incomplete(opened, (one.target for one in values))
    row = row_of(values, Lookups(opened.client))
    new_row(opened.model, 0, row.row())
    if agreed(_plan("create", opened, values), opened, consent, as_json=as_json):
        with known_status():
            made = create(custom=row.custom or None, **row.values)
        show_new(made, as_json=as_json)


def copy_one(
    opened: Session,
    source: str,
    values: Sequence[Assignment],
    options: Sequence[str],
    consent: Consent,
    *,
    as_json: bool,
) -> None:
    """Copies an object and writes the ID of the copy, or all that came back.

    Raises:
        QueryError: a value does not fit; nothing was sent.
        WorkfrontError: it was refused.
    """
    copy = operation_of(opened, "copy")
    row = row_of(values, Lookups(opened.client))
    if values:
        new_row(opened.model, 0, row.row())
    if agreed(_plan("copy", opened, values, source), opened, consent, as_json=as_json):
        with known_status():
            made = copy(source, values=row.values or None, options=list(options), custom=row.custom or None)
        show_new(made, as_json=as_json)


def show_new(made: WorkfrontObject, *, as_json: bool) -> None:
    """Writes the ID of a new object, or as JSON what the server answered of it."""
    answered: Any = made
    if as_json:
        from workfront_cli.data.cells import nested

        click.echo(json_text(nested(answered.flat()), indent=2))
    else:
        click.echo(answered.flat().get("ID") or "")


def _plan(verb: str, opened: Session, values: Sequence[Assignment], source: str | None = None) -> Plan:
    fields = [(one.target.wire, None, one.value) for one in values]
    change = Change(None, source or "", fields)
    return Plan(verb, opened.model.__name__, 1, [change], many=False, is_certain=True)
