"""What a command would change, for people to see before it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

import click

from workfront_cli.account.identity import current_user
from workfront_cli.data.cells import cell, plain_value
from workfront_cli.output import json_text, plain, tell
from workfront_cli.writing.consent import Consent
from workfront_core.errors import WorkfrontError
from workfront_core.errors.redaction import MASK, is_secret, redact_json
from workfront_core.request.address import environment_name

if TYPE_CHECKING:
    from pydantic import JsonValue

    from workfront_cli.data.session import Session

_EXAMPLES: Final = 10
VARIOUS: Final = "object"
"""The name of objects of several kinds."""


@dataclass(frozen=True, slots=True)
class Change:
    """One object and what happens to it.

    Attributes:
        id: of the object; ``None`` for a new one.
        name: for people.
        fields: field, value there is, value to be; without an old one for a new object.
    """

    id: str | None
    name: str
    fields: Sequence[tuple[str, Any, Any]] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a command would do.

    Attributes:
        verb: ``update``.
        object_name: what kind of objects.
        number: how many.
        changes: all of them, or the first ones.
        many: whether this kind of command may change many objects, or deletes.
        is_certain: whether a single object needs no question.
        notes: more that should be known.
    """

    verb: str
    object_name: str
    number: int
    changes: Sequence[Change]
    many: bool = True
    is_certain: bool = False
    notes: Sequence[str] = field(default=())

    @property
    def is_shown(self) -> bool:
        """Whether it is shown, and asked about, before it is done."""
        return not self.is_certain or self.number > 1


def agreed(plan: Plan, opened: Session, consent: Consent, *, as_json: bool) -> bool:
    """Shows a plan where that is due, asks, and returns whether it is to be done: not in a dry run, not for nothing.

    Raises:
        WriteRefused: nobody agreed.
    """
    if consent.dry_run:
        document = _document(plan, opened) if as_json else None
        click.echo(json_text(document, indent=2) if document else _text(plan, opened))
        return False
    consent.check_number(plan.number)
    if not plan.number:
        tell(None if as_json else f"Nothing to {plan.verb}.")
        return False
    asks_always = opened.profile.confirm == "always"
    if (plan.is_shown or asks_always) and not as_json:
        click.echo(_text(plan, opened), err=True)
    consent.ask(plan.number, opened.profile, many=plan.many and plan.is_shown, shown=plan.is_shown)
    return True


def place_of(opened: Session) -> str:
    """Returns where a command writes and as whom: ``production acme.my.workfront.com as Ana Ray``."""
    root = opened.profile.address
    try:
        user = current_user(opened.client)
    except WorkfrontError:
        user = None
    who = f" as {user.get('name')}" if user else ""
    return f"{environment_name(root)} {urlsplit(root).netloc}{who}"


def _text(plan: Plan, opened: Session) -> str:
    return "\n".join(plain(line) if not line.startswith(" ") else f"  {plain(line)}" for line in _lines(plan, opened))


def _lines(plan: Plan, opened: Session) -> Iterator[str]:
    place = place_of(opened)
    yield f"{plan.verb} {_counted(plan)} {'on' if place.startswith('this machine') else 'in'} {place}"
    yield from plan.notes
    for change in plan.changes[:_EXAMPLES]:
        fields = ", ".join(_fields(change))
        yield f"  {': '.join(filter(None, (' '.join(filter(None, (change.id, change.name))), fields)))}"
    if plan.number > min(len(plan.changes), _EXAMPLES):
        yield f"  and {plan.number - min(len(plan.changes), _EXAMPLES)} more"


def _counted(plan: Plan) -> str:
    """Returns how many objects there are; of several kinds they have no name in common."""
    if plan.object_name == VARIOUS:
        return f"{plan.number} {'object' if plan.number == 1 else 'objects'}"
    return f"{plan.number} {plan.object_name}{'' if plan.number == 1 else ' objects'}"


def without_secrets(name: str, value: Any) -> Any:
    """Returns the value of a field as it may be shown: passwords and keys are given, and seen by nobody after that."""
    if isinstance(value, str) and is_secret(name.rpartition(".")[2]) and not name.startswith("DE:"):
        return MASK
    return redact_json(cast("JsonValue", value)) if isinstance(value, dict | list) else value


def _fields(change: Change) -> Iterator[str]:
    """Yields what becomes of the fields of an object; not those that stay, unless all do."""
    is_new = change.id is None
    differing = [one for one in change.fields if is_new or _differs(*one)]
    if change.fields and not differing:
        yield "nothing new"
    yield from (_field(*one, is_new=is_new) for one in differing)


def _differs(name: str, old: Any, new: Any) -> bool:
    """Returns whether a person would see another value; of secrets nobody sees any."""
    return without_secrets(name, new) == MASK or _text_of(old) != _text_of(new)


def _field(name: str, old: Any, new: Any, *, is_new: bool) -> str:
    after = _shown(without_secrets(name, new))
    return f"{name} {after}" if is_new else f"{name} {_shown(without_secrets(name, old))} -> {after}"


def _shown(value: Any) -> str:
    """Returns a value for people; several texts, as rules of access are, are all of interest, and none is cut."""
    if isinstance(value, tuple):
        return ", ".join(cast("tuple[str, ...]", value)) or "(none)"
    text = _text_of(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _text_of(value: Any) -> str:
    return cell(int(value) if isinstance(value, float) and value.is_integer() else value, "(none)")


def _document(plan: Plan, opened: Session) -> dict[str, Any]:
    return {
        "dryRun": True,
        "verb": plan.verb,
        "object": plan.object_name,
        "place": place_of(opened),
        "number": plan.number,
        "changes": [_change(change) for change in plan.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    fields = {
        name: {"old": plain_value(without_secrets(name, old)), "new": plain_value(without_secrets(name, new))}
        for name, old, new in change.fields
    }
    return {"ID": change.id, "name": change.name or None, "fields": fields}
