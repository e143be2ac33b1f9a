"""Rows as typed objects: sparse pydantic models that hold what the server sent, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from pydantic import VERSION, BaseModel, ConfigDict, Field, ValidationError, model_validator

from workfront_core.models.field_schemas import SETTINGS, drop_unset
from workfront_core.models.mismatch import note_mismatch, top_level_errors
from workfront_core.models.reference import reference
from workfront_core.models.row_validators import LENIENT, STRICT, RowValidators

__all__ = ["FieldNotLoaded", "WorkfrontObject", "lazy_path", "reference", "wire"]

_new: Final = object.__new__
_set: Final = object.__setattr__
_LATE: Final = tuple(map(int, VERSION.split(".")[:2])) >= (2, 14)


class FieldNotLoaded(AttributeError, KeyError):
    """A row was asked for a member the server did not send. The message says what to add to ``fields=``.

    An AttributeError for ``row.name`` (so ``getattr(row, "name", None)`` and ``hasattr`` work) and a KeyError for
    ``row["name"]``.
    """

    def __str__(self) -> str:
        return Exception.__str__(self)  # a KeyError would print its message in quotes


def wire(name: str) -> Any:
    """A member whose name on the wire differs from its Python name."""
    return Field(default=None, validation_alias=name, serialization_alias=name)


def lazy_path(package: str | None, module: str, name: str) -> Any:
    """The class attribute ``f``: the root of an object's paths, from class ``name`` of ``paths`` beside ``package``.

    The module is imported on first use. The class, called without arguments, gives the root.
    """
    return _LazyPath(package, module, name)


class _LazyPath:
    __slots__ = ("_module", "_name", "_package", "_root")

    def __init__(self, package: str | None, module: str, name: str) -> None:
        self._package = package
        self._module = module
        self._name = name
        self._root: object = None

    def __get__(self, row: object, owner: type | None = None) -> Any:
        if self._root is None:
            paths = import_module(f"..paths.{self._module}", self._package)
            self._root = getattr(paths, self._name)()
        return self._root


class WorkfrontObject(BaseModel):
    """One row of a Workfront object: the members that the server sent, by Python name.

    ``None`` means that the server sent null. A member that was not sent raises `FieldNotLoaded`. Keys that the class
    does not know, custom fields (``DE:...``) among them, are kept: ``row["DE:Region"]`` or ``row.model_extra``.
    A row takes its members by Python name or by wire name. ``model_validate`` is strict about values, `from_wire`
    keeps a value that does not fit as it came. Two rows are equal if they hold the same values; rows are mutable.
    This class itself reads rows of any object, and knows none of their members.
    """

    # Rows from the wire are read without the whole schema; below 2.14 building it late is not safe under threads
    # (https://github.com/pydantic/pydantic/pull/13438).
    model_config: ClassVar[ConfigDict] = {**SETTINGS, "defer_build": _LATE}

    obj_code: ClassVar[str] = ""
    __workfront_shapes__: ClassVar[RowValidators]

    _keep_sent = model_validator(mode="after")(drop_unset)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.__workfront_shapes__ = RowValidators(cls)

    @classmethod
    def from_wire(cls, row: Mapping[str, object], *, strict: bool = False) -> Self:
        """The object for a row as the server sent it, keyed by wire name.

        A value that does not fit its member is kept as it came, and the log names it once (logger ``workfront``).

        Raises:
            pydantic.ValidationError: With ``strict``, if a value does not fit; its location is in wire names, as in
                ``owner.ID``. Without, only if ``row`` is no mapping or a subclass's own rules refuse it.
        """
        if row.__class__ is not dict:
            return cls._read_other(row, strict=strict)
        if strict:
            return cls._read(row, STRICT)
        try:
            return cls._read(row, LENIENT)
        except ValidationError as error:
            return cls._read_fitting(row, error)

    @classmethod
    def from_wire_rows(cls, rows: Iterable[Mapping[str, object]], *, strict: bool = False) -> list[Self]:
        """The objects for a page of rows; see `from_wire`."""
        return [cls.from_wire(row, strict=strict) for row in rows]

    def to_wire(self) -> dict[str, Any]:
        """The members this row holds, by wire name, as JSON values: dates as text, enumerations as codes."""
        return self.model_dump(mode="json", by_alias=True, warnings=False)

    @classmethod
    def _read_other(cls, row: object, *, strict: bool) -> Self:
        return cls.from_wire(dict(row), strict=strict) if isinstance(row, Mapping) else cls.model_validate(row)  # pyright: ignore[reportUnknownArgumentType]

    @classmethod
    def _read(cls, row: Mapping[str, Any], context: Mapping[str, object]) -> Self:
        read, extra, coded = cls.__workfront_shapes__[tuple(row)]
        if read is None:
            return cls.model_validate(row, context=context)
        if coded and row["objCode"] != cls.obj_code:
            extra = (*extra, "objCode")
        self = _new(cls)
        # The three other slots of a pydantic model stay empty until somebody asks, see __getattr__.
        _set(self, "__dict__", read(row, context=context))
        if extra:
            _set(self, "__pydantic_extra__", {key: row[key] for key in extra})
        return self

    @classmethod
    def _read_fitting(cls, row: Mapping[str, Any], error: ValidationError) -> Self:
        misfits = top_level_errors(error)
        names = cls.__workfront_shapes__.names
        if not misfits.keys() <= row.keys() & names.keys():
            raise error
        self = cls.from_wire({key: value for key, value in row.items() if key not in misfits})
        for key, reason in misfits.items():
            note_mismatch(cls.__name__, names[key], row[key], reason)
            vars(self)[names[key]] = row[key]
            self.__pydantic_fields_set__.add(names[key])
        return self

    def __getitem__(self, key: str) -> Any:
        """The value of a member by wire name, or of any other key the server sent, such as ``DE:Region``."""
        name = type(self).__workfront_shapes__.names.get(key)
        if name is not None:
            return getattr(self, name)
        extra = self.__pydantic_extra__
        if extra and key in extra:
            return extra[key]
        if key == "objCode":
            return self.obj_code
        raise FieldNotLoaded(f"{type(self).__name__}[{key!r}] was not loaded: add {key!r} to fields=")

    def __contains__(self, key: object) -> bool:
        """Whether ``row[key]`` has a value."""
        try:
            self[str(key)]
        except FieldNotLoaded:
            return False
        return True

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """The ID, the name, and how many members there are: a row may be wide, nested and private."""
        values = self.__dict__
        yield from ((name, values[name]) for name in ("id", "name") if name in values)
        yield "loaded", len(values) + len(self.__pydantic_extra__ or ())

    if not TYPE_CHECKING:  # checkers and pydantic's mypy plugin have signatures of their own for these

        @classmethod
        def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:
            """A row of values taken as they are, without validation. `from_wire` is faster."""
            return drop_unset(super().model_construct(_fields_set, **values))

        def __getattr__(self, name: str) -> Any:
            if name in type(self).__pydantic_fields__:
                raise _not_loaded(type(self), name)
            if name in _EMPTY_SLOTS:
                _set(self, name, _EMPTY_SLOTS[name](self))
                return getattr(self, name)
            return super().__getattr__(name)


WorkfrontObject.__workfront_shapes__ = RowValidators(
    WorkfrontObject
)  # the base itself reads rows of objects nobody described

_EMPTY_SLOTS: Final[Mapping[str, Callable[[WorkfrontObject], object]]] = {
    "__pydantic_fields_set__": lambda row: {*row.__dict__, *(row.__pydantic_extra__ or ())},
    "__pydantic_extra__": lambda row: {},
    "__pydantic_private__": lambda row: None,
}


def _not_loaded(owner: type[WorkfrontObject], name: str) -> FieldNotLoaded:
    wire_name = next(wire for wire, python in owner.__workfront_shapes__.names.items() if python == name)
    return FieldNotLoaded(
        f"{owner.__name__}.{name} was not loaded: add {wire_name!r} ({owner.__name__}.f.{name}) to fields=, "
        "or for a row inside another, the path that leads to it",
        name=name,
    )
