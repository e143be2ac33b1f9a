"""Spans of time stand in words where a person reads them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from workfront_core.sync.time_span import in_words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(), "less than a second"),
        (timedelta(milliseconds=400), "less than a second"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(minutes=10), "10 minutes"),
        (timedelta(seconds=64.4), "1 minute 4 seconds"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=2, hours=1, minutes=5), "2 days 1 hour"),
        (timedelta(days=3, seconds=7), "3 days"),
    ],
)
def test_a_span_is_told_in_its_two_greatest_units(span: timedelta, words: str) -> None:
    assert in_words(span) == words
