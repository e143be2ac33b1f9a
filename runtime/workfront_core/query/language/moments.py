"""Values that the server fills in, as a text writes them: ``today - 7d``, ``start(week)``, ``me``, ``$$USER.ID``."""

from __future__ import annotations

import re
from typing import Any, Final, cast

from workfront_core.errors.kinds import QueryError
from workfront_core.nearest import did_you_mean
from workfront_core.query.language.names import Scope
from workfront_core.query.language.syntax import CallerNode, Literal, MomentNode, TextRange
from workfront_core.query.wildcard import (
    ACCOUNT_REPRESENTATIVE,
    CUSTOMER,
    NOW,
    TODAY,
    USER,
    Moment,
    Period,
    TimeSpan,
    Unit,
)

_UNITS: Final[dict[str, Unit]] = {
    "h": "hour",
    "d": "day",
    "w": "week",
    "m": "month",
    "q": "quarter",
    "y": "year",
}
_MOMENT: Final = re.compile(r"\$\$(TODAY|NOW)(?:([be])|)(?:([+-]\d+)|)([hdwmqy]?)")


def moment(node: MomentNode, scope: Scope) -> Moment:
    """Returns the time that a text describes.

    Raises:
        ConditionSyntaxError: a wildcard cannot say so.
    """
    start = NOW if node.name == "now" else TODAY
    try:
        if node.edge:
            period = cast("Period", node.period)
            start = TODAY.begin_of(period) if node.edge == "start" else TODAY.end_of(period)
        return start + TimeSpan(node.amount, _UNITS[node.unit]) if node.unit else start
    except QueryError as error:
        raise scope.fault(
            f"The service cannot move the {node.edge} of a {node.period} by another unit than {node.period}s.",
            node.span,
            f"Write {node.edge}({node.period}) - 1{node.period[0]}.",
        ) from error


def caller(node: CallerNode, scope: Scope) -> Any:
    """Returns the ID of the caller, or the caller's value of a field.

    Raises:
        ConditionSyntaxError: filters do not know this field of the caller.
    """
    if node.name is None:
        return USER.id
    return _field_of_caller(node.name.text, node.span, scope)


def wildcard(node: Literal, scope: Scope) -> Any:
    """Returns what stands for a wildcard as Workfront writes it, ``$$TODAY-7d`` or ``$$USER.ID``.

    Raises:
        ConditionSyntaxError: the service knows no such wildcard.
    """
    written = node.token.text
    found = _MOMENT.fullmatch(written)
    if found is not None and (found[4] or not (found[2] or found[3])):
        edge, amount = cast("Any", found[2] or ""), int(found[3] or 0)
        return Moment(cast("Any", f"$${found[1]}"), edge, _UNITS[found[4] or "d"], amount)
    if written in ("$$CUSTOMER", "$$CUSTOMER.ID"):
        return CUSTOMER
    if written == str(ACCOUNT_REPRESENTATIVE):
        return ACCOUNT_REPRESENTATIVE
    owner, _, name = written.partition(".")
    if owner == "$$USER" and name:
        return _field_of_caller(name, node.span, scope)
    raise scope.fault(
        f"{written} is not a wildcard.", node.span, "There are $$TODAY-7d, $$NOW, $$USER.ID and others like them."
    )


def _field_of_caller(name: str, span: TextRange, scope: Scope) -> Any:
    known = {text: value for attribute, value in _callers_fields() for text in (attribute, _wire(value))}
    if name not in known:
        hint = did_you_mean(name, known, f"The fields are {', '.join(_wire(value) for _, value in _callers_fields())}.")
        raise scope.fault(f"Filters do not know the caller's {name}.", span, hint)
    return known[name]


def _callers_fields() -> list[tuple[str, object]]:
    return [(name, value) for name, value in vars(type(USER)).items() if _text(value).startswith("$$USER.")]


def _wire(value: object) -> str:
    return _text(value).partition(".")[2]


def _text(value: object) -> str:
    return str(getattr(value, "text", value))
