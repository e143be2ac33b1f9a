"""Patterns cost at most the length of the pattern times that of the text, whatever they are."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.asking import bakery
from workfront_sandbox.query.filter_groups import read_filter
from workfront_sandbox.query.operators import ALL
from workfront_sandbox.store.sql_function import like, soundex
from workfront_sandbox.wire.errors import ApiError

_WORST = (
    ("%" + "a%" * 20 + "b", "a" * 300),
    ("%a%a%a%ab", "a" * 300),
    ("_%" * 50 + "b", "a" * 300),
    ("%" * 100 + "b", "a" * 300),
    ("%aaaaaaaaab%", "a" * 300),
)


def steps(call: Callable[[], Any]) -> int:
    """Returns how many lines a call runs."""
    count = 0

    def trace(_: FrameType, event: str, __: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(("pattern", "text"), _WORST, ids=range(len(_WORST)))
def test_a_pattern_costs_no_more_than_the_lengths_multiplied(pattern: str, text: str) -> None:
    assert steps(lambda: like(pattern, text)) < 8 * (len(pattern) + 1) * (len(text) + 1)
    assert like(pattern, text) is False


@given(st.text("ab%_\n", max_size=8), st.text("ab\n", max_size=10))
def test_patterns_mean_what_they_mean_to_regular_expressions(pattern: str, text: str) -> None:
    expression = "".join({"%": ".*", "_": "."}.get(sign, re.escape(sign)) for sign in pattern)
    assert like(pattern, text) == (re.fullmatch(expression, text, re.DOTALL) is not None)


@pytest.mark.parametrize("call", [soundex, lambda text: read_filter([(text, "x")])], ids=["soundex", "filter"])
@pytest.mark.parametrize("unit", ["AND:a:", "OR:1:", "EXISTS:e:", "a:", "_2_Sort", "_Mod", "H"])
def test_twice_as_long_a_text_costs_twice_as_much(call: Callable[[str], Any], unit: str) -> None:
    def cost(times: int) -> int:
        def tried() -> None:
            with suppress(ApiError):
                call(unit * times)

        return steps(tried)

    cost(10)  # what is done once, and not for each text
    assert cost(2000) <= 2.5 * max(cost(1000), 20)


def test_no_operator_makes_a_regular_expression_of_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    ask, made = bakery(), list[str]()
    compiled = re.compile

    def noted(pattern: Any, flags: Any = 0) -> Any:
        made.append(str(pattern))
        return compiled(pattern, flags)

    monkeypatch.setattr(re, "compile", noted)
    for operator in sorted(ALL):
        ask.reply("GET", "TASK/search", {"name": "(a+)+$%q", "name_Mod": operator, "name_Range": "z"})
    assert [pattern for pattern in made if "(a+)+" in pattern] == []
