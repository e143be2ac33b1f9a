"""Sharing of many objects with one accessor, and its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from workfront_cli.writing.operations import operation_of
from workfront_cli.writing.outcome import Outcome, nothing
from workfront_cli.writing.plan import Change, Plan, agreed
from workfront_cli.writing.rules import RULES, Rule, granted, rules_of, shown, with_rule, without
from workfront_cli.writing.selection import id_of, label, selected
from workfront_core.errors import WorkfrontError
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.access_rules import AccessGrant, AccessorKind

if TYPE_CHECKING:
    from workfront_cli.data.session import Session
    from workfront_cli.writing.consent import Consent

_CHUNK: Final = 100


def share_where(
    opened: Session, where: str, grant: AccessGrant, consent: Consent, *, as_json: bool, **most: Any
) -> Outcome | None:
    """Gives an accessor rights to the objects that are meant; ``None`` where it was not done."""
    share = operation_of(opened, "share")
    after = partial(with_rule, rule=granted(grant, opened))
    return _each_hundred("share", opened, where, after, consent, lambda ids: share(ids, grant), as_json, most)


def unshare_where(
    opened: Session,
    where: str,
    kind: AccessorKind,
    accessor_id: str,
    consent: Consent,
    *,
    as_json: bool,
    **most: Any,
) -> Outcome | None:
    """Takes an accessor's rights to the objects that are meant away; ``None`` where it was not done."""
    unshare = operation_of(opened, "unshare")
    after = partial(without, accessor_id=accessor_id)
    return _each_hundred(
        "unshare", opened, where, after, consent, lambda ids: unshare(ids, accessor_id, kind), as_json, most
    )


def _each_hundred(
    verb: str,
    opened: Session,
    where: str,
    after: Callable[[Sequence[Rule]], list[Rule]],
    consent: Consent,
    write: Callable[[list[str]], None],
    as_json: bool,
    most: Mapping[str, Any],
) -> Outcome | None:
    rows = selected(where, opened, RULES, **most)
    before = rules_of(rows, opened)
    changes = [
        Change(id_of(row), label(row), [("access", shown(rules), shown(after(rules)))])
        for row, rules in zip(rows, before, strict=True)
    ]
    plan = Plan(verb, opened.model.__name__, len(rows), changes)
    if not agreed(plan, opened, consent, as_json=as_json):
        return nothing(f"{verb}d", consent, as_json=as_json)
    outcome = Outcome(f"{verb}d")
    for start in range(0, len(rows), _CHUNK):
        _write(rows[start : start + _CHUNK], write, outcome)
    return outcome


def _write(rows: Sequence[WorkfrontObject], write: Callable[[list[str]], None], outcome: Outcome) -> None:
    """Writes some objects in one call; where that is refused each by itself, which does no harm twice."""
    ids = [id_of(row) for row in rows]
    try:
        write(ids)
    except WorkfrontError as error:
        if len(rows) == 1:
            outcome.failed.append((ids[0], label(rows[0]), error))
            return
        for row in rows:
            _write([row], write, outcome)
        return
    outcome.done += ids
