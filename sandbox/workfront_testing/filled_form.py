"""A custom form filled in with values that its fields take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin

from pydantic import AwareDatetime

from workfront_core.arguments import described
from workfront_core.errors.kinds import QueryError
from workfront_core.operations.custom_form import CustomForm

F = TypeVar("F", bound=CustomForm)

_MOMENT: Final = datetime(2027, 5, 10, 9, tzinfo=UTC)
_PLAIN: Final[tuple[tuple[Any, object], ...]] = (
    (bool, True),
    (int, 1),
    (float, 1.5),
    (Decimal, Decimal("1.50")),
    (AwareDatetime, _MOMENT),
    (datetime, _MOMENT),
    (date, date(2027, 5, 10)),
    (str, "Text"),
)


def fill(form: type[F], /, **values: object) -> F:
    """Returns a form with the first option of each choice, and plausible numbers and dates.

    A text that may be left out is left out: a form does not tell texts from links to other objects.

    Args:
        form: the class of the form, from ``forms`` of a tenant's own package.
        values: fields by Python name, which stay as they are given.

    Raises:
        QueryError: this is no form.
        pydantic.ValidationError: the form does not take one of ``values``.

    Examples:
        >>> from typing import Literal
        >>> from workfront_client import CustomForm
        >>> from workfront_testing import fill
        >>> class IntakeForm(CustomForm):
        ...     region: Literal["EMEA", "APAC"]
        ...     reach: float | None = None
        ...     note: str | None = None
        >>> fill(IntakeForm, reach=20).values()
        {'region': 'EMEA', 'reach': 20.0}
    """
    if not isinstance(form, type) or not issubclass(form, CustomForm):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"fill() takes the class of a form, not {described(form)}.", hint="Write fill(IntakeForm).")
    made = {
        name: _value(member.annotation)
        for name, member in form.model_fields.items()
        if member.is_required() or _is_telling(member.annotation)
    }
    return form(**{**made, **values})


def _is_telling(annotation: Any) -> bool:
    """Returns whether the annotation says what its values are: not that of a bare text."""
    return _kind(annotation) is not str


def _kind(annotation: Any) -> Any:
    """Returns the annotation itself, without what is beside it and without null."""
    while get_origin(annotation) in (Annotated, Union, UnionType):
        parts = get_args(annotation)[:1] if get_origin(annotation) is Annotated else get_args(annotation)
        annotation = next(part for part in parts if part is not NoneType)
    return annotation


def _value(annotation: Any) -> object:
    kind = _kind(annotation)
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if get_origin(kind) in (list, Sequence):
        return [_value(get_args(kind)[0])]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if not isinstance(kind, type):
        return None
    return next((value for plain, value in _PLAIN if issubclass(kind, cast("type", plain))), None)
