"""Rich text: Draft.js JSON that keeps what it holds, and Markdown that comes back as it went."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workfront_core.values.rich_text import markdown_reader, markdown_writer
from workfront_core.values.rich_text.blocks import (
    BOLD,
    BULLET,
    ITALIC,
    NUMBER,
    PLAIN,
    QUOTE,
    UNDERLINE,
    TextBlock,
    TextSpan,
    joined,
)
from workfront_core.values.rich_text.rich_text import RichText

PRICKLY = "ab1 \t\n\\*_<>&#;-+=~|.)(`[]{}!\"'/:uibrR\r\u00a0é😀𝔘\u2028"
LINES = ["- x", "1. x", "12) x", "> x", "# x", "<br>", "</b>", "<b>x</b>", "&amp;", "&#32;", "**x**", "*", "_a_", "---"]


def raw(text: str, *ranges: tuple[int, int, str], **members: Any) -> dict[str, Any]:
    styles = [{"offset": offset, "length": length, "style": style} for offset, length, style in ranges]
    block = {"key": "k", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": styles}
    return block | {"entityRanges": [], "data": {}} | members


def content(*blocks: dict[str, Any], entities: dict[str, Any] | None = None) -> str:
    return json.dumps({"blocks": list(blocks), "entityMap": entities or {}})


texts = st.one_of(st.text(PRICKLY, max_size=12), st.sampled_from(LINES), st.text(max_size=8))


@st.composite
def blocks(draw: st.DrawFn) -> list[TextBlock]:
    result: list[TextBlock] = []
    level = -1
    for text in draw(st.lists(texts, min_size=1, max_size=5)):
        kind = draw(st.sampled_from([PLAIN, BULLET, NUMBER, QUOTE]))
        level = draw(st.integers(0, level + 1)) if kind in (BULLET, NUMBER) else -1
        edge = st.integers(0, len(text))
        spans = draw(st.lists(st.tuples(edge, edge, st.sampled_from([BOLD, ITALIC, UNDERLINE])), max_size=4))
        ordered = joined(TextSpan(min(a, b), max(a, b), style) for a, b, style in spans)
        result.append(TextBlock(text, kind, max(level, 0), ordered))
    return result


@settings(max_examples=600, deadline=None)
@given(blocks())
def test_markdown_of_any_blocks_reads_back_as_the_same_blocks(given_blocks: list[TextBlock]) -> None:
    assert markdown_reader.read(markdown_writer.write(given_blocks)) == given_blocks


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(PRICKLY, max_size=40), st.lists(st.sampled_from(LINES)).map("\n".join), st.text(max_size=40)))
def test_any_text_is_markdown_and_settles_after_one_round(text: str) -> None:
    once = RichText.from_markdown(text)
    assert once.beyond_markdown() == []
    assert RichText.from_markdown(once.markdown()) == once


@given(st.text(max_size=30))
def test_plain_text_comes_back_line_by_line(text: str) -> None:
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    assert RichText.parse(str(RichText.from_text(text))).text == unix


def test_markdown_becomes_styled_blocks() -> None:
    made = RichText.from_markdown("Due **Friday**, *really*, <u>now</u>\n\n- one\n    1. two\n- three")
    assert made.to_wire()["blocks"][0] == {
        "key": "00000",
        "text": "Due Friday, really, now",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [
            {"offset": 4, "length": 6, "style": "BOLD"},
            {"offset": 12, "length": 6, "style": "ITALIC"},
            {"offset": 20, "length": 3, "style": "UNDERLINE"},
        ],
        "entityRanges": [],
        "data": {},
    }
    shapes = [(block["type"], block["depth"], block["text"]) for block in made.to_wire()["blocks"][1:]]
    assert shapes == [(BULLET, 0, "one"), (NUMBER, 1, "two"), (BULLET, 0, "three")]
    assert made.to_wire()["entityMap"] == {}


@pytest.mark.parametrize(
    ("source", "block"),
    [
        ("a\nb", TextBlock("a b")),
        ("a\\\nb", TextBlock("a\nb")),
        ("a  \nb", TextBlock("a\nb")),
        ("a<br>b", TextBlock("a\nb")),
        ("<br>", TextBlock("")),
        ("> a\n> b", TextBlock("a b", QUOTE)),
        ("***a***", TextBlock("a", spans=(TextSpan(0, 1, BOLD), TextSpan(0, 1, ITALIC)))),
        ("__a__ _b_", TextBlock("a b", spans=(TextSpan(0, 1, BOLD), TextSpan(2, 3, ITALIC)))),
        ("<strong>a</strong><em>b</em>", TextBlock("ab", spans=(TextSpan(0, 1, BOLD), TextSpan(1, 2, ITALIC)))),
        ("2 * 3 * 4", TextBlock("2 * 3 * 4")),
        ("snake_case_name", TextBlock("snake_case_name")),
        ("a ** b", TextBlock("a ** b")),
        ("**open", TextBlock("**open")),
        ("a <b c", TextBlock("a <b c")),
        ("x </u> y <i> z", TextBlock("x </u> y <i> z")),
        (r"\*a\*", TextBlock("*a*")),
        (r"C:\temp\x", TextBlock(r"C:\temp\x")),
        ("R&D &amp; &copy; &#33;", TextBlock("R&D & © !")),
        ("# Title", TextBlock("# Title")),
        ("[a](https://b.example)", TextBlock("[a](https://b.example)")),
        ("---", TextBlock("---")),
        ("-", TextBlock("", BULLET)),
    ],
)
def test_markdown_is_read_by_these_rules(source: str, block: TextBlock) -> None:
    assert markdown_reader.read(source) == [block]


def test_lists_nest_by_indentation_and_may_be_loose() -> None:
    found = markdown_reader.read("- a\n  - b\n\n  - c\n      1) d\n- e\n  lazy\n\nend\n  - f")
    assert [(block.kind, block.depth, block.text) for block in found] == [
        (BULLET, 0, "a"), (BULLET, 1, "b"), (BULLET, 1, "c"), (NUMBER, 2, "d"), (BULLET, 0, "e lazy"),
        (PLAIN, 0, "end"), (BULLET, 0, "f"),
    ]  # fmt: skip


def test_numbers_count_and_start_anew_in_each_list() -> None:
    items = [
        TextBlock("a", NUMBER),
        TextBlock("b", NUMBER, 1),
        TextBlock("c", NUMBER),
        TextBlock("d", NUMBER, 1),
        TextBlock("x"),
    ]
    assert markdown_writer.write([*items, TextBlock("e", NUMBER)]) == ("1. a\n    1. b\n2. c\n    1. d\n\nx\n\n1. e")


def test_styles_that_asterisks_cannot_express_become_tags() -> None:
    overlapping = TextBlock("abcd", spans=(TextSpan(0, 2, BOLD), TextSpan(2, 4, ITALIC)))
    assert markdown_writer.write([overlapping]) == "**ab**<i>cd</i>"
    assert markdown_writer.write([TextBlock("a b", spans=(TextSpan(0, 2, BOLD),))]) == "<b>a </b>b"


def test_offsets_count_characters_beyond_16_bits_as_one() -> None:
    made = RichText.from_markdown("😀 **fett** 𝔘")
    (found,) = made.to_wire()["blocks"][0]["inlineStyleRanges"]
    assert found == {"offset": 2, "length": 4, "style": "BOLD"}
    assert RichText.parse(content(raw("😀😀b", (2, 1, BOLD)))).markdown() == "😀😀**b**"
    assert "\\ud83d\\ude00" in str(made)  # one escaped pair in the JSON, one character in the count


def test_a_value_goes_back_as_it_came_with_all_it_holds() -> None:
    text = content(
        raw("see here", (0, 3, "HIGHLIGHT"), entityRanges=[{"offset": 4, "length": 4, "key": 0}], data={"x": 1}),
        raw("?", type="atomic", odd=True),
        entities={"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "https://a.example"}}},
    )
    assert json.loads(str(RichText.parse(text))) == json.loads(text)
    assert RichText.parse(json.loads(text)) == RichText.parse(text)
    assert RichText.parse(text) != RichText.from_text("see here")


@pytest.mark.parametrize(
    ("block", "loss"),
    [
        (raw("ab", (0, 1, "CODE")), "style CODE"),
        (raw("ab", type="header-one"), "paragraphs of type header-one"),
        (raw("ab", entityRanges=[{"offset": 0, "length": 1, "key": 0}]), "links and other entities"),
        (raw("ab", data={"align": "right"}), "data of a paragraph"),
        (raw("ab", depth=1), "an indent outside of lists"),
        (raw("ab", type=BULLET, depth=1), "a list item without its parent"),
        (raw("ab", children=[1]), "member children"),
    ],
)
def test_markdown_refuses_to_lose_anything_unless_told_to(block: dict[str, Any], loss: str) -> None:
    value = RichText.parse(content(block))
    assert value.beyond_markdown() == [loss]
    with pytest.raises(ValueError, match=loss):
        value.markdown()
    assert "ab" in value.markdown(lossy=True)
    assert RichText.from_markdown(value.markdown(lossy=True)).text == "ab"


def test_ranges_beyond_the_text_end_with_it() -> None:
    value = RichText.parse(content(raw("ab", (1, 9, BOLD), (5, 2, ITALIC), (-1, 1, UNDERLINE))))
    assert value.markdown() == "<u>a</u>**b**"


@pytest.mark.parametrize(
    "value",
    [
        "plain text", "", "[]", "{}", '{"blocks":{}}', '{"blocks":[1]}', '{"blocks":[{}]}',
        '{"blocks":[{"text":1}]}', '{"blocks":[{"text":"a","inlineStyleRanges":[{"offset":0}]}]}',
        '{"blocks":[{"text":"a","depth":"x"}]}', '{"blocks":[{"text":"a","inlineStyleRanges":3}]}',
    ],
)  # fmt: skip
def test_what_is_no_rich_text_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not rich text"):
        RichText.parse(value)


def test_absent_members_have_their_defaults() -> None:
    assert RichText.parse('{"blocks":[{"text":"a"}]}').markdown() == "a"
    assert repr(RichText.from_text("a")) == "<RichText 'a'>"
    assert RichText.from_markdown("").text == ""
    with pytest.raises(TypeError):
        hash(RichText.from_text("a"))
