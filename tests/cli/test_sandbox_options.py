"""``workfront sandbox``: what its options do not take is told before anything is served."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli_kit import Terminal


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--port", "x", "is not a valid integer range"),
        ("--port", "-1", "is not in the range"),
        ("--port", "70000", "is not in the range"),
        ("--scale", "0", "is not in the range"),
        ("--scale", "1.5", "is not a valid integer range"),
        ("--latency", "-1", "is not in the range"),
        ("--latency", "nan", "nan"),
        ("--latency", "inf", "is not in the range"),
        ("--latency", "1e9", "is not in the range"),
        ("--effects", "no", "is not one of 'refuse', 'warn', 'ignore'"),
        ("--seed", "", "It is empty"),
        ("--seed", "nope.json", "cannot be read"),
        ("--db", "", "It is empty"),
        ("--db", "/nope/here.db", "the folder /nope does not exist"),
        ("--schema", "/nope", "does not hold a snapshot"),
        ("--host", "999.1.1.1", "cannot be listened at"),
    ],
)
def test_a_value_that_an_option_does_not_take_is_told(tmp_path: Path, option: str, value: str, words: str) -> None:
    ended = Terminal(tmp_path).run("sandbox", "--port", "0", option, value)
    assert ended.exit_code == 2
    assert words in " ".join(ended.output.split())
