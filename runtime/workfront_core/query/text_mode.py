"""A report's filter in text mode, as it is copied out of Workfront, as a condition.

::

    status=CUR	PLN
    status_Mod=in
    OR:1:DE:Region=North
    OR:1:DE:Region_Mod=cieq

Names, operators and groups are those of the API (docs/protocol.md 8), but for what text mode writes otherwise: a tab
between values, and some operators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from workfront_core.errors.kinds import QueryError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.nearest import did_you_mean
from workfront_core.query.condition import All, AnyOf, Comparison, FilterCondition
from workfront_core.query.exists import Exists
from workfront_core.query.join import Join
from workfront_core.query.operators import Arity, Operator, known_operator
from workfront_core.query.spelling import FIELD

__all__ = ["text_mode"]

_KEY: Final = re.compile(
    r"(?:OR:(?P<alternative>[^:]+):)?(?:AND:(?P<repeat>[^:]+):)?(?:(?P<negated>NOT)?EXISTS:(?P<block>[^:]+):)?"
    r"(?P<field>[^:].*?)(?P<suffix>_Mod|_Range)?"
)
_OF_A_VIEW: Final = re.compile(r"(column|group|chart)\.|valuefield|displayname|listmethod|valueformat")
_NO_TEST: Final = re.compile(r"(?!DE:).*_(Sort|GroupBy|AggFunc)|\$\$.*|(?:DE:|[^:]+:)*")
_DAY: Final = re.compile(r"\$\$TODAY([+-]\d{1,4}[dw])?")
_AS_IN_REPORTS: Final[dict[str, str]] = {
    "null": Operator.IS_NULL,
    "blank": Operator.IS_BLANK,
}
"""Operators that text mode and the API spell differently."""

_OF_REPORTS_ALONE: Final = frozenset({"clike"})
_LISTS: Final[dict[str, str]] = {
    Operator.EQ: Operator.IN,
    Operator.NE: Operator.NOT_IN,
    Operator.IEQ: Operator.IIN,
    Operator.INE: Operator.NOT_IIN,
}
_OF_BLOCKS: Final = ("$$OBJCODE", "$$EXISTSMOD", "$$ID")


def text_mode(text: str, /) -> FilterCondition[Any]:
    """Returns the condition that a filter in text mode describes; it joins with others by ``&``, ``|`` and ``~``.

    Alternatives (``OR:1:``) share nothing with each other, nor with the lines outside of them. Empty lines, lines that
    begin with ``#`` and ``textmode=true`` are passed over. Names of fields are not checked.

    Args:
        text: lines ``name=value``, with ``name_Mod=operator``, ``name_Range=upper end``, tabs between several values.

    Raises:
        QueryError: a line describes no filter, or lines contradict each other; the message names the line.

    Examples:
        >>> from workfront_client import text_mode
        >>> print(text_mode('''
        ... status=NEW
        ... OR:1:percentComplete=100
        ... OR:1:percentComplete_Mod=lt
        ... '''))
        raw.status = 'NEW' or raw.percentComplete < 100
    """
    if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"Text mode is a text of lines, not {type(text).__name__}.")
    lines = list(_lines(text))
    if not lines:
        raise QueryError("The text holds no line of a filter.", hint="Paste lines such as status=CUR.")
    groups: dict[str | None, _Group] = {}
    for line in lines:
        groups.setdefault(line.alternative, _Group()).add(line)
    parts = tuple(group.condition() for group in groups.values())
    return parts[0] if len(parts) == 1 else AnyOf(parts)


class _Line(NamedTuple):
    """One line of the filter, taken apart.

    Attributes:
        number: place in the text, from 1.
        key: all before ``=`` but ``_Mod`` and ``_Range``.
        alternative: of ``OR:1:``.
        block: of ``EXISTS:A:``.
        negated: whether the block begins with ``NOTEXISTS:``.
        field: wire name of the field, with its path.
        suffix: ``_Mod``, ``_Range``, or empty.
        values: what stands behind ``=``, one or several.
    """

    number: int
    key: str
    alternative: str | None
    block: str | None
    negated: bool
    field: str
    suffix: str
    values: tuple[str, ...]

    def fault(self, message: str, hint: str | None = None) -> QueryError:
        return QueryError(f"Line {self.number} of the text: {message}", hint=hint)


def _lines(text: str) -> Iterator[_Line]:
    for number, written in enumerate(text.splitlines(), 1):
        stripped = written.strip().strip("\ufeff").strip()
        if stripped and not stripped.startswith("#") and stripped.replace(" ", "").lower() != "textmode=true":
            yield _line(number, stripped)


def _line(number: int, text: str) -> _Line:
    name, mark, value = text.partition("=")
    name = name.strip()
    found = _KEY.fullmatch(name)
    fault = f"Line {number} of the text: "
    if _OF_A_VIEW.match(name):
        raise QueryError(
            f"{fault}{name} describes a view or a grouping, and a filter is needed here.",
            hint="Give the fields of a view to fields=, those of a grouping to report(group_by=...).",
        )
    if not mark:
        raise QueryError(f"{fault}{text!r:.80} lacks '='.", hint="Write name=value.")
    if found is None or (_NO_TEST.fullmatch(found["field"]) and not (found["block"] and found["field"] in _OF_BLOCKS)):
        raise QueryError(
            f"{fault}{name!r:.80} is not a test of a field.",
            hint="Filters are name=value, name_Mod=operator and name_Range=value; order and limits go into the call.",
        )
    values = tuple(part.strip() for part in value.split("\t"))
    several = tuple(part for part in values if part) if len(values) > 1 else values
    part = found.group("alternative", "block", "negated", "field", "suffix")
    key = name.removesuffix(part[4] or "")
    return _Line(number, key, part[0], part[1], bool(part[2]), part[3], part[4] or "", several or ("",))


@dataclass
class _Group:
    """Lines that hold together: tests, and blocks of tests on rows of another object."""

    tests: dict[str, _Test] = field(default_factory=dict)
    blocks: dict[str, _TextModeBlock] = field(default_factory=dict)

    def add(self, line: _Line) -> None:
        if line.block is not None:
            self.blocks.setdefault(line.key.removesuffix(line.field), _TextModeBlock(line)).add(line)
        else:
            self.tests.setdefault(line.key, _Test(line)).add(line)

    def condition(self) -> FilterCondition[Any]:
        parts = (
            *(test.comparison() for test in self.tests.values()),
            *(block.exists() for block in self.blocks.values()),
        )
        return parts[0] if len(parts) == 1 else All(parts)


@dataclass
class _TextModeBlock:
    """The lines of one ``EXISTS``."""

    first: _Line
    tests: dict[str, _Test] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def add(self, line: _Line) -> None:
        if line.field in ("$$OBJCODE", "$$EXISTSMOD"):
            self.words[line.field] = line.values[0]
        else:
            self.tests.setdefault(line.key, _Test(line)).add(line)

    def exists(self) -> Exists[Any]:
        """Returns the test that rows of the other object exist.

        Raises:
            QueryError: the block lacks the object, or what ties its rows to those of the search.
        """
        if "$$OBJCODE" not in self.words:
            raise self.first.fault("the EXISTS block names no object.", "Add its line EXISTS:A:$$OBJCODE=HOUR.")
        comparisons = [test.comparison() for test in self.tests.values()]
        joins = [test for test in comparisons if test.other_key and test.operator == Operator.EQ]
        if not joins:
            raise self.first.fault(
                "the EXISTS block lacks the line that ties its rows to those of the search.",
                "Add it, like EXISTS:A:ownerID=FIELD:ID.",
            )
        join = Join[Any, Any](joins[0].key.replace("$$ID", "ID"), joins[0].other_key or "")
        where = All(tuple(test for test in comparisons if test is not joins[0]))
        negated = self.first.negated or self.words.get("$$EXISTSMOD", "").upper() == "NOTEXISTS"
        return Exists(self.words["$$OBJCODE"].upper(), join, where, negated)


@dataclass
class _Test:
    """The lines about one field: its values, the upper end of a range, the operator."""

    last: _Line
    values: list[str] = field(default_factory=list)
    upper: _Line | None = None
    operator: _Line | None = None

    def add(self, line: _Line) -> None:
        self.last = line
        match line.suffix:
            case "_Mod":
                self._refuse_second(self.operator, line)
                self.operator = line
            case "_Range":
                self._refuse_second(self.upper, line)
                self.upper = line
            case _:
                self.values += line.values

    @staticmethod
    def _refuse_second(known: _Line | None, line: _Line) -> None:
        if known is not None:
            raise line.fault(
                f"{line.key}{line.suffix} stands in line {known.number} already.",
                f"For a second test on the field write AND:1:{line.key}=... and AND:1:{line.key}_Mod=...",
            )

    def comparison(self) -> Comparison[Any]:
        """Returns the test.

        Raises:
            QueryError: there is no value, or more than the operator takes.
        """
        name, operator = self.last.field, self._known_operator()
        values = self._own_values(operator)
        many = ":" in name and not name.startswith(CUSTOM)
        return Comparison(name, operator, values, many, operator == Operator.EQ and _is_day(values[0]))

    def _known_operator(self) -> str:
        written = self.operator.values[0] if self.operator else ""
        if self.operator is None or not written:
            return Operator.BETWEEN if self.upper else Operator.IN if len(self.values) > 1 else Operator.EQ
        operator = _AS_IN_REPORTS.get(written, written)
        if known_operator(operator) is None and operator not in _OF_REPORTS_ALONE:
            raise self.operator.fault(
                f"{written!r:.80} is not an operator.",
                did_you_mean(written, Operator, 'raw("field", "operator") sends one that is not known here.'),
            )
        return _LISTS.get(operator, operator) if len(self.values) > 1 else operator

    def _own_values(self, operator: str) -> tuple[str, ...]:
        arity = _arity(operator)
        if arity is Arity.NONE:
            return ()
        if not self.values:
            raise self.last.fault(f"{self.last.key} has no value.", f"Add a line {self.last.key}=value.")
        if len(self.values) > 1 and arity is not Arity.LIST:
            raise self.last.fault(
                f"{operator} takes one value, and {self.last.key} has {len(self.values)}.", "For several write _Mod=in."
            )
        values = tuple(re.sub(r"(?i)^field:", FIELD, value) for value in self.values)
        return (*values, *self._upper_end(operator))

    def _upper_end(self, operator: str) -> tuple[str, ...]:
        if _arity(operator) is Arity.RANGE and self.upper is None:
            raise self.last.fault(f"{operator} needs the upper end.", f"Add a line {self.last.key}_Range=value.")
        if _arity(operator) is not Arity.RANGE and self.upper is not None:
            raise self.upper.fault(f"{self.upper.key}_Range does not go with {operator}.", "Write _Mod=between.")
        return (self.upper.values[0],) if self.upper else ()


def _arity(operator: str) -> Arity:
    """Returns how many values an operator takes; those that reports alone know take one."""
    known = known_operator(operator)
    return known.arity if known else Arity.ONE


def _is_day(value: str) -> bool:
    """Returns whether a value stands for every instant of a day, where the field is a date-time."""
    try:
        return _DAY.fullmatch(value) is not None or date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
