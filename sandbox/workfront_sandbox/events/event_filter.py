"""Filters of event subscriptions. docs/protocol.md 13.2."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import ApiError
from workfront_sandbox.wire.json_value import Row, is_list, is_object, text_of

_KEYS: Final = frozenset({"fieldName", "fieldValue", "comparison", "state", "type"})
_GROUP_KEYS: Final = frozenset({"type", "connector", "filters"})
_MOST_GROUPS: Final = 10


def check_filters(filters: Any, event_type: str) -> list[Row]:
    """Returns the filters of a new subscription. Raises ApiError 400 for what is none."""
    if filters is None:
        return []
    if not is_list(filters) or not all(is_object(item) for item in filters):
        raise _bad("filters is not a list of filters")
    groups = [item for item in filters if item.get("type") == "group"]
    if len(groups) > _MOST_GROUPS:
        raise _bad(f"at most {_MOST_GROUPS} groups of filters")
    for item in filters:
        _check_group(item, event_type) if item.get("type") == "group" else _check_one(item, event_type)
    return filters


def matches(filters: Sequence[Row], connector: str, old: Row, new: Row) -> bool:
    """Returns whether an event passes the filters; without any, all do."""
    found = [_matches_one(item, old, new) for item in filters]
    return not found or (any(found) if connector == "OR" else all(found))


def _check_group(item: Row, event_type: str) -> None:
    inner = item.get("filters")
    if set(item) - _GROUP_KEYS or item.get("connector", "AND") not in {"AND", "OR"}:
        raise _bad("a group has type, connector (AND or OR) and filters")
    if not is_list(inner) or not 2 <= len(inner) <= 5 or not all(is_object(one) for one in inner):
        raise _bad("a group has two to five filters")
    for one in inner:
        _check_one(one, event_type)


def _check_one(item: Row, event_type: str) -> None:
    if set(item) - _KEYS:
        raise _bad(f"a filter has no {min(set(item) - _KEYS)[:50]}")
    if not isinstance(item.get("fieldName"), str):
        raise _bad("a filter needs a fieldName")
    if item.get("comparison", "eq") not in _COMPARISONS and item.get("comparison") != "changed":
        raise _bad("the comparison of a filter is not known")
    if item.get("state", "newState") not in {"newState", "oldState"}:
        raise _bad("the state of a filter is newState or oldState")
    if item.get("state") == "oldState" and event_type == "CREATE":
        raise _bad("a CREATE has no oldState")


def _matches_one(item: Row, old: Row, new: Row) -> bool:
    if item.get("type") == "group":
        return matches(item["filters"], str(item.get("connector", "AND")), old, new)
    name = str(item["fieldName"])
    if item.get("comparison") == "changed":
        return old.get(name) != new.get(name)
    state = old if item.get("state") == "oldState" else new
    wanted, found = item.get("fieldValue"), state.get(name)
    return _compare(str(item.get("comparison", "eq")), found, wanted)


def _compare(comparison: str, found: Any, wanted: Any) -> bool:
    """Returns whether a value of an event compares; of a nested value what the filter names must, the rest does not
    matter.
    """
    if is_object(wanted):
        return is_object(found) and all(_compare(comparison, found.get(key), value) for key, value in wanted.items())
    return _COMPARISONS[comparison](found, wanted)


def _same(found: Any, wanted: Any) -> bool:
    if is_list(found) or is_list(wanted):
        return bool(found == wanted)
    return _ordered(found, wanted) == 0 if None not in (found, wanted) else text_of(found) == text_of(wanted)


def _ordered(found: Any, wanted: Any) -> int:
    """Compares two values; the result is below zero, zero or above: as moments, else as numbers, else as texts."""
    for reader in (_instant, _number):
        left, right = reader(found), reader(wanted)
        if left is not None and right is not None:
            return (left > right) - (left < right)
    one, other = text_of(found), text_of(wanted)
    return (one > other) - (one < other)


def _instant(value: Any) -> float | None:
    try:
        return float(datetimes.milliseconds(datetimes.parse(value, UTC))) if isinstance(value, str) else None
    except ValueError:
        return None


def _number(value: Any) -> float | None:
    try:
        return float(text_of(value)) if not isinstance(value, bool) else None
    except ValueError:
        return None


def _contains(found: Any, wanted: Any) -> bool:
    if is_list(found):
        return all(one in found for one in (wanted if is_list(wanted) else [wanted]))
    return found is not None and text_of(wanted) in text_of(found)


def _contains_only(found: Any, wanted: Any) -> bool:
    left = found if is_list(found) else [found]
    right = wanted if is_list(wanted) else [wanted]
    return {text_of(one) for one in left} == {text_of(one) for one in right}


_COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "eq": _same,
    "ne": lambda found, wanted: not _same(found, wanted),
    "gt": lambda found, wanted: found is not None and _ordered(found, wanted) > 0,
    "gte": lambda found, wanted: found is not None and _ordered(found, wanted) >= 0,
    "lt": lambda found, wanted: found is not None and _ordered(found, wanted) < 0,
    "lte": lambda found, wanted: found is not None and _ordered(found, wanted) <= 0,
    "contains": _contains,
    "notContains": lambda found, wanted: not _contains(found, wanted),
    "containsOnly": _contains_only,
}


def _bad(message: str) -> ApiError:
    return ApiError(400, message)
