"""Reads filter parameters as docs/protocol.md 8 and 9 define them, and says which rows they select.

Written against the protocol alone: it shares nothing with the code that makes the parameters but the parser of dates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from workfront_core.values.datetimes import parse_datetime

Row: TypeAlias = Mapping[str, Any]
Pairs: TypeAlias = Sequence[tuple[str, str]]
Test: TypeAlias = dict[str, list[str]]
"""The values of one test by suffix: the plain ones under the empty text."""

NOW = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)

_KEY = re.compile(
    r"(?P<group>OR:[1-9]\d*:)?(?P<again>AND:[1-9]\d*:)?(?P<block>EXISTS:\w+:)?(?P<field>.+?)(?P<end>_Mod|_Range)?"
)
_WILDCARD = re.compile(r"\$\$(TODAY|NOW)([be])?([+-]\d+)?([hdwmqy])?")
_VALUELESS = ("isnull", "notnull", "isblank", "notblank")


@dataclass(frozen=True)
class World:
    """The rows of the other objects, by objCode."""

    tables: Mapping[str, Sequence[Row]]


def selects(pairs: Pairs, row: Row, world: World) -> bool:
    """Whether the parameters select the row: one of the groups has to, in all of its tests."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, value in _unfolded(pairs):
        prefix = re.match(r"(OR:\d+:)?", key)
        assert prefix is not None
        assert not re.match(r"OR:\d+:AND:", key), "no documented form has both prefixes"
        groups.setdefault(prefix[0], []).append((key.removeprefix(prefix[0]), value))
    return not groups or any(_group_selects(group, row, world) for group in groups.values())


def _unfolded(pairs: Pairs) -> Pairs:
    """The pairs with JSON filters laid open; what else is called like a control parameter is none of the filters."""
    plain = [pair for pair in pairs if pair[0] not in ("filters", "method", "username", "password", "updates")]
    members = [json.loads(value) for key, value in pairs if key == "filters"]
    inside = [(key, value) for one in members for key, value in one.items()]
    return [*plain, *((key, each) for key, value in inside for each in (value if isinstance(value, list) else [value]))]


def _group_selects(group: Pairs, row: Row, world: World) -> bool:
    tests: dict[str, Test] = {}
    blocks: dict[str, list[tuple[str, str]]] = {}
    for key, value in group:
        found = _KEY.fullmatch(key)
        assert found is not None, key
        if found["block"]:
            blocks.setdefault(found["block"], []).append((key.removeprefix(found["block"]), value))
        else:
            name = f"{found['again'] or ''}|{found['field']}"
            tests.setdefault(name, {}).setdefault(found["end"] or "", []).append(value)
    passed = all(_passes(row, name.partition("|")[2], test, row) for name, test in tests.items())
    return passed and all(_block_selects(block, row, world) for block in blocks.values())


def _block_selects(block: Pairs, row: Row, world: World) -> bool:
    controls = {key: value for key, value in block if key.startswith("$$")}
    tests: dict[str, Test] = {}
    for key, value in block:
        if not key.startswith("$$"):
            field, end = re.fullmatch(r"(.+?)(_Mod|_Range)?", key).groups()  # type: ignore[union-attr]
            tests.setdefault(field, {}).setdefault(end or "", []).append(value)
    assert any(value.startswith("FIELD:") for value in (value for _, value in block)), "a block needs its join"
    found = any(
        all(_passes(inner, field, test, row) for field, test in tests.items())
        for inner in world.tables[controls["$$OBJCODE"]]
    )
    return found is (controls.get("$$EXISTSMOD") != "NOTEXISTS")


def _passes(row: Row, field: str, test: Test, named: Row) -> bool:
    """One test on a row; ``FIELD:`` names a field of the row ``named``."""
    value, texts = row[field], test[""]
    assert len(test.get("_Mod", [""])) == 1, "one operator a key"
    (operator,) = test.get("_Mod", ["eq" if len(texts) == 1 else "in"])
    if "_Range" in test and "_Mod" not in test:
        operator = "between"
    if operator in _VALUELESS:
        empty = value is None or (operator.endswith("blank") and value == "")
        return empty is operator.startswith("is")
    if value is None:
        return operator == "ne"
    others = [_read(text, value, named) for text in [*texts, *test.get("_Range", [])]]
    if None in others:
        return False
    return _holds(operator, value, others, texts)


def _is_moment(value: Any) -> bool:
    return isinstance(value, datetime)


def _holds(operator: str, value: Any, others: list[Any], texts: list[str]) -> bool:
    one, *more = others
    match operator:
        case "eq" if _is_moment(value) and _is_day(texts[0]):
            return bool(value.date() == one.date())
        case "eq" | "exacttime":
            return bool(value == one)
        case "ne" | "nee":
            by_field = texts[0].startswith("FIELD:")
            assert by_field or not _is_moment(value), "whether a day is meant whole here is not documented"
            return bool(value != one)
        case "lt" | "lte" | "gt" | "gte":
            return bool({"lt": value < one, "lte": value <= one, "gt": value > one, "gte": value >= one}[operator])
        case "in" | "notin":
            return (value in others) is (operator == "in")
        case "between" | "notbetween":
            return (one <= value <= more[0]) is (operator == "between")
        case "allof":
            return all(other in value for other in others)
        case "bitwiseor" | "bitwiseand" | "bitwisenand":
            common = int(value) & int(texts[0])
            return {"bitwiseor": common > 0, "bitwiseand": common == int(texts[0]), "bitwisenand": common == 0}[
                operator
            ]
        case _:
            return _holds_of_text(operator, value, [texts[0], *(str(other) for other in more)])


def _holds_of_text(operator: str, value: str, others: list[str]) -> bool:
    if operator.startswith("length_"):
        length, wanted = len(value), int(others[0])
        return {"lt": length < wanted, "eq": length == wanted, "gt": length > wanted}[operator.removeprefix("length_")]
    if operator == "soundex":
        return soundex(value) == soundex(others[0])
    if operator == "startswith" or operator.startswith("ci"):
        value, others = value.upper(), [other.upper() for other in others]
    bare = operator.removeprefix("ci")
    positive = bare.removeprefix("not") if bare != "ne" else "eq"
    return _basic(positive, value, others) is (positive == bare)


def _basic(operator: str, value: str, others: list[str]) -> bool:
    one = others[0]
    match operator:
        case "eq":
            return value == one
        case "in":
            return value in others
        case "between":
            return one <= value <= others[1]
        case "contains":
            return one in value
        case "containsany":
            return any(word in value for word in one.split(" "))
        case "containsall":
            return all(word in value for word in one.split(" "))
        case "like":
            pattern = "".join({"%": ".*", "_": "."}.get(character, re.escape(character)) for character in one)
            return re.fullmatch(pattern, value, re.DOTALL) is not None
        case "startswith":
            return value.startswith(one)
        case "endswith":
            return value.endswith(one)
        case _:
            raise AssertionError(f"no operator of the protocol: {operator}")


def soundex(word: str) -> str:
    """American Soundex."""
    codes = {letter: code for code, letters in _SOUNDS.items() for letter in letters}
    letters = [letter for letter in word.upper() if letter.isalpha()]
    result, last = letters[:1], codes.get(letters[0]) if letters else None
    for letter in letters[1:]:
        code = codes.get(letter)
        if code and code != last:
            result.append(code)
        if letter not in "HW":
            last = code
    return "".join(result)[:4].ljust(4, "0")


_SOUNDS = {"1": "BFPV", "2": "CGJKQSXZ", "3": "DT", "4": "L", "5": "MN", "6": "R"}


def _is_day(text: str) -> bool:
    if text.startswith("$$"):
        return text.startswith("$$TODAY") and not text.endswith("h")
    return len(text) == len("2026-03-18")


def _read(text: str, like: Any, named: Row) -> Any:
    if text.startswith("FIELD:"):
        return named[text.removeprefix("FIELD:")]
    if isinstance(like, bool):
        return {"true": True, "false": False}[text]
    if isinstance(like, datetime):
        return moment(text) if text.startswith("$$") else parse_datetime(text)
    return float(text) if isinstance(like, int) else text


def moment(text: str) -> datetime:
    """The time a wildcard stands for, taking ``NOW`` for now and UTC for the customer's zone."""
    found = _WILDCARD.fullmatch(text)
    assert found is not None, text
    name, edge, amount, unit = found.groups()
    at = NOW if name == "NOW" else NOW.replace(hour=0, minute=0)
    at = _moved(at, int(amount or 0), unit or "d")
    if edge is None:
        return at
    start = _start(at.replace(hour=0, minute=0), unit or "d")
    return start if edge == "b" else _moved(start, 1, unit or "d")


def _moved(at: datetime, amount: int, unit: str) -> datetime:
    if unit in "hdw":
        return at + amount * {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}[unit]
    months = at.year * 12 + at.month - 1 + amount * {"m": 1, "q": 3, "y": 12}[unit]
    first = at.replace(year=months // 12, month=months % 12 + 1, day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first.replace(day=min(at.day, (following - timedelta(days=1)).day))


def _start(day: datetime, unit: str) -> datetime:
    match unit:
        case "w":
            return day - timedelta(days=day.isoweekday() % 7)
        case "m":
            return day.replace(day=1)
        case "q":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "y":
            return day.replace(month=1, day=1)
        case _:
            return day
