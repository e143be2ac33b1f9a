"""Actions of an object: which there are, what they take, and a call of one."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import click

from workfront_cli.data.cells import plain_value
from workfront_cli.data.descriptions import camel
from workfront_cli.output import json_text
from workfront_cli.unknown_status import StatusUnknown, known_status
from workfront_cli.writing.outcome import Outcome, nothing
from workfront_cli.writing.plan import Change, Plan, agreed, without_secrets
from workfront_cli.writing.selection import id_of, label, selected
from workfront_core.errors import AuthenticationError, QueryError, RateLimited, WorkfrontError
from workfront_core.foreign_text import json_value
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import did_you_mean

if TYPE_CHECKING:
    from workfront_cli.data.session import Session
    from workfront_cli.writing.consent import Consent

_ACTION: Final = re.compile(r"\bAction (\w+)\b")
_NEEDS: Final = re.compile(r"\bNeeds on the wire: (.+)\.$", re.MULTILINE)
_ASSIGNMENT: Final = re.compile(r"([A-Za-z][\w.]*?)(:?=)(.*)", re.DOTALL)
_TARGET: Final = "target"


@dataclass(frozen=True, slots=True)
class Action:
    """One action that the metadata lists.

    Attributes:
        wire: its name.
        method: of the service, which calls it.
        on_row: whether it runs on one row, whose ID comes first.
        parameters: what else it takes, by wire name without regard to case.
        needs: arguments it cannot do without by wire name, of each group one.
    """

    wire: str
    method: Callable[..., Any]
    on_row: bool
    parameters: dict[str, inspect.Parameter]
    needs: Sequence[Sequence[str]] = ()


def actions_of(opened: Session) -> dict[str, Action]:
    """Returns the actions of an object by wire name."""
    found: dict[str, Action] = {}
    service: object = opened.service
    members: dict[str, Any] = dict(vars(type(service)))
    for name, method in members.items():
        text = inspect.getdoc(method) or "" if inspect.isfunction(method) else ""
        said, needs = _ACTION.search(text), _NEEDS.search(text)
        if said is not None:
            parameters = dict(inspect.signature(method).parameters)
            parameters.pop("self", None)
            on_row = parameters.pop(_TARGET, None) is not None
            taken = {_plain(one): parameter for one, parameter in parameters.items()}
            groups = [one.split(" or ") for one in needs[1].split(", ")] if needs else []
            found[said[1]] = Action(said[1], getattr(opened.service, name), on_row, taken, groups)
    return found


def action_named(name: str, opened: Session) -> Action:
    """Returns an action by wire or Python name.

    Raises:
        QueryError: the metadata lists none of this name.
    """
    known = actions_of(opened)
    found = {_plain(wire): action for wire, action in known.items()}.get(_plain(name))
    if found is None:
        raise QueryError(
            f"The metadata lists no action {name!r:.80} of {opened.model.__name__}.",
            hint=did_you_mean(name, known, f"Known: {', '.join(sorted(known)) or 'none'}."),
        )
    return found


def arguments_of(settings: Iterable[str], action: Action) -> dict[str, Any]:
    """Reads ``argument=value``; dots lead into an object, ``:=`` takes JSON.

    Raises:
        QueryError: one is written otherwise, the action takes no such argument, or lacks one that it needs.
    """
    found: dict[str, Any] = {}
    for setting in settings:
        written = _ASSIGNMENT.fullmatch(setting)
        if written is None:
            raise QueryError(f"--set {setting!r:.80} is not NAME=VALUE.", hint="Write --set projectID=...")
        path, mark, text = written.groups()
        first, *rest = path.split(".")
        parameter = _parameter(first, action)
        value = _json(setting, text) if mark == ":=" else _listed(text, parameter, nested=bool(rest))
        _put(found, [parameter.name, *rest], value, setting)
    _refuse_lacking(action, found)
    return found


def _refuse_lacking(action: Action, given: Container[str]) -> None:
    """Raises a QueryError where an argument is not given that the action needs; one that is null is given."""
    lacking = [
        group for group in action.needs if not any(action.parameters[_plain(wire)].name in given for wire in group)
    ]
    if lacking:
        raise QueryError(
            f"{action.wire} needs {' and '.join(' or '.join(group) for group in lacking)}.",
            hint=f"Write {' '.join(f'--set {group[0]}=...' for group in lacking)}",
        )


def call_where(
    opened: Session,
    action: Action,
    where: str | None,
    arguments: dict[str, Any],
    consent: Consent,
    *,
    as_json: bool,
    **most: Any,
) -> Outcome | None:
    """Calls an action on each of the objects that are meant; ``None`` where it was not done, or shown by itself.

    Raises:
        QueryError: it runs on rows and none are named, or the other way round.
    """
    if action.on_row != (where is not None):
        wanted = "runs on an object: give its ID, or a condition" if action.on_row else "names its objects in arguments"
        raise QueryError(f"{action.wire} of {opened.model.__name__} {wanted}.", hint="Arguments go into --set.")
    rows = selected(where, opened, **most) if where is not None else []
    plan = _plan(opened, action, rows, arguments, on_rows=where is not None)
    if not agreed(plan, opened, consent, as_json=as_json):
        return nothing("called", consent, as_json=as_json)
    if where is None:
        with known_status():
            result = action.method(**arguments)
        _show(result, as_json=as_json)
        return None
    if len(rows) == 1:
        outcome = Outcome("called", [id_of(rows[0])])
        with known_status():
            result = action.method(id_of(rows[0]), **arguments)
        return None if _show(result, as_json=False) else outcome
    outcome = Outcome("called")
    for row in rows:
        _call(action, id_of(row), label(row), arguments, outcome)
    return outcome


def _plan(
    opened: Session, action: Action, rows: Sequence[WorkfrontObject], arguments: dict[str, Any], *, on_rows: bool
) -> Plan:
    fields = [(name, None, value) for name, value in _as_set(arguments)]
    changes = [Change(id_of(row), label(row)) for row in rows] or [Change(None, "", fields)]
    return Plan(
        action.wire,
        opened.model.__name__,
        len(rows) if on_rows else 1,
        changes if (on_rows and rows) or not on_rows else [],
        many=len(rows) > 1,
        is_certain=len(rows) <= 1,
        notes=[_described(fields)] if fields and on_rows else [],
    )


def _as_set(arguments: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yields arguments by the names that ``--set`` takes, members of an object each by its own: ``project.name``."""
    for name, value in arguments.items():
        path = f"{before}{name}" if before else camel(name)
        if isinstance(value, dict) and value:
            yield from _as_set(cast("dict[str, Any]", value), f"{path}.")
        else:
            yield path, value


def _call(action: Action, object_id: str, name: str, arguments: dict[str, Any], outcome: Outcome) -> None:
    """Calls an action on one of many objects; what is refused is noted, what is wrong for all ends the command."""
    try:
        with known_status():
            action.method(object_id, **arguments)
    except (QueryError, AuthenticationError, RateLimited):
        raise
    except StatusUnknown as error:
        outcome.unknown.append((object_id, name, error))
    except WorkfrontError as error:
        outcome.failed.append((object_id, name, error))
    else:
        outcome.done.append(object_id)


def _show(result: object, *, as_json: bool) -> bool:
    """Writes what an action answered, and returns whether it answered anything."""
    if not as_json and (result in (None, True, {}) or result == {"result": None}):
        return False
    click.echo(json_text(plain_value(result), indent=2))
    return True


def _parameter(name: str, action: Action) -> inspect.Parameter:
    found = action.parameters.get(_plain(name))
    if found is None:
        known = [camel(parameter.name) for parameter in action.parameters.values()]
        raise QueryError(
            f"{action.wire} does not take the argument {name!r:.80}.",
            hint=did_you_mean(name, known, f"It takes {', '.join(known) or 'none'}."),
        )
    return found


def _listed(text: str, parameter: inspect.Parameter, *, nested: bool) -> Any:
    """Returns a text as its argument takes it: in parts where a list is wanted."""
    if "Sequence" in str(parameter.annotation) and not nested:
        return _json(text, text) if text.startswith("[") else [part.strip() for part in text.split(",") if part.strip()]
    return text


def _json(setting: str, text: str) -> Any:
    try:
        return json_value(text)
    except ValueError as error:
        raise QueryError(f"--set {setting!r:.80} is not JSON: {error}.") from None


def _put(found: dict[str, Any], path: Sequence[str], value: Any, setting: str) -> None:
    *parents, last = path
    place = found
    for name in parents:
        inner: object = place.setdefault(name, {})
        if not isinstance(inner, dict):
            raise QueryError(f"--set {setting!r:.80} goes into {name}, which has a value of its own.")
        place = cast("dict[str, Any]", inner)
    if last in place:
        raise QueryError(f"{'.'.join(path)} is set twice.", hint="Give --set once for each argument.")
    place[last] = value


def _described(fields: Iterable[tuple[str, Any, Any]]) -> str:
    return "with " + ", ".join(f"{name} {without_secrets(name, value)}" for name, _, value in fields)


def _plain(name: str) -> str:
    return name.replace("_", "").lower()
