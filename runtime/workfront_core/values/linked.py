"""What a custom field that refers to an object holds: its ID, which is a text, with what the server says of it."""

from __future__ import annotations

from typing import Any, cast

from workfront_core.foreign_text import json_value

__all__ = ["Linked"]


class Linked(str):
    """The ID of the object that a typeahead field refers to; it goes wherever an ID goes.

    Attributes:
        name: what the server calls the object; ``None`` where it sent the ID alone.
        obj_code: the object's type, such as ``USER``.

    Examples:
        >>> from workfront_client import Linked
        >>> Linked.parse('{"ID": "5d800000000000000000000000000001", "name": "Ana", "objCode": "USER"}')
        Linked('5d800000000000000000000000000001', name='Ana', obj_code='USER')
    """

    __slots__ = ("name", "obj_code")
    name: str | None
    obj_code: str | None

    def __new__(cls, object_id: str, /, name: str | None = None, obj_code: str | None = None) -> Linked:
        self = super().__new__(cls, object_id)
        self.name, self.obj_code = name, obj_code
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (str(self), self.name, self.obj_code)

    @property
    def id(self) -> str:
        """The ID as a plain text."""
        return str.__str__(self)

    def __repr__(self) -> str:
        return f"Linked({self.id!r}, name={self.name!r}, obj_code={self.obj_code!r})"

    @classmethod
    def parse(cls, value: object, /) -> Linked:
        """Returns what a field's value refers to: JSON in a text, an object, or the ID alone (docs/protocol.md 10).

        Raises:
            ValueError: it is none of them.
        """
        found: Any = value
        if isinstance(value, str) and value.lstrip().startswith("{"):
            try:
                found = json_value(value)
            except ValueError:
                raise ValueError("a reference is expected, and this is not JSON with one") from None
        if isinstance(found, dict):
            entry = cast("dict[str, Any]", found)
            if not isinstance(entry.get("ID"), str):
                raise ValueError("a reference is expected, and this has no ID")
            return cls(entry["ID"], _text(entry.get("name")), _text(entry.get("objCode")))
        if not isinstance(found, str):
            raise ValueError("a reference is expected: an ID, or JSON with one")
        return cls(found)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
