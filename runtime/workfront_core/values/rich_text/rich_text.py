"""Rich text fields: Draft.js JSON on the wire, plain text or simple Markdown in Python (docs/protocol.md 10).

A value that was read keeps everything it holds, known or not, and is written back as it came, with the map of
entities that the service asks for. Offsets count code points, as Draft.js does when it stores text and Python does
always, so that a character beyond the 16-bit range is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Self, TypeAlias, cast

from workfront_core.arguments import checked_flag, checked_text
from workfront_core.errors.kinds import UnfitValue
from workfront_core.foreign_text import json_value
from workfront_core.values.rich_text import markdown_reader, markdown_writer
from workfront_core.values.rich_text.blocks import KINDS, LISTS, PLAIN, STYLES, TextBlock, TextSpan, joined

_Raw: TypeAlias = Mapping[str, Any]

_NO_ENTITIES: Final[dict[str, Any]] = {}
_KNOWN: Final = frozenset({"key", "text", "type", "depth", "inlineStyleRanges", "entityRanges", "data"})


class RichText:
    """The value of a rich text field.

    ``RichText.from_markdown("Due **Friday**")`` makes one, ``str(value)`` is what to write to the field,
    ``RichText.parse(row["DE:Notes"])`` reads one. Values are equal if their JSON is.

    Raises:
        QueryError: it has no list of blocks, each with text and style ranges.

    Examples:
        >>> from workfront_client import RichText
        >>> notes = RichText.from_markdown("Due **Friday**")
        >>> notes.text, notes.markdown()
        ('Due Friday', 'Due **Friday**')
    """

    __slots__ = ("_content",)

    def __init__(self, content: _Raw) -> None:
        if not _is_content(content):
            raise UnfitValue("not rich text: it has no list of blocks with texts and style ranges")
        self._content: _Raw = content if content.get("entityMap") else {**content, "entityMap": _NO_ENTITIES}

    @classmethod
    def parse(cls, value: str | _Raw, /) -> Self:
        """Returns the rich text in a field's value: Draft.js JSON, as text or parsed.

        Raises:
            QueryError: it is something else, such as plain text from before the field had formatting.
        """
        try:
            content = json_value(value) if isinstance(value, str) else value
        except ValueError:
            raise UnfitValue("not rich text: it is not JSON; RichText.from_text takes plain text") from None
        return cls(cast("_Raw", content))

    @classmethod
    def from_text(cls, text: str, /) -> Self:
        """Makes rich text of plain text, a paragraph for each line."""
        lines = _unix(checked_text(text, "from_text()")).split("\n")
        return cls(_content(TextBlock(line) for line in lines))

    @classmethod
    def from_markdown(cls, text: str, /) -> Self:
        """Reads simple Markdown: paragraphs, ``**bold**``, ``*italic*``, ``<u>underline</u>``, lists, quotations.

        Everything else, links and headings among it, stays the text it is: how Workfront stores links is not
        documented. The exact rules are in docs/values.md.
        """
        read = markdown_reader.read(_unix(checked_text(text, "from_markdown()")))
        return cls(_content(read or [TextBlock("")]))

    @property
    def text(self) -> str:
        """The words alone, a line for each paragraph."""
        return "\n".join(str(raw["text"]) for raw in self._raw_blocks())

    def markdown(self, *, lossy: bool = False) -> str:
        """Returns the text in simple Markdown, which `from_markdown` turns into the same text, styles and lists.

        Args:
            lossy: whether to leave out what Markdown here cannot express, and keep its words.

        Raises:
            QueryError: there is something it cannot express, such as a link; the message names it.
        """
        checked_flag(lossy, "lossy")
        losses = self.beyond_markdown()
        if losses and not lossy:
            raise UnfitValue(f"Markdown cannot express {', '.join(losses)}; markdown(lossy=True) keeps the words only")
        return markdown_writer.write(_tamed(self._raw_blocks()))

    def beyond_markdown(self) -> list[str]:
        """Returns what `markdown` cannot express, by name; empty where it expresses all."""
        found = dict.fromkeys(loss for raw in self._raw_blocks() for loss in _losses(raw))
        return [*found, *(["a list item without its parent"] if _jumps(self._raw_blocks()) else [])]

    def to_wire(self) -> dict[str, Any]:
        """Returns the Draft.js content as parsed JSON."""
        return dict(self._content)

    def _raw_blocks(self) -> Sequence[_Raw]:
        return cast("Sequence[_Raw]", self._content["blocks"])

    def __str__(self) -> str:
        """Returns the Draft.js JSON, to be written to the field."""
        return json.dumps(self._content, separators=(",", ":"))

    def __repr__(self) -> str:
        return f"<RichText {self.text!r:.60}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RichText) and self._content == other._content


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_content(content: object) -> bool:
    blocks = cast("_Raw", content).get("blocks") if isinstance(content, Mapping) else None
    return isinstance(blocks, list) and all(map(_is_block, cast("list[object]", blocks)))


def _is_block(block: object) -> bool:
    if not isinstance(block, Mapping):
        return False
    raw = cast("_Raw", block)
    ranges = cast("object", raw.get("inlineStyleRanges") or [])
    return (
        isinstance(raw.get("text"), str)
        and isinstance(raw.get("type") or "", str)
        and isinstance(raw.get("depth") or 0, int)
        and isinstance(ranges, list)
        and all(map(_is_range, cast("list[object]", ranges)))
    )


def _is_range(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    raw = cast("_Raw", value)
    return isinstance(raw.get("style"), str) and all(isinstance(raw.get(key), int) for key in ("offset", "length"))


def _content(blocks: Iterable[TextBlock]) -> _Raw:
    return {"blocks": [_raw(block, f"{number:05x}") for number, block in enumerate(blocks)], "entityMap": {}}


def _raw(block: TextBlock, key: str) -> _Raw:
    ranges = [{"offset": span.start, "length": span.end - span.start, "style": span.style} for span in block.spans]
    return {
        "key": key,
        "text": block.text,
        "type": block.kind,
        "depth": block.depth,
        "inlineStyleRanges": ranges,
        "entityRanges": [],
        "data": {},
    }


def _block(raw: _Raw) -> TextBlock:
    text = str(raw["text"])
    return TextBlock(text, raw.get("type") or PLAIN, raw.get("depth") or 0, joined(_spans(raw, len(text))))


def _spans(raw: _Raw, length: int) -> Iterable[TextSpan]:
    """Yields the style ranges, cut off where the text ends, as Draft.js does."""
    for found in cast("list[_Raw]", raw.get("inlineStyleRanges") or []):
        start = max(found["offset"], 0)
        yield TextSpan(start, min(start + found["length"], length), found["style"])


def _losses(raw: _Raw) -> Iterable[str]:
    block = _block(raw)
    if block.kind not in KINDS:
        yield f"paragraphs of type {block.kind}"
    if block.depth and block.kind not in LISTS:
        yield "an indent outside of lists"
    yield from (f"style {span.style}" for span in block.spans if span.style not in STYLES)
    if raw.get("entityRanges"):
        yield "links and other entities"
    yield from (f"member {name}" for name, value in raw.items() if value and name not in _KNOWN)
    if raw.get("data"):
        yield "data of a paragraph"


def _jumps(blocks: Sequence[_Raw]) -> bool:
    """Returns whether a list item stands deeper than one level below the item before it."""
    depths = [block.depth if block.kind in LISTS else -1 for block in map(_block, blocks)]
    return any(depth > before + 1 for before, depth in zip([-1, *depths], depths, strict=False))


def _tamed(raw_blocks: Iterable[_Raw]) -> list[TextBlock]:
    """Returns the blocks with only those kinds, depths and styles that Markdown knows."""
    result: list[TextBlock] = []
    level = -1
    for block in map(_block, raw_blocks):
        kind = block.kind if block.kind in KINDS else PLAIN
        level = min(block.depth, level + 1) if kind in LISTS else -1
        spans = tuple(span for span in block.spans if span.style in STYLES)
        result.append(TextBlock(block.text, kind, max(level, 0), spans))
    return result
