"""Docstrings of functions begin with what the function does: a verb in the third person."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.sources import functions

PROPERTIES = {"property", "cached_property", "setter"}
THIRD_PERSON = re.compile(r"[A-Z][a-z]+s\b(?!-)")
PLURALS = {
    "Addresses", "As", "Bytes", "Class", "Columns", "Conditions", "Days", "Fields", "Flags", "Headers", "Hours",
    "Ids", "Its", "Keys", "Less", "Levels", "Members", "Milliseconds", "Minutes", "Names", "Numbers", "Objects",
    "Options", "Parameters", "Parts", "Rows", "Rules", "Seconds", "Spans", "Texts", "This", "Thus", "Tokens",
    "Values", "Words",
}  # fmt: skip
OTHER_SUBJECT = r"(?:that|which|who|whose|where|what|how|whether|when|as|if|it|there|an?|the|this|these|so|both)"
FINITE = r"(?:is|are|has|have|must|may|can|shall|does|goes|gets?|works?|begins|ends|holds|lies|differs|means)"
SENTENCE = re.compile(
    r"(?:Returns|Yields) (?:(?:the|an?|no|one|some|every|all|names|rows)"
    rf"(?: (?!{OTHER_SUBJECT}\b)[\w`'-]+)+? {FINITE}|as)\b"
)
"""'Returns the field has a value.': a sentence that somebody put the verb in front of."""


def _described() -> list[tuple[Path, int, str]]:
    """Returns place and docstring of every function that has one and is no property, whose value is a noun."""
    found: list[tuple[Path, int, str]] = []
    for path, node in functions():
        kinds = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
        text = ast.get_docstring(node)
        if text and not kinds & PROPERTIES:
            found.append((path, node.lineno, " ".join(text.split())))
    return found


def _begins_with_a_verb(text: str) -> bool:
    first = THIRD_PERSON.match(text)
    return first is not None and first[0] not in PLURALS


@pytest.mark.parametrize("text", ["Returns the row.", "Sends a call.", "Closes, then waits.", "Does nothing."])
def test_a_verb_in_the_third_person_passes(text: str) -> None:
    assert _begins_with_a_verb(text)


@pytest.mark.parametrize("text", ["The row.", "Send a call.", "Seconds to wait.", "This row.", "``value`` itself."])
def test_anything_else_does_not(text: str) -> None:
    assert not _begins_with_a_verb(text)


def test_every_docstring_of_a_function_begins_with_a_verb() -> None:
    described = _described()
    assert len(described) > 1000
    assert [f"{path}:{line} {text[:60]}" for path, line, text in described if not _begins_with_a_verb(text)] == []


@pytest.mark.parametrize(
    "text",
    ["Returns the field has a value.", "Returns every tenth works for an agency.", "Returns as `receive`; in threads.",
     "Returns a missing role is the user's.", "Returns no row has the ID: 404."],
)  # fmt: skip
def test_a_sentence_behind_returns_is_seen(text: str) -> None:
    assert SENTENCE.match(text)


def test_what_a_function_returns_is_named_and_no_sentence() -> None:
    assert [f"{path}:{line} {text[:90]}" for path, line, text in _described() if SENTENCE.match(text)] == []
