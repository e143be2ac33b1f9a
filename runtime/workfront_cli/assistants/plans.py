"""Changes that an assistant plans, and applies once: what was planned, on rows that are still as they were."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal, cast

from pydantic import Field

from workfront_cli.assistants.answers import Answer, fitting
from workfront_cli.assistants.desk import DRY_RUN, Desk
from workfront_cli.assistants.tools import Obj, Where, tests
from workfront_cli.data.cells import plain_value
from workfront_cli.data.session import Session
from workfront_cli.data.where import object_id
from workfront_cli.unknown_status import known_status
from workfront_cli.writing.assignments import Assignment, RowValues, from_document, row_of
from workfront_cli.writing.lookups import Lookups
from workfront_cli.writing.operations import operation_of
from workfront_cli.writing.plan import without_secrets
from workfront_cli.writing.targets import fields_shown
from workfront_core.bulk.results import BulkError, BulkResult
from workfront_core.bulk.rows import changed_row, new_row
from workfront_core.errors import NotFound, QueryError, WriteRefused
from workfront_core.query.model_fields import by_wire_name

Verb = Literal["create", "update", "delete"]
_SECONDS: Final = 300
"""How long a plan may be applied."""
_MOMENT: Final = "lastUpdateDate"
_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """One change of objects of one kind.

    Attributes:
        verb: what is done.
        obj: name of the objects.
        held: what the objects held when it was made, by ID; empty for a new one.
        values: what they get.
        made: moment, in seconds of the clock.
    """

    verb: Verb
    obj: str
    held: Mapping[str, Mapping[str, Any]]
    values: RowValues
    made: float

    @property
    def number(self) -> int:
        """Objects that change."""
        return len(self.held) or 1


@dataclass(slots=True)
class WritingTools:
    """What an assistant may change.

    Attributes:
        desk: the client and its bounds.
        clock: seconds that pass.
    """

    desk: Desk
    clock: Callable[[], float] = time.monotonic
    _plans: dict[str, Plan] = field(default_factory=dict[str, Plan])

    def plan(
        self,
        obj: Obj,
        change: Annotated[
            dict[str, Any],
            Field(description='{"update": {field: value}}, {"create": {field: value}} or {"delete": true}'),
        ],
        where: Where = "",
        ids: Annotated[list[str] | None, Field(description="IDs, in place of a condition.")] = None,
    ) -> Answer:
        """Shows what a change would do, and sends nothing. Gives the plan_id to apply it with, for five minutes."""
        verb, document = _read(change)
        opened = self.desk.about(obj)
        operation_of(opened, verb if verb == "create" else f"{verb}_many")
        given = from_document(document, opened.model)
        values = row_of(given, Lookups(opened.client))
        if verb == "create":
            new_row(opened.model, 0, values.row())
        elif verb == "update":
            changed_row(opened.model, 0, ("0" * 32, values.row()))
        held = {} if verb == "create" else self._found(opened, given, where, ids)
        plan = Plan(verb, obj, held, values, self.clock())
        self._forget_old()
        plan_id = secrets.token_hex(8)
        self._plans[plan_id] = plan
        changes, more = fitting(_changes(plan, given), _SHOWN)
        return {
            "plan_id": plan_id,
            "verb": verb,
            "objects": plan.number,
            "rows": changes,
            "more": more,
            "apply": self._said() or "possible for five minutes",
        }

    def apply(self, plan_id: Annotated[str, Field(description="Of a plan made here.")]) -> Answer:
        """Does what a plan says, if the objects are still as they were. A plan is applied once."""
        self.refuse_where_read_only()
        plan = self.planned(plan_id, for_good=True)
        opened = self.desk.about(plan.obj)
        if _held_now(opened, plan) != plan.held:
            raise QueryError("The objects have changed since the plan was made; nothing was sent.", hint="Plan again.")
        if self.desk.bounds.writes == DRY_RUN:
            return self._tried(plan)
        return _done(self.desk.about(plan.obj, client=self.desk.writer), plan)

    def planned(self, plan_id: str, *, for_good: bool = False) -> Plan:
        """Returns a plan that may be applied.

        Args:
            plan_id: of it.
            for_good: takes it, so that nobody else can apply it as well.

        Raises:
            QueryError: none of this ID was made here, it was applied, or it is too old.
        """
        self._forget_old()
        plan = self._plans.pop(plan_id, None) if for_good else self._plans.get(plan_id)
        if plan is None:
            raise QueryError(
                f"There is no plan {plan_id!r:.60} to apply; nothing was sent.",
                hint="A plan is applied once, within five minutes. Make it with plan.",
            )
        return plan

    def refuse_where_read_only(self) -> None:
        """Raises a WriteRefused where plans are not applied at all."""
        if said := self._said():
            raise WriteRefused(said, hint="A person starts it with: workfront mcp --allow-writes sandbox")

    def question(self, plan_id: str) -> str:
        """Returns what a person is asked before a plan is applied.

        Raises:
            QueryError: there is no such plan.
        """
        plan = self.planned(plan_id)
        objects = f"{plan.number} {plan.obj}"
        values = ", ".join(f"{name}: {value!r:.60}" for name, value in {**plan.values.values}.items())
        return f"{plan.verb.capitalize()} {objects} at {self.desk.profile.address}? {values}".strip()

    def _forget_old(self) -> None:
        now = self.clock()
        for plan_id in [one for one, plan in list(self._plans.items()) if now - plan.made > _SECONDS]:
            self._plans.pop(plan_id, None)

    def _said(self) -> str:
        return "This server only reads; nothing was sent." if self.desk.bounds.writes is None else ""

    def _found(
        self, opened: Session, given: Sequence[Assignment], where: str, ids: Sequence[str] | None
    ) -> dict[str, dict[str, Any]]:
        """Returns what the objects hold that are meant, by ID."""
        if bool(ids) == bool(where.strip()):
            raise QueryError("Say which objects: a condition or IDs, one of the two.")
        shown = fields_shown(one.target for one in given)
        fields = list(dict.fromkeys(["ID", *_known(opened, "name", _MOMENT), *shown]))
        most = self.desk.bounds.max_writes
        if ids:
            found = _load(opened, [object_id(one) for one in ids], fields)
        else:
            rows = opened.service.search(*tests(where, opened.model), fields=fields, limit=most + 1)
            found = {str(row.id): row.flat(fields) for row in rows}
        if len(found) > most:
            raise QueryError(
                f"A plan changes {most} objects at most, and more are meant.", hint="Narrow the condition."
            )
        if not found:
            raise NotFound("No object meets the condition; there is nothing to plan.")
        return found

    def _tried(self, plan: Plan) -> Answer:
        with self.desk.writer.dry_run() as dry:
            done = _done(self.desk.about(plan.obj, client=dry), plan)
            requests = [str(dry.explain(request)) for request in dry.planned]
        return {"dryRun": True, "sent": False, "requests": requests, **done}


def _read(change: Mapping[str, Any]) -> tuple[Verb, Mapping[str, Any]]:
    """Returns what is to be done, and the values."""
    verbs: tuple[Verb, ...] = ("create", "update", "delete")
    for verb in verbs:
        if list(change) == [verb]:
            document = cast("object", change[verb])
            if verb == "delete" and document is True:
                return verb, {}
            if verb != "delete" and isinstance(document, Mapping) and document:
                return verb, cast("Mapping[str, Any]", document)
    raise QueryError(
        "This is not a change.", hint='Write {"update": {"status": "CPL"}}, {"create": {...}} or {"delete": true}.'
    )


def _load(opened: Session, ids: list[str], fields: Sequence[str]) -> dict[str, dict[str, Any]]:
    rows = opened.service.get_many(ids, fields=list(fields))
    return {str(row.id): row.flat(fields) for row in rows}


def _held_now(opened: Session, plan: Plan) -> dict[str, dict[str, Any]]:
    if not plan.held:
        return {}
    fields = list(next(iter(plan.held.values())))
    return _load(opened, list(plan.held), fields)


def _known(opened: Session, *names: str) -> list[str]:
    return [name for name in names if name in by_wire_name(opened.model)]


def _changes(plan: Plan, given: Sequence[Assignment]) -> list[Answer]:
    """Returns what happens to each object."""
    new = {one.target.wire: plain_value(without_secrets(one.target.wire, one.value)) for one in given}
    if plan.verb == "create":
        return [{"new": new}]
    shown = {one.target.wire: one.target.shown for one in given}
    return [
        {
            "ID": object_id,
            "name": held.get("name"),
            "old": {wire: plain_value(without_secrets(wire, held.get(name))) for wire, name in shown.items()},
            "new": new,
        }
        for object_id, held in plan.held.items()
    ]


def _done(opened: Session, plan: Plan) -> Answer:
    """Writes, and returns what became of each object."""
    if plan.verb == "create":
        with known_status():
            made = operation_of(opened, "create")(custom=plan.values.custom or None, **plan.values.values)
        return {"created": [made.flat().get("ID")], "failed": []}
    ids = list(plan.held)
    write = operation_of(opened, f"{plan.verb}_many")
    rows: list[Any] = [(one, plan.values.row()) for one in ids] if plan.verb == "update" else ids
    try:
        result: BulkResult = write(rows, on_error="collect")
    except BulkError as error:
        result = error.result
    answer: Answer = {
        f"{plan.verb}d": [row.id or ids[row.index] for row in result.done],
        "failed": [{"ID": ids[row.index], "error": str(row.error)} for row in result.failed],
    }
    if result.unknown:
        answer["unknown"] = [ids[row.index] for row in result.unknown]
    if result.error is not None:
        answer["error"] = str(result.error)
    return answer
