"""Adding and removing single members of a collection, which the API only replaces as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

from pydantic import JsonValue

from workfront_core.arguments import checked_texts
from workfront_core.errors.kinds import NotFound, ProtocolError, QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import operation
from workfront_core.operations.payload import clean, nested, row_values
from workfront_core.query.field_path import Path, origin, segments
from workfront_core.query.model_fields import ModelField, by_wire_name
from workfront_core.query.origin import refuse_foreign
from workfront_core.query.path import ObjectPath
from workfront_core.request.dry_run import is_stand_in
from workfront_core.request.flow import RequestFlow
from workfront_core.request.request import Request
from workfront_core.values.ids import checked_id
from workfront_core.values.sequences import SequenceNotStr

M = TypeVar("M", bound=WorkfrontObject)

_ID_LENGTH = 32


class CollectionEdit(Generic[M]):
    """One collection of one object: what its members are, and how they are read and written back.

    Args:
        model: the object that has the collection.
        path: the collection: ``Task.f.assignments``.
        object_id: ID of the object.
        fields: wire names of what is read of each member and written back; all plain fields unless given.

    Raises:
        QueryError: the path is not a collection of the object itself, or one that has a better way.
    """

    def __init__(
        self, model: type[M], path: Path[M], object_id: str, /, *, fields: SequenceNotStr[str] = ("*",)
    ) -> None:
        self._model: type[Any] = model
        self._member = _collection(model, path)
        self._id = checked_id(object_id)
        names = ("ID", *checked_texts(fields, "fields="))
        self._fields = [f"{self._member.wire}:{name}" for name in names]

    def read(self) -> Request[list[WorkfrontObject]]:
        """Returns the members as they are.

        Raises:
            ProtocolError: from the decoder, for an answer that does not show the members.
        """
        whole = operation.get(self._model, self._id, fields=self._fields)

        def decode(data: object, /, *, strict: bool = False) -> list[WorkfrontObject]:
            members: object = whole.parse(data, strict=strict).get(self._member.wire)
            if members is None and is_stand_in(self._id):  # what a dry run made has the members that it wrote
                members = []
            if not isinstance(members, list):  # to write back nothing would remove those there are
                raise ProtocolError(f"The answer does not show the {self}: {data!r:.120}.")
            return cast("list[WorkfrontObject]", members)

        return Request(whole.method, whole.path, decode, whole.params, reads=True)

    def write(self, members: Sequence[Mapping[str, JsonValue]]) -> Request[list[str]]:
        """Returns the request that replaces the collection by these members; its result are their IDs."""
        name = self._member.name
        values = {name: list(members)}
        whole: Request[Any] = operation.update(self._model, self._id, values, fields=[f"{self._member.wire}:ID"])

        def decode(data: object, /, *, strict: bool = False) -> list[str]:
            rows = cast("list[WorkfrontObject]", getattr(whole.parse(data, strict=strict), name, None) or [])
            return [_id(row) for row in rows if _id(row)]

        return Request(whole.method, whole.path, decode, whole.params, whole.json)

    def add(self, members: Sequence[object]) -> RequestFlow[list[str]]:
        """Writes the present members and these.

        Raises:
            QueryError: no member given, or one that does not fit; nothing was sent.
        """
        if not members:
            raise QueryError("add() needs at least one member.", hint="Write .add({...}).")
        new = [self._new(member, index) for index, member in enumerate(members)]
        present: list[WorkfrontObject] = yield self.read()
        ids: list[str] = yield self.write([*map(_kept, present), *new])
        return ids

    def remove(self, ids: Sequence[str]) -> RequestFlow[list[str]]:
        """Writes the present members but these.

        Raises:
            QueryError: no ID given, or one that is none; nothing was sent.
            NotFound: one of them is no member; nothing was changed.
        """
        unwanted = {_member_id(object_id) for object_id in ids}
        if not unwanted:
            raise QueryError("remove() needs the ID of at least one member.")
        present: list[WorkfrontObject] = yield self.read()
        missing = unwanted - {_id(row) for row in present}
        if missing:
            raise NotFound(
                f"{self._member.name} of {self._model.__name__} {self._id} has no member {', '.join(sorted(missing))}.",
                hint="Nothing was changed.",
            )
        left: list[str] = yield self.write([_kept(row) for row in present if _id(row) not in unwanted])
        return left

    def _new(self, member: object, index: int) -> dict[str, JsonValue]:
        if not isinstance(member, Mapping | WorkfrontObject):
            hint = 'Write {"id": "..."} for an object that exists.'
            raise QueryError(f"A member is a mapping or a row, not {type(member).__name__}.", hint=hint)
        relation = self._member.relation
        target = relation.target() if relation else WorkfrontObject
        return cast("dict[str, JsonValue]", nested(target, cast("object", member), f"{self._member.name}[{index}]"))

    def __str__(self) -> str:
        return f"{self._member.name} of {self._model.__name__} {self._id}"


def _member_id(value: object) -> str:
    """Returns the ID of a member, which may be put together from others, and so is no ID that stands in an address."""
    return value if isinstance(value, str) and value.strip() else checked_id(cast("str", value))


def _collection(model: type[WorkfrontObject], path: Path[Any]) -> ModelField:
    is_path = isinstance(path, Path)  # pyright: ignore[reportUnnecessaryIsInstance]
    names = segments(path) if is_path else ()
    member = by_wire_name(model).get(names[0]) if len(names) == 1 and isinstance(path, ObjectPath) else None
    refuse_foreign(origin(path) if is_path else None, model, f"the members of a {model.__name__}")
    if member is None or not member.many:
        raise QueryError(f"{path} is not a collection of {model.__name__}.", hint="Use one of X.f, such as X.f.tasks.")
    if "READ_ONLY" in member.flags:
        raise QueryError(f"{model.__name__}.{member.name} cannot be written: the metadata marks it READ_ONLY.")
    if member.wire == "accessRules":  # inherited rules are among them, and would become rules of the object's own
        raise QueryError("Access rules are added and removed one by one.", hint="Call share() and unshare().")
    return member


def _kept(row: WorkfrontObject) -> dict[str, JsonValue]:
    """Returns a present member as it is written back; IDs put together from others are left to the server."""
    values = clean(row_values(row))
    object_id = values.get("ID")
    if isinstance(object_id, str) and len(object_id) > _ID_LENGTH:
        del values["ID"]
    return values


def _id(row: WorkfrontObject) -> str:
    return str(vars(row).get("id", ""))
