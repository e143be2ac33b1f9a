"""Rows as typed objects: sparse pydantic models that hold what the server sent, and nothing else."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from copy import copy, deepcopy
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, cast

from pydantic import VERSION, BaseModel, ConfigDict, ValidationError, model_validator

from workfront_core.arguments import checked_flag, checked_list, checked_text, described
from workfront_core.errors.kinds import ProtocolError, QueryError
from workfront_core.models.asked_fields import CUSTOM, AskedFields
from workfront_core.models.changes import changes, frozen, keep_id, mark_read, note, snapshot, tracked
from workfront_core.models.custom_row import CustomRow, custom_row
from workfront_core.models.field_not_loaded import FieldNotLoaded, remedy
from workfront_core.models.field_schemas import SETTINGS
from workfront_core.models.flat_row import flat_values, values_at
from workfront_core.models.html_table import row_table
from workfront_core.models.made_row import drop_unset, made_row
from workfront_core.models.mismatch import LENIENT, STRICT, note_mismatch, top_level_errors
from workfront_core.models.reference import TOO_DEEP, reference
from workfront_core.models.row_keys import refuse_attribute, refuse_key, refuse_path
from workfront_core.models.row_validators import RowValidators, Shapes
from workfront_core.models.wire_row import wire_row

__all__ = ["FieldNotLoaded", "WorkfrontObject", "reference"]

_new: Final = object.__new__
_set: Final = object.__setattr__
_CODE_OF: Final = itemgetter("objCode")
_FEW: Final = 8
"""Fewer rows are not worth a validator of their own."""
_LATE: Final = tuple(map(int, VERSION.split(".")[:2])) >= (2, 14)


class WorkfrontObject(BaseModel):
    """One row of a Workfront object: the members that the server sent, by Python name.

    ``None`` means that the server sent null. A member that was not sent raises `FieldNotLoaded`. Keys that the class
    does not know, custom fields (``DE:...``) among them, are kept: ``row["DE:Region"]`` or ``row.model_extra``; a
    custom field that was asked for and that the object's forms lack is ``None``.
    A row takes its members by Python name or by wire name. ``model_validate`` is strict about values, but for members
    whose types are only inferred; `from_wire` keeps any value that does not fit as it came. Two rows are equal if they
    hold the same values.

    Rows are mutable: ``row.name = "y"`` and ``row["DE:Region"] = "North"`` change the row in memory alone. ``changes``
    shows what was set since it was read, and ``wf.task.save(row)`` or ``wf.task.update_many(rows)`` write just that.
    All members of a row that a program made count as set.
    This class itself reads rows of any object, and knows none of their members.

    Examples:
        >>> from workfront_client.v22 import Task
        >>> task = Task(name="Brief", percent_complete=40.0)
        >>> task["percentComplete"], task.to_wire()
        (40.0, {'name': 'Brief', 'percentComplete': 40.0})
    """

    __slots__ = ("__weakref__", "__workfront_asked__", "__workfront_before__", "__workfront_changed__")

    # Rows from the wire are read without the whole schema; below 2.14 building it late is not safe under threads
    # (https://github.com/pydantic/pydantic/pull/13438).
    model_config: ClassVar[ConfigDict] = {**SETTINGS, "defer_build": _LATE}

    obj_code: ClassVar[str] = ""
    custom: ClassVar[CustomRow] = custom_row()
    __workfront_described__: ClassVar[bool] = True  # whether obj_code is what rows show, and not another name of it
    __workfront_inferred__: ClassVar[frozenset[str]] = frozenset()  # wire names of members of inferred types
    __workfront_shapes__: ClassVar[RowValidators]

    _made_row = model_validator(mode="wrap")(made_row)
    _repr_html_ = row_table

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.__workfront_shapes__ = RowValidators(cls)

    @classmethod
    def from_wire(cls, row: Mapping[str, object], *, strict: bool = False, asked: frozenset[str] = frozenset()) -> Self:
        """Returns the object for a row as the server sent it, keyed by wire name.

        A value that does not fit its member is kept as it came, and the log names it once (logger ``workfront``).

        Args:
            row: the row; it is left alone.
            strict: whether a value that does not fit is an error.
            asked: wire names that the call asked for.

        Raises:
            ProtocolError: ``row`` is no mapping, or holds itself.
            pydantic.ValidationError: With ``strict``, if a value does not fit; its location is in wire names, as in
                ``owner.ID``. Without, only if a subclass's own rules refuse it.
        """
        return cls._from_wire(row, cls.__workfront_shapes__.asking(asked), checked_flag(strict, "strict"))

    @classmethod
    def from_wire_rows(
        cls, rows: Iterable[Mapping[str, object]], *, strict: bool = False, asked: frozenset[str] = frozenset()
    ) -> list[Self]:
        """Returns the objects for a page of rows; see `from_wire`."""
        shapes = cls.__workfront_shapes__.asking(asked)
        page = rows if isinstance(rows, list) else cast("list[Mapping[str, object]]", checked_list(rows, "rows"))
        checked_flag(strict, "strict")
        return cls._read_page(page, shapes, strict) or [cls._from_wire(row, shapes, strict) for row in page]

    def to_wire(self) -> dict[str, Any]:
        """Returns the members this row holds, by wire name, as JSON values: dates as text, enumerations as codes."""
        return wire_row(self)

    def flat(self, fields: Iterable[object] | None = None, /) -> dict[str, Any]:
        """Returns one level of names and values, for tables: ``{"name": "Launch", "project:name": "Site", "DE:Region":
        "N"}``.

        Args:
            fields: what to take, in this order, as ``fields=`` of a call names it: wire names or paths; ``None`` behind
                a relation that leads nowhere. Without it all that the row holds, a collection as a list of flat rows.

        Raises:
            FieldNotLoaded: the row does not hold one of the fields.
            QueryError: one text in place of a list, or a path of another object.
        """
        if fields is None:
            return flat_values(self)
        if isinstance(fields, str) or not isinstance(fields, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(
                f"flat() takes a list of fields, not {fields!r:.80}.", hint=f"Write flat([{fields!r:.80}])."
            )
        return values_at(self, fields)

    @property
    def changes(self) -> Mapping[str, Any]:
        """What was set since the row was read, and would be written: values by Python name, custom fields by key.

        Lists, maps and rows inside that were changed in place are among them. The mapping is a copy, and read-only.
        """
        return changes(self)

    @classmethod
    def _from_wire(cls, row: Mapping[str, object], shapes: Shapes, strict: bool) -> Self:
        if row.__class__ is not dict:
            return cls._read_other(row, shapes, strict)
        try:
            return cls._read(row, STRICT if strict else LENIENT, shapes)
        except RecursionError:
            raise ProtocolError(TOO_DEEP) from None
        except ValidationError as error:
            if strict:
                raise
            return cls._read_fitting(row, error, shapes)

    @classmethod
    def _read_page(cls, rows: list[Mapping[str, object]], shapes: Shapes, strict: bool) -> list[Self] | None:
        """Reads the rows all at once; ``None`` where they are too few, not all alike, or one of them needs a closer
        look.
        """
        first = rows[0] if len(rows) >= _FEW else None
        if first.__class__ is not dict:
            return None
        _, _, coded, _, asked, inside, read = shapes[tuple(cast("dict[str, object]", first))]
        width, code = len(cast("dict[str, object]", first)), cls.obj_code
        if read is None or inside or set(map(type, rows)) != {dict} or set(map(len, rows)) != {width}:
            return None
        try:
            if coded and set(map(_CODE_OF, rows)) != {code}:
                return None
            values = read(rows, context=STRICT if strict else LENIENT)
        except (ValidationError, LookupError, TypeError):
            return None
        found = list(map(_new, repeat(cls, len(values))))
        deque(map(_set, found, repeat("__dict__"), values), maxlen=0)
        if asked:
            deque(map(_set, found, repeat("__workfront_asked__"), repeat(asked)), maxlen=0)
        return found

    @classmethod
    def _read_other(cls, row: object, shapes: Shapes, strict: bool) -> Self:
        if isinstance(row, Mapping):
            return cls._from_wire(dict(cast("Mapping[str, object]", row)), shapes, strict)
        raise ProtocolError(f"A row of {cls.__name__} is an object by wire name, not {described(row)}.")

    @classmethod
    def _read(cls, row: Mapping[str, Any], context: Mapping[str, object], shapes: Shapes) -> Self:
        read, extra, coded, mutable, asked, inside, _ = shapes[tuple(row)]
        if read is None:
            self = cls.model_validate(row, context=context)
            mark_read(self)
        else:
            if coded and row["objCode"] != cls.obj_code:
                extra = (*extra, "objCode")
            self = _new(cls)
            # The other slots, pydantic's and ours, stay empty until somebody asks, see __getattr__.
            _set(self, "__dict__", values := read(row, context=context))
            others = {key: row[key] for key in extra} if extra else None
            if others:
                _set(self, "__pydantic_extra__", others)
            if (others or mutable) and (before := snapshot(values, mutable, others)):
                _set(self, "__workfront_before__", before)
        if asked:
            _set(self, "__workfront_asked__", asked)
        for name, fields in inside:
            _notify(self.__dict__.get(name), fields)
        return self

    @classmethod
    def _read_fitting(cls, row: Mapping[str, Any], error: ValidationError, shapes: Shapes) -> Self:
        misfits = top_level_errors(error)
        if not misfits.keys() <= row.keys() & (names := cls.__workfront_shapes__.names).keys():
            raise error
        self = cls._from_wire({key: value for key, value in row.items() if key not in misfits}, shapes, False)
        for key, reason in misfits.items():
            note_mismatch(cls.__name__, names[key], row[key], reason)
            vars(self)[names[key]] = row[key]
            self.__pydantic_fields_set__.add(names[key])
            tracked(self).__workfront_before__[names[key]] = frozen(row[key])
        return self

    def __getitem__(self, key: str) -> Any:
        """Returns the value of a member by wire name, or of any other key the server sent, such as ``DE:Region``."""
        name = type(self).__workfront_shapes__.names.get(key)
        if name is not None:
            return getattr(self, name)
        extra = self.__pydantic_extra__
        if extra and key in extra:
            return extra[key]
        if key == "objCode":
            return self.obj_code
        self._refuse_python_name(key)
        return self._absent(key, f"{type(self).__name__}[{key!r}]", remedy(type(self), key))

    def __setitem__(self, key: str, value: object) -> None:
        """Sets a member by wire name, or any other key, such as ``DE:Region``.

        Raises:
            QueryError: the key is no text, the Python name of a member, or the objCode.
        """
        names = type(self).__workfront_shapes__.names
        name = names.get(key)
        if name is not None:
            setattr(self, name, value)
            return
        refuse_key(type(self), key)
        extra = self.__pydantic_extra__
        if extra is None:
            _set(self, "__pydantic_extra__", extra := {})
        self.__pydantic_fields_set__.add(key)
        extra[key] = value
        note(self, (key,))

    def get(self, key: str, default: Any = None) -> Any:
        """Returns the value of a member by wire name, or of any other key; ``default`` where the row does not hold it.

        Raises:
            FieldNotLoaded: the key is the Python name of a member, and not its wire name.
            QueryError: the key is no text.
        """
        checked_text(key, "get()", 'Write row.get("plannedCompletionDate").')
        if self.__contains__(key):
            return self[key]
        self._refuse_python_name(key)
        return default

    def __contains__(self, key: object) -> bool:
        """Returns whether the server sent a member of this wire name or another key of this name, or it was set.

        Raises:
            QueryError: a path in place of a name.
        """
        refuse_path(key)
        name = type(self).__workfront_shapes__.names.get(str(key))
        if name is not None:
            return name in self.__dict__
        return key == "objCode" or key in (self.__pydantic_extra__ or ())

    def _refuse_python_name(self, key: str) -> None:
        """Raises FieldNotLoaded where a key is a member's Python name: brackets take the one of the wire."""
        cls = type(self)
        if key in cls.__pydantic_fields__ and key not in cls.__workfront_shapes__.names:
            wire_name = next(wire for wire, python in cls.__workfront_shapes__.names.items() if python == key)
            raise FieldNotLoaded(
                f"{cls.__name__}[{key!r}] was not loaded: brackets take wire names; "
                f"write row[{wire_name!r}] or row.{key}",
                name=key,
            )

    def _absent(self, wire_name: str, what: str, remedy: str, name: str | None = None) -> None:
        """Answers for a custom field that the object does not have, whose value is None.

        Raises:
            FieldNotLoaded: Anything else; the message tells what was not asked for from what did not come.
        """
        asked = tracked(self).__workfront_asked__
        is_asked = asked is not None and wire_name in asked.names
        if is_asked and wire_name.startswith(CUSTOM):
            return
        if is_asked:
            raise FieldNotLoaded(
                f"{what} was asked for, and the server sent none: this user may not see it, or this row has none",
                name=name,
            )
        raise FieldNotLoaded(f"{what} was not loaded: {remedy}", name=name)

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """Yields the ID, the name, and how many members there are: a row may be wide, nested and private."""
        values = self.__dict__
        yield from ((name, values[name]) for name in ("id", "name") if name in values)
        yield "loaded", len(values) + len(self.__pydantic_extra__ or ())

    if not TYPE_CHECKING:  # checkers and pydantic's mypy plugin have signatures of their own for these

        @classmethod
        def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:
            """Returns a row of values taken as they are, without validation. `from_wire` is faster."""
            return drop_unset(super().model_construct(_fields_set, **values))

        def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
            """Returns a copy; what is updated counts as set."""
            source = deepcopy(self) if deep else self
            twin = super(WorkfrontObject, source).model_copy(update=update)
            keep_id(twin, self)
            note(twin, update or ())
            return twin

        def __copy__(self) -> Self:
            twin = super().__copy__()
            _take_marks(twin, self, copy)
            return twin

        def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
            memo = {} if memo is None else memo
            twin = super().__deepcopy__(memo)
            _take_marks(twin, self, lambda marks: deepcopy(marks, memo))
            return twin

        def __getstate__(self) -> dict[Any, Any]:
            return {**super().__getstate__(), **{name: getattr(self, name) for name in _MARKS}}

        def __setstate__(self, state: dict[Any, Any]) -> None:
            super().__setstate__(state)
            mark_read(self)
            for name in state.keys() & {*_MARKS}:
                _set(self, name, state[name])

        def __setattr__(self, name: str, value: Any) -> None:
            keep_id(self, self)
            refuse_attribute(self, name)
            super().__setattr__(name, value)
            if name in type(self).__pydantic_fields__ or name in (self.__pydantic_extra__ or ()):
                note(self, (name,))

        def __getattr__(self, name: str) -> Any:
            cls = type(self)
            if name in cls.__pydantic_fields__:
                wire_name = next(wire for wire, python in cls.__workfront_shapes__.names.items() if python == name)
                path = f"add {wire_name!r} ({cls.__name__}.f.{name}) to fields=, or for a row inside another, "
                return self._absent(wire_name, f"{cls.__name__}.{name}", f"{path}the path that leads to it", name)
            if name in _EMPTY_SLOTS:
                _set(self, name, _EMPTY_SLOTS[name](self))
                return getattr(self, name)
            return super().__getattr__(name)


# The base itself reads rows of objects nobody described.
WorkfrontObject.__workfront_shapes__ = RowValidators(WorkfrontObject)

_MARKS: Final = ("__workfront_asked__", "__workfront_before__", "__workfront_changed__")
_EMPTY_SLOTS: Final[Mapping[str, Callable[[WorkfrontObject], object]]] = {
    "__pydantic_fields_set__": lambda row: _held_names(row),
    "__pydantic_extra__": lambda _: {},
    "__pydantic_private__": lambda _: None,
    "__workfront_asked__": lambda _: None,
    "__workfront_before__": lambda _: {},
    "__workfront_changed__": lambda _: set[str](),
}


def _held_names(row: WorkfrontObject) -> set[str]:
    """Returns the names that a row holds. They are asked for late only of rows that were read, which is kept
    with them.
    """
    note(row, ())
    return {*row.__dict__, *(row.__pydantic_extra__ or ())}


def _take_marks(twin: WorkfrontObject, row: WorkfrontObject, copied: Callable[[Any], Any]) -> None:
    for name in _MARKS:
        _set(twin, name, copied(getattr(row, name)))


def _notify(value: object, fields: AskedFields) -> None:
    """Tells rows inside a row what the call asked for of them."""
    for row in cast("list[object]", value) if isinstance(value, list) else (value,):
        if isinstance(row, WorkfrontObject):
            _set(row, "__workfront_asked__", fields)
            names = type(row).__workfront_shapes__.names
            for key, below in fields.inside.items():
                _notify(row.__dict__.get(names.get(key, "")), below)
