"""Work that goes from one person to another: what there is, and its new owner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from workfront_cli.data.session import model_of
from workfront_cli.writing.lookups import Lookups
from workfront_cli.writing.many_objects import done_with
from workfront_cli.writing.outcome import Outcome, nothing
from workfront_cli.writing.plan import VARIOUS, Change, Plan, agreed
from workfront_cli.writing.selection import id_of
from workfront_cli.writing.stages import stages_of
from workfront_cli.writing.targets import Lookup, Target
from workfront_core.errors import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import did_you_mean
from workfront_core.query.language.parsing import parse
from workfront_core.query.model_fields import by_wire_name

if TYPE_CHECKING:
    from workfront_cli.data.session import Session
    from workfront_cli.writing.consent import Consent
    from workfront_core.request.api_version import ApiVersion


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what belongs to a person.

    Attributes:
        object_name: what it is.
        field: wire name of the field that holds the person's ID.
        open: the condition that holds while it is not over; empty where it never is.
        label: the field that tells people which one it is.
        also: another condition; ``{taker}`` in it is the ID of who gets it.
    """

    object_name: str
    field: str
    open: str = ""
    label: str = "name"
    also: str = ""


KINDS: Final = {
    "tasks": Kind("task", "assignedToID", "actualCompletionDate is null"),
    "issues": Kind("issue", "assignedToID", "actualCompletionDate is null"),
    "projects": Kind("project", "ownerID", "actualCompletionDate is null"),
    "reports": Kind("portalSection", "runAsUserID"),
    "approvals": Kind("documentApproval", "approverID", "approvalDate is null", "document.name"),
}
"""What is handed over, by the words of ``--what``."""


def _co_assigned(part: str, exists: str) -> Kind:
    """Returns the assignments of a person who is not the primary one, by whether who gets them is assigned as well."""
    own = f"isPrimary != true and {part}ID is not null"
    also = f"{own} and {exists} assignment ({part}ID = outer.{part}ID and assignedToID = '{{taker}}')"
    return Kind("assignment", "assignedToID", f"{part}.actualCompletionDate is null", f"{part}.name", also)


CO_ASSIGNED: Final = {"tasks": _co_assigned("task", "not exists"), "issues": _co_assigned("opTask", "not exists")}
"""What a person works on beside its primary assignee, who stays; where both are assigned, it stays as it is."""

_BOTH: Final = {
    CO_ASSIGNED["tasks"]: _co_assigned("task", "exists"),
    CO_ASSIGNED["issues"]: _co_assigned("opTask", "exists"),
}
"""What stays as it is, by what is handed over."""

_Found = list[tuple[str, Kind, list[WorkfrontObject]]]


def kinds_named(text: str) -> list[str]:
    """Returns the kinds of a list with commas.

    Raises:
        QueryError: there is none of a name.
    """
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    wrong = [word for word in words if word not in KINDS]
    if wrong or not words:
        near = did_you_mean(wrong[0], KINDS) if wrong else ""
        raise QueryError(
            f"--what {text!r:.80}: {', '.join(wrong) or 'nothing'} cannot be handed over.",
            hint=f"{near}{near and ' '}Write one or more of {', '.join(KINDS)}.",
        )
    return list(dict.fromkeys(words))


def kinds_of(names: Iterable[str], *, keep_co_assignees: bool) -> list[tuple[str, Kind]]:
    """Returns what is handed over, with its name for people."""
    found: list[tuple[str, Kind]] = []
    for name in names:
        found.append((name, KINDS[name]))
        if name in CO_ASSIGNED and not keep_co_assignees:
            found.append((f"co-assigned {name}", CO_ASSIGNED[name]))
    return found


def person(text: str, option: str, version: ApiVersion, lookups: Lookups) -> str:
    """Returns the ID of a user by ID, e-mail address, or a name that one user alone has.

    Raises:
        QueryError: there is none, or there are several.
    """
    return lookups.id_of(Target(option, "", None, Lookup(model_of("user", version))), text.strip())


def hand_over(
    opened: Session, version: ApiVersion, giver: str, taker: str, kinds: Sequence[tuple[str, Kind]], consent: Consent,
    *, people: tuple[str, str], only_open: bool, as_json: bool,
) -> Outcome | None:  # fmt: skip
    """Gives what belongs to one user to another; ``None`` where it was not done.

    Raises:
        WriteRefused: nobody agreed; nothing was sent.
    """
    found: _Found = [
        (name, kind, _held(opened, version, kind, _condition(kind, giver, taker, only_open=only_open)))
        for name, kind in kinds
    ]
    number = sum(len(rows) for _, _, rows in found)
    changes = [
        Change(id_of(row), f"{name}: {_label(row, kind)}", [(kind.field.removesuffix("ID"), people[0], people[1])])
        for name, kind, rows in found
        for row in rows
    ]
    counts = [f"{name}: {len(rows)}" for name, _, rows in found]
    counts += _assigned_both(opened, version, kinds, giver, taker, people, only_open=only_open)
    if any(name == "approvals" for name, _ in kinds):
        counts += stages_of(opened, version, giver, people[0])
    if not agreed(Plan("reassign", VARIOUS, number, changes, notes=counts), opened, consent, as_json=as_json):
        return nothing("reassigned", consent, as_json=as_json)
    outcome = Outcome("reassigned")
    for _, kind, rows in found:
        _give(opened, version, kind, rows, taker, outcome)
        if outcome.error is not None:
            break
    return outcome


def as_program(
    opened: Session, version: ApiVersion, giver: str, taker: str, kinds: Sequence[tuple[str, Kind]], *, only_open: bool
) -> str:
    """Returns the Python that hands over the same."""
    from workfront_cli.writing.python_text import reassign_text

    models = [(kind, model_of(kind.object_name, version)) for _, kind in kinds]
    held = [
        (model, _condition(kind, giver, taker, only_open=only_open), by_wire_name(model)[kind.field].name)
        for kind, model in models
    ]
    return reassign_text(opened, held, taker)


def _condition(kind: Kind, giver: str, taker: str, *, only_open: bool) -> str:
    parts = [f"{kind.field} = '{giver}'", kind.also.format(taker=taker), kind.open if only_open else ""]
    return " and ".join(filter(None, parts))


def _held(opened: Session, version: ApiVersion, kind: Kind, condition: str) -> list[WorkfrontObject]:
    service, model = _service(opened, version, kind)
    return list(service.search(parse(condition, model), fields=["ID", _wire(kind)], limit=None))


def _service(opened: Session, version: ApiVersion, kind: Kind) -> tuple[Any, type[WorkfrontObject]]:
    model = model_of(kind.object_name, version)
    return opened.client.by_code(model.obj_code), model


def _assigned_both(
    opened: Session, version: ApiVersion, kinds: Sequence[tuple[str, Kind]], giver: str, taker: str,
    people: tuple[str, str], *, only_open: bool,
) -> list[str]:  # fmt: skip
    """Returns lines that say of how many tasks and issues both are assignees, which stay so."""
    lines: list[str] = []
    for name, kind in kinds:
        if (both := _BOTH.get(kind)) is not None:
            service, model = _service(opened, version, both)
            condition = _condition(both, giver, taker, only_open=only_open)
            if number := service.count(parse(condition, model)):
                lines.append(f"not handed over: {name} that {people[1]} is assigned to already: {number}")
    return lines


def _wire(kind: Kind) -> str:
    return kind.label.replace(".", ":")


def _label(row: WorkfrontObject, kind: Kind) -> str:
    return str(row.flat([_wire(kind)]).get(_wire(kind)) or "")


def _give(
    opened: Session, version: ApiVersion, kind: Kind, rows: list[WorkfrontObject], taker: str, outcome: Outcome
) -> None:
    if not rows:
        return
    model = model_of(kind.object_name, version)
    service: Any = opened.client.by_code(model.obj_code)
    name = by_wire_name(model)[kind.field].name
    pairs = [(id_of(row), {name: taker}) for row in rows]
    one = done_with(
        "", rows, [_label(row, kind) for row in rows], lambda: service.update_many(pairs, on_error="collect")
    )
    outcome.done += one.done
    outcome.failed += one.failed
    outcome.unknown += one.unknown
    outcome.error = one.error
    outcome.left += one.left
