"""Many objects that are changed alike, or deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workfront_cli.writing.assignments import Assignment, row_of
from workfront_cli.writing.lookups import Lookups
from workfront_cli.writing.operations import operation_of
from workfront_cli.writing.outcome import Outcome, nothing
from workfront_cli.writing.plan import Change, Plan, agreed
from workfront_cli.writing.selection import id_of, label, selected
from workfront_cli.writing.targets import fields_shown
from workfront_core.bulk.results import BulkError, BulkResult
from workfront_core.bulk.rows import changed_row
from workfront_core.models.model import WorkfrontObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from workfront_cli.data.session import Session
    from workfront_cli.writing.consent import Consent


def update_where(
    opened: Session,
    where: str,
    values: Sequence[Assignment],
    consent: Consent,
    *,
    limit: int | None,
    everything: bool,
    as_json: bool,
) -> Outcome | None:
    """Gives the objects that are meant new values, and returns what became of them; ``None`` where it was not done.

    Raises:
        QueryError: a value does not fit, or nobody said that so many are meant; nothing was sent.
        WriteRefused: nobody agreed; nothing was sent.
    """
    update = operation_of(opened, "update_many")
    row = row_of(values, Lookups(opened.client))
    changed_row(opened.model, 0, ("0" * 32, row.row()))
    shown = fields_shown(one.target for one in values)
    rows = selected(where, opened, shown, limit=limit, everything=everything)
    changes = [_change(one, values) for one in rows]
    ask_single = len(rows) == 1 and not _is_condition(where)
    plan = Plan("update", opened.model.__name__, len(rows), changes, many=len(rows) > 1, is_certain=ask_single)
    if not agreed(plan, opened, consent, as_json=as_json):
        return nothing("updated", consent, as_json=as_json)
    return done_with(
        "updated", rows, _labels(rows), lambda: update([(id_of(one), row.row()) for one in rows], on_error="collect")
    )


def delete_where(
    opened: Session,
    where: str,
    consent: Consent,
    *,
    force: bool,
    limit: int | None,
    everything: bool,
    as_json: bool,
) -> Outcome | None:
    """Deletes the objects that are meant, and returns what became of them; ``None`` where it was not done.

    Raises:
        QueryError: nobody said that so many are meant; nothing was sent.
        WriteRefused: nobody agreed; nothing was sent.
    """
    delete = operation_of(opened, "delete_many")
    rows = selected(where, opened, limit=limit, everything=everything)
    plan = Plan("delete", opened.model.__name__, len(rows), [Change(id_of(one), label(one)) for one in rows])
    if not agreed(plan, opened, consent, as_json=as_json):
        return nothing("deleted", consent, as_json=as_json)
    return done_with(
        "deleted", rows, _labels(rows), lambda: delete([id_of(one) for one in rows], force=force, on_error="collect")
    )


def done_with(
    verb: str, rows: Sequence[WorkfrontObject], names: Sequence[str], write: Callable[[], BulkResult]
) -> Outcome:
    """Returns the outcome of a bulk call on these rows, also of one that ended early."""
    outcome = Outcome(verb)
    try:
        result = write()
    except BulkError as error:
        result = error.result
    outcome.take(result, [id_of(row) for row in rows], names)
    return outcome


def _labels(rows: Sequence[WorkfrontObject]) -> list[str]:
    return [label(row) for row in rows]


def _change(row: WorkfrontObject, values: Sequence[Assignment]) -> Change:
    held: dict[str, Any] = row.flat()
    fields = [(one.target.shown.removesuffix(":name"), held.get(one.target.shown), one.value) for one in values]
    return Change(id_of(row), label(row), fields)


def _is_condition(where: str) -> bool:
    from workfront_cli.data.where import given_ids

    return where.startswith(("@", "-")) or not given_ids(where)
