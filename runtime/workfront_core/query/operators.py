"""What an operator of a filter is: one row an operator, docs/protocol.md 8.2.

How many values it takes, which one selects the other rows, and what it makes of a null. Whoever writes, negates or
joins tests asks here.
"""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum, auto
from typing import Final, Self, cast


class Arity(IntEnum):
    """How many values an operator takes."""

    NONE = 0
    ONE = 1
    RANGE = 2
    """A lower and an upper end, both included; the upper one travels as ``_Range``."""
    LIST = 3
    """Any number, from one on."""


class Nulls(Enum):
    """What an operator makes of a field without a value."""

    FAIL = auto()
    """A null fails the test, and its opposite as well."""
    FAIL_ALONE = auto()
    """A null fails the test, and passes its opposite."""
    PASS = auto()
    """A null passes the test, and fails its opposite."""


class _Row(str):
    """A code, and what is known of it."""

    arity: Arity
    opposite_code: str
    nulls: Nulls


def _row(code: str, arity: Arity, opposite: str = "", nulls: Nulls = Nulls.FAIL) -> str:
    row = _Row(code)
    row.arity, row.opposite_code, row.nulls = arity, opposite, nulls
    return row


class Operator(StrEnum):
    """What follows ``_Mod`` in a filter.

    Attributes:
        arity: how many values it takes.
        opposite_code: code of the operator that the rows pass which fail this one; empty where Workfront has none.
        nulls: what becomes of rows where the field is null.
    """

    arity: Arity
    opposite_code: str
    nulls: Nulls

    def __new__(cls, code: str) -> Self:
        row = cast("_Row", code)
        operator = str.__new__(cls, row)
        operator._value_ = str(row)
        operator.arity, operator.opposite_code, operator.nulls = row.arity, row.opposite_code, row.nulls
        return operator

    EQ = _row("eq", Arity.ONE, "ne", Nulls.FAIL_ALONE)
    NE = _row("ne", Arity.ONE, "eq", Nulls.PASS)
    NEE = _row("nee", Arity.ONE, "eq")
    IEQ = _row("cieq", Arity.ONE, "cine")
    INE = _row("cine", Arity.ONE, "cieq")
    LT = _row("lt", Arity.ONE, "gte")
    LTE = _row("lte", Arity.ONE, "gt")
    GT = _row("gt", Arity.ONE, "lte")
    GTE = _row("gte", Arity.ONE, "lt")
    CONTAINS = _row("contains", Arity.ONE, "notcontains")
    NOT_CONTAINS = _row("notcontains", Arity.ONE, "contains")
    ICONTAINS = _row("cicontains", Arity.ONE, "cinotcontains")
    NOT_ICONTAINS = _row("cinotcontains", Arity.ONE, "cicontains")
    ICONTAINS_ANY = _row("cicontainsany", Arity.ONE, "cinotcontainsany")
    NOT_ICONTAINS_ANY = _row("cinotcontainsany", Arity.ONE, "cicontainsany")
    ICONTAINS_ALL = _row("cicontainsall", Arity.ONE, "cinotcontainsall")
    NOT_ICONTAINS_ALL = _row("cinotcontainsall", Arity.ONE, "cicontainsall")
    LIKE = _row("like", Arity.ONE)
    ILIKE = _row("cilike", Arity.ONE)
    STARTS_WITH = _row("startswith", Arity.ONE)
    ISTARTS_WITH = _row("cistartswith", Arity.ONE)
    ENDS_WITH = _row("endswith", Arity.ONE)
    IENDS_WITH = _row("ciendswith", Arity.ONE)
    SOUNDEX = _row("soundex", Arity.ONE)
    BETWEEN = _row("between", Arity.RANGE, "notbetween")
    NOT_BETWEEN = _row("notbetween", Arity.RANGE, "between")
    IBETWEEN = _row("cibetween", Arity.RANGE, "cinotbetween")
    NOT_IBETWEEN = _row("cinotbetween", Arity.RANGE, "cibetween")
    IN = _row("in", Arity.LIST, "notin")
    NOT_IN = _row("notin", Arity.LIST, "in")
    IIN = _row("ciin", Arity.LIST, "cinotin")
    NOT_IIN = _row("cinotin", Arity.LIST, "ciin")
    ALL_OF = _row("allof", Arity.LIST)
    ANY_BITS = _row("bitwiseor", Arity.ONE, "bitwisenand")
    ALL_BITS = _row("bitwiseand", Arity.ONE)
    NO_BITS = _row("bitwisenand", Arity.ONE, "bitwiseor")
    EXACT_TIME = _row("exacttime", Arity.ONE)
    LENGTH_LT = _row("length_lt", Arity.ONE)
    LENGTH_EQ = _row("length_eq", Arity.ONE)
    LENGTH_GT = _row("length_gt", Arity.ONE)
    IS_NULL = _row("isnull", Arity.NONE, "notnull", Nulls.PASS)
    NOT_NULL = _row("notnull", Arity.NONE, "isnull", Nulls.FAIL_ALONE)
    IS_BLANK = _row("isblank", Arity.NONE, "notblank", Nulls.PASS)
    NOT_BLANK = _row("notblank", Arity.NONE, "isblank", Nulls.FAIL_ALONE)

    @property
    def opposite(self) -> Operator | None:
        """The operator that rows with a value pass exactly if they fail this one; ``None`` where there is none."""
        return known_operator(self.opposite_code)

    @property
    def is_exchanged(self) -> bool:
        """Whether every row passes either this operator or its opposite, null or not."""
        return self.nulls is not Nulls.FAIL

    @property
    def is_range(self) -> bool:
        """Whether it takes a lower and an upper end."""
        return self.arity is Arity.RANGE

    @property
    def needs_value(self) -> bool:
        """Whether a null fails the test, and the test says more than that there is a value."""
        return self.nulls is not Nulls.PASS and self is not Operator.NOT_NULL


_BY_CODE: Final = {str(operator): operator for operator in Operator}


def known_operator(code: str) -> Operator | None:
    """Returns the operator of a code; ``None`` for one that a caller wrote as text and nobody here knows."""
    return _BY_CODE.get(code)
