"""The page about what the sandbox computes says what the sandbox does."""

from __future__ import annotations

from tests.support.update_golden import COVERAGE, coverage_page


def test_the_page_is_the_one_that_the_code_makes() -> None:
    assert COVERAGE.read_text(encoding="utf-8") == coverage_page(), "python -m tests.support.update_golden writes it"
