"""The number of rows, as a request and as an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar, cast

from workfront_core.errors.kinds import ProtocolError
from workfront_core.request.request import Request

if TYPE_CHECKING:
    from workfront_core.models.model import WorkfrontObject
    from workfront_core.query.condition import FilterCondition

M = TypeVar("M", bound="WorkfrontObject")

_DIGITS: Final = re.compile("[0-9]{1,18}")


def count(model: type[M], where: Iterable[FilterCondition[M]] = (), /) -> Request[int]:
    """Returns the number of rows for which all conditions hold."""
    from workfront_core.query.condition import own_tests
    from workfront_core.query.filter_parameters import parameters

    tests = own_tests(where, model, f"a count of {model.__name__}")
    return replace(count_of_all(model.obj_code), params=parameters(tests))


def count_of_all(obj_code: str, /) -> Request[int]:
    """Returns the number of all rows of an objCode, which needs neither model nor conditions."""
    return Request("GET", f"{obj_code}/count", number_of_rows, reads=True)


def number_of_rows(data: object, /, *, strict: bool = False) -> int:  # noqa: ARG001
    """Returns a number of rows, wrapped in ``{"count": n}`` or bare.

    Raises:
        ProtocolError: the answer is no whole number.
    """
    number = cast("Mapping[str, object]", data).get("count") if isinstance(data, Mapping) else data
    if (isinstance(number, float) and number.is_integer()) or (isinstance(number, str) and _DIGITS.fullmatch(number)):
        number = int(number)
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise ProtocolError(f"The answer is not a count: {data!r:.120}.")
    return number
