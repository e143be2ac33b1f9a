"""Custom forms as typed objects: ``form=IntakeForm(region="EMEA")`` in a write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self, cast, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from workfront_core.errors.kinds import QueryError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.custom_row import CustomRow
from workfront_core.models.model import FieldNotLoaded, WorkfrontObject
from workfront_core.values.custom_field import fields_of

__all__ = ["CustomForm"]

_SEPARATOR: Final = ";"


class CustomForm(BaseModel):
    """Values of one custom form, checked as the form checks them. Generated packages have a class for each form.

    What was not set is not written; ``None`` clears a field. A form is attached to an object by its ID, which no
    package knows: ``category_id=`` beside it.

    Examples:
        >>> from workfront_client import CustomForm
        >>> class IntakeForm(CustomForm):
        ...     region: str | None = None
        >>> IntakeForm(region="EMEA").values()
        {'region': 'EMEA'}
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", populate_by_name=True, validate_assignment=True)

    objects: ClassVar[tuple[str, ...]] = ()
    """The objCodes that the form is for; none where nobody knows."""

    def values(self) -> dict[str, Any]:
        """Returns what was set, by the fields' own names, as ``custom=`` takes it."""
        names = {name: member.alias or name for name, member in type(self).model_fields.items()}
        return {names[name]: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set}

    @classmethod
    def from_row(cls, row: WorkfrontObject, /) -> Self:
        """Returns the form as a row holds it; fields the row does not hold stay unset.

        Raises:
            ValidationError: the row holds what the form does not take, such as an option that is gone.
        """
        view: Any = type(row.custom) if fields_of(type(row.custom)) else None
        held = {member.alias or name: _value(row.custom, view, member.alias or name) for name, member in cls._members()}
        return cls(**{name: value for name, value in held.items() if value is not _ABSENT})

    @classmethod
    def from_texts(cls, texts: Mapping[str, str | None], /) -> Self:
        """Returns the form as texts fill it in, by field name: rows of a CSV file, or a form on the web.

        A blank text leaves its field unset; ``;`` parts several choices.

        Raises:
            QueryError: a name that the form does not have, or a text that its field does not take.
        """
        known = {member.alias or name: member for name, member in cls._members()}
        if odd := sorted(texts.keys() - known.keys()):
            raise QueryError(f"{cls.__name__} has no field {odd[0]!r}.", hint=f"It has {', '.join(sorted(known))}.")
        filled = {name: text.strip() for name, text in texts.items() if text is not None and text.strip()}
        lists = {name for name, member in known.items() if _takes_lists(member.annotation)}
        values = {name: _parts(text) if name in lists else text for name, text in filled.items()}
        try:
            return cls(**values)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(step) for step in first["loc"][:1])
            raise QueryError(f"{cls.__name__}: {place}: {first['msg']}.") from None

    @classmethod
    def _members(cls) -> list[tuple[str, Any]]:
        return [*cls.model_fields.items()]


class _Absent:
    """Stands for a field that a row does not hold."""


_ABSENT: Final = _Absent()


def _value(space: CustomRow, view: Any, name: str) -> Any:
    """Returns the value of a field in a row, as the form takes it."""
    try:
        raw = space[f"{CUSTOM}{name}"]
    except FieldNotLoaded:
        return _ABSENT
    member = fields_of(view).get(name) if view is not None else None
    if raw is None or member is None:
        return raw
    value: Any = member.__get__(space)
    return list(cast("tuple[object, ...]", value)) if isinstance(value, tuple) else value


def _takes_lists(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is list or any(map(_takes_lists, get_args(annotation)))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(_SEPARATOR) if part.strip()]
