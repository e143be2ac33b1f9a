"""Text with formatting in lists: what a strict sandbox says to filters and sort orders by it."""

from __future__ import annotations

import pytest

from tests.sandbox.test_custom_forms import kit


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("PROJ/search", {"DE:Recipe": "Dough"}),
        ("PROJ/search", {"DE:Recipe_Mod": "notnull"}),
        ("PROJ/search", {"DE:Recipe_Sort": "asc"}),
        ("PROJ/count", {"DE:Recipe": "Dough", "DE:Recipe_Mod": "cicontains"}),
        ("TASK/search", {"project:DE:Recipe": "Dough"}),
        ("PROJ/report", {"DE:Recipe_GroupBy": "true"}),
    ],
)
def test_lists_are_not_filtered_by_text_with_formatting_where_the_sandbox_is_strict(
    strict: bool, path: str, query: dict[str, str]
) -> None:
    ask, _ = kit(strict=strict)
    reply = ask.reply("GET", path, query)
    assert reply.status == (422 if strict else 200)
    assert not strict or b"DE:Recipe holds text with formatting" in reply.body
    assert ask.reply("GET", path, {name.replace("Recipe", "Line"): text for name, text in query.items()}).status == 200
