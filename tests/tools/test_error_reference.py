"""The page of errors says what the engine makes of every text on record, and names every error."""

from __future__ import annotations

from tools.error_reference import PAGE, errors, page, texts

import workfront_core
from workfront_core.errors import WorkfrontError
from workfront_core.errors.complaints import complaint_of


def test_the_page_is_the_one_that_the_code_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tools.error_reference writes it"


def test_every_text_on_record_is_known_and_has_a_remedy() -> None:
    found = [text for _, text in texts()]
    assert len(found) > 30
    assert not [text for text in found if complaint_of(text) is None]


def test_every_error_of_the_front_door_is_on_the_page() -> None:
    named = {name for name in workfront_core.__all__ if name in {kind.__name__ for kind in errors()}}
    assert {kind.__name__ for kind in errors()} == named
    assert WorkfrontError in errors()
    assert not [name for name in named if f"| `{name}` |" not in page()]
