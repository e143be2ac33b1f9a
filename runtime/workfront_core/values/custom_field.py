"""Custom fields as members of a generated view: each reads and writes its kind of value (docs/protocol.md 7.9)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from typing import Any, Final, cast

from workfront_core.errors.kinds import QueryError
from workfront_core.models.custom_row import CustomRow
from workfront_core.models.mismatch import note_mismatch
from workfront_core.nearest import nearest
from workfront_core.values.custom_writing import WRITERS, object_of
from workfront_core.values.datetimes import parse_date, parse_datetime
from workfront_core.values.linked import Linked
from workfront_core.values.rich_text.rich_text import RichText

__all__ = ["CustomField", "custom_field", "fields_of"]


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of field is read and written; ``many`` ones are tuples, and null is an empty one."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    many: bool = False


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("a text is expected")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("a number is expected")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("a finite number is expected")
    return number


def _amount(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("an amount is expected")
    try:
        amount = Decimal(str(value).strip())
    except ArithmeticError:
        raise ValueError("an amount is expected") from None
    if not amount.is_finite():
        raise ValueError("a finite amount is expected")
    return amount


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return parse_date(_text(value))


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else parse_datetime(_text(value))


def _rich(value: Any) -> RichText:
    return value if isinstance(value, RichText) else RichText.parse(value)


def _as_it_is(value: Any) -> Any:
    return value


KINDS: Final[Mapping[str, Kind]] = {
    kind: Kind(read, WRITERS[kind], many=kind in ("choices", "options"))
    for kind, read in {
        "text": _text,
        "number": _number,
        "money": _amount,
        "date": _day,
        "date_time": _moment,
        "choice": _text,
        "choices": _text,
        "options": _text,
        "link": Linked.parse,
        "rich": _rich,
        "json": _as_it_is,
    }.items()
}


_ABSENT: Final = object()


class CustomField:
    """One custom field of a view. Values are converted when they are read, and kept nowhere."""

    def __init__(
        self,
        kind: str,
        name: str,
        options: tuple[str, str] | None,
        read_only: bool,
        closed: bool,
        target: str | None,
    ) -> None:
        self.kind_name = kind
        self.kind: Kind = KINDS[kind]
        self.name = name
        self.wire: str = f"DE:{name}"
        self.read_only = read_only
        self.closed = closed
        self.target = target
        self._options = options
        self._package = ""
        self._owner = ""
        self._read: Callable[[Any], Any] | None = None

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner.__name__
        self._package = owner.__module__.rpartition(".")[0].rpartition(".")[0]

    def __get__(self, space: CustomRow | None, owner: type | None = None) -> Any:
        if space is None:
            return self
        extra = space._row.__pydantic_extra__  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001 - public names are fields
        value = extra.get(self.wire, _ABSENT) if extra else _ABSENT
        if value is _ABSENT:
            value = space[self.wire]
        if value is None:
            return () if self.kind.many else None
        try:
            return (self._read or self._reader())(value)
        except (ValueError, TypeError) as error:
            note_mismatch(self._owner, self.wire, value, str(error))
            return value

    def __set__(self, space: CustomRow, value: Any) -> None:
        space[self.wire] = self.written(value)

    def options(self) -> type[StrEnum] | None:
        """Returns the enumeration of the field's options; ``None`` where it has none."""
        if self._options is None:
            return None
        module, name = self._options
        known: type[StrEnum] = getattr(import_module(f"{self._package}.options.{module}"), name)
        return known

    def written(self, value: object) -> Any:
        """Returns the JSON that writes a value; ``None`` clears the field.

        Raises:
            QueryError: the server computes the field, or refuses the value.
        """
        if self.read_only:
            raise QueryError(f"{self.wire} is computed by the server, and cannot be written.", hint="Leave it out.")
        if value is None:
            return None
        if self.target is not None and (code := object_of(value)) is not None and code != self.target:
            raise QueryError(f"{self.wire}: a reference to {self.target} is expected, and this one is to {code}.")
        try:
            found = self.kind.write(value)
        except ValueError as error:
            raise QueryError(f"{self.wire}: {error}.") from None
        self._check(found)
        return found

    def sent_back(self, value: object) -> Any:
        """Returns the JSON that writes a value which a server sent; what does not fit stays as it came."""
        try:
            return None if value is None else self.kind.write(value)
        except ValueError:
            return value

    def _check(self, found: Any) -> None:
        known = self.options() if self.closed else None
        if known is None or found is None:
            return
        codes = [member.value for member in known]
        values = cast("list[object]", found if isinstance(found, list) else [found])
        for value in values:
            if value not in codes:
                near = nearest(str(value), codes) or codes
                names = ", ".join(repr(code) for code in near[:3])
                raise QueryError(
                    f"{self.wire} takes one of its options, and {value!r:.80} is not one of them.",
                    hint=f"Options are {names}{' ...' if len(codes) > len(near[:3]) else ''}; one that is newer than "
                    f"this package goes into raw_custom({{{self.name!r}: ...}}).",
                )

    def _reader(self) -> Callable[[Any], Any]:
        one, known = self.kind.read, self.options()
        if known is not None:
            one = _choice({member.value: member for member in known})
        self._read = _several(one) if self.kind.many else one
        return self._read


def _choice(known: Mapping[str, StrEnum]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        return known.get(_text(value), value)

    return read


def _several(one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if isinstance(value, str):
            return (one(value),)
        if not isinstance(value, list | tuple):
            raise ValueError("a list of choices is expected")
        return tuple(map(one, cast("Iterable[Any]", value)))

    return read


def custom_field(
    kind: str,
    name: str,
    options: tuple[str, str] | None = None,
    *,
    read_only: bool = False,
    closed: bool = False,
    target: str | None = None,
) -> Any:
    """Returns a custom field of this kind; to checkers it is what the annotation beside it says.

    Args:
        kind: its word in `KINDS`.
        name: the field's own name.
        options: module and class of its options.
        read_only: whether the server computes it.
        closed: whether the server takes its options alone.
        target: the objCode that a reference leads to.
    """
    return CustomField(kind, name, options, read_only, closed, target)


def fields_of(view: type[CustomRow]) -> Mapping[str, CustomField]:
    """Returns the custom fields that a class of views knows, by their own names."""
    found = vars(view).get("__custom_fields__")
    if found is None:
        found = {member.name: member for member in vars(view).values() if isinstance(member, CustomField)}
        type.__setattr__(view, "__custom_fields__", found)
    return cast("Mapping[str, CustomField]", found)
