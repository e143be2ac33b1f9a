"""The table of operators holds together: opposites are mutual, and nulls pass one of two that share out all rows."""

import pytest

from workfront_core.query.operators import Arity, Nulls, Operator, known_operator

OPPOSED = [operator for operator in Operator if operator.opposite is not None]


@pytest.mark.parametrize("operator", OPPOSED)
def test_the_opposite_of_the_opposite_says_the_same_of_rows_with_a_value(operator: Operator) -> None:
    other = operator.opposite
    assert other is not None
    back = other.opposite
    assert back is operator or (operator is Operator.NEE and back is Operator.NE)


@pytest.mark.parametrize("operator", [operator for operator in OPPOSED if operator.is_exchanged])
def test_a_null_passes_one_of_two_operators_that_share_out_all_rows(operator: Operator) -> None:
    other = operator.opposite
    assert other is not None
    assert {operator.nulls, other.nulls} == {Nulls.PASS, Nulls.FAIL_ALONE}


@pytest.mark.parametrize("operator", OPPOSED)
def test_opposites_take_equally_many_values(operator: Operator) -> None:
    assert operator.opposite is not None
    assert operator.arity is operator.opposite.arity


def test_only_ranges_take_two_values() -> None:
    ranges = {"between", "notbetween", "cibetween", "cinotbetween"}
    assert {str(operator) for operator in Operator if operator.is_range} == ranges
    assert len(("lower", "upper")) == Arity.RANGE


def test_a_code_that_nobody_knows_has_no_operator() -> None:
    assert known_operator("resembles") is None
    assert known_operator("cibetween") is Operator.IBETWEEN
