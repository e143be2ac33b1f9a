"""Typed rows for tests, with IDs as the service makes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, Final, TypeVar, cast, overload

from workfront_core.arguments import described, optional_map
from workfront_core.errors.kinds import NotSupported, QueryError, UnfitValue
from workfront_core.models.codes import refuse_foreign_code
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import did_you_mean, question
from workfront_core.operations.custom_values import Form, custom_values
from workfront_core.operations.json_value import json_value
from workfront_core.query.model_fields import ModelField, model_fields
from workfront_sandbox.planning.working_time import WORKDAY_MINUTES
from workfront_testing.made_model import C, Plain, TenantModel, Written

M = TypeVar("M", bound=WorkfrontObject)

_GIVEN: Final[Mapping[str, Mapping[str, object]]] = {
    "PROJ": {"status": "CUR", "percentComplete": 0.0, "priority": 2},
    "TASK": {"status": "NEW", "percentComplete": 0.0, "priority": 2, "durationMinutes": WORKDAY_MINUTES},
    "OPTASK": {"status": "NEW", "percentComplete": 0.0, "priority": 2, "opTaskType": "ISU"},
    "USER": {"isActive": True},
    "HOUR": {"hours": 1.0, "status": "SUB"},
}


class Factory:
    """Makes rows: each with an ID of its own, the same IDs in every run for the same ``seed``."""

    def __init__(self, seed: object = 0) -> None:
        self._seed = seed
        self._made: Counter[str] = Counter()

    def __repr__(self) -> str:
        return f"Factory({self._seed!r})"

    @overload
    def make(self, model: type[M], /, *, custom: None = None, form: Form = None, **values: object) -> M: ...
    @overload
    def make(self, model: TenantModel[M, C], /, *, custom: Written[C], form: Form = None, **values: object) -> M: ...
    @overload
    def make(
        self, model: type[Plain], /, *, custom: Mapping[str, object], form: Form = None, **values: object
    ) -> Plain: ...
    def make(self, model: Any, /, *, custom: Any = None, form: Form = None, **values: object) -> Any:
        """Returns a row of a type. What is not given but belongs to every such row gets a plausible value.

        Args:
            model: the type of the row.
            custom: custom fields by name, with or without ``DE:``. Checkers know those of a package of your own;
                what a row holds and no write takes, a computed field, comes as ``raw_custom({...})``.
            form: a form of a package of your own, filled in.
            values: members by Python name; a reference takes a row, and fills the member for its ID as well.

        Raises:
            QueryError: the type has no member of a name; the message says which come near. Or the form is for
                another type, or holds a field that ``custom`` gives too.
            pydantic.ValidationError: a value does not fit its member.
        """
        if not isinstance(model, type) or not issubclass(model, WorkfrontObject):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(
                f"make() takes the class of the row, not {described(cast('object', model))}.", hint="Write make(Task)."
            )
        own = optional_map(custom, "custom=", 'Write custom={"Region": "North"}.')
        self._made[model.obj_code] += 1
        number = self._made[model.obj_code]
        wire = {"ID": self._new_id(model.obj_code, number), **_plausible(model, number)}
        for name, value in values.items():
            wire |= wired(model, name, value)
        wire |= _custom(model, own, form)
        return model.from_wire(wire, strict=True)

    def _new_id(self, code: str, number: int) -> str:
        return blake2b(f"{self._seed}/{code}/{number}".encode(), digest_size=16).hexdigest()


def _custom(model: type[WorkfrontObject], own: Mapping[str, object], form: Form) -> dict[str, Any]:
    given = {f"DE:{name.removeprefix('DE:')}": json_value(value, name) for name, value in own.items()}
    filled = custom_values(model, None, form)
    if twice := sorted(given.keys() & filled.keys()):
        raise QueryError(f"{twice[0]} is given twice, in custom= and in form=.", hint="Leave one out.")
    return given | filled


def _plausible(model: type[WorkfrontObject], number: int) -> dict[str, Any]:
    known = {member.wire for member in model_fields(model).values()}
    given = dict(_GIVEN.get(model.obj_code, {}))
    if model.obj_code == "USER":
        address = f"user{number}@example.com"
        given |= {"firstName": "Test", "lastName": f"User {number}", "username": address, "emailAddr": address}
    given["name"] = f"Test User {number}" if model.obj_code == "USER" else f"{model.__name__} {number}"
    return {name: value for name, value in given.items() if name in known}


def wired(model: type[WorkfrontObject], name: str, value: object) -> dict[str, Any]:
    """Returns a member by wire name; a reference also as the ID that holds it.

    Raises:
        QueryError: the type has no such member, or the value is a code of another one.
    """
    member = model_fields(model).get(name)
    if member is None:
        raise _unknown(model, name)
    if member.codes is not None:
        refuse_foreign_code(value, member.codes, f"{model.__name__}.{name}")
    _check_kind(model, member, value)
    wire: dict[str, Any] = {member.wire: json_value(value, name)}
    key = f"{member.wire}ID"
    if member.relation and not member.many and isinstance(value, WorkfrontObject) and _known(model, key):
        wire[key] = getattr(value, "id", None)
    return wire


def _check_kind(model: type[WorkfrontObject], member: ModelField, value: object) -> None:
    """Raises QueryError for an ID that names nothing, and for a row of another object than a reference is to."""
    if member.wire == "ID" and value == "":
        raise UnfitValue(f"{model.__name__}.{member.name} is empty.", hint="Leave it out for an ID of its own.")
    if not isinstance(value, WorkfrontObject) or member.relation is None or member.many:
        return
    wanted = member.relation.target()
    if not isinstance(value, wanted) and value.obj_code != wanted.obj_code:
        raise UnfitValue(f"{model.__name__}.{member.name} takes a {wanted.__name__}, not a {type(value).__name__}.")


def _known(model: type[WorkfrontObject], wire: str) -> bool:
    return any(member.wire == wire for member in model_fields(model).values())


def _unknown(model: type[WorkfrontObject], name: str) -> NotSupported:
    known: Mapping[str, ModelField] = model_fields(model)
    by_wire = next((item.name for item in known.values() if item.wire == name), None)
    near = question([by_wire]) if by_wire else did_you_mean(name, known)
    hint = f" {near}" if near else ""
    return NotSupported(f"{model.__name__} has no member {name!r}.{hint}")
