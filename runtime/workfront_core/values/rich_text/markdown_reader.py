"""From simple Markdown to blocks. The rules are in docs/values.md."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from workfront_core.values.rich_text.blocks import (
    BOLD,
    BULLET,
    ITALIC,
    LISTS,
    NUMBER,
    PLAIN,
    QUOTE,
    UNDERLINE,
    TextBlock,
    TextSpan,
    joined,
)

_ITEM: Final = re.compile(r"( *)([-*+]|\d{1,9}[.)])(?: +(.*))?", re.ASCII)
_QUOTED: Final = re.compile(r" {0,3}> ?(.*)")
_ONLY_BREAKS: Final = re.compile(r"(?:<br ?/?>)+", re.IGNORECASE)
_TOKEN: Final = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<break>\\\n|<br ?/?>)"
    r"|<(?P<close>/?)(?P<tag>b|strong|i|em|u)>"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]*);)"
    r"|(?P<marks>\*+|_+)"
    r"|(?P<fold>\n)",
    re.ASCII | re.IGNORECASE,
)
_TAGS: Final = {"b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC, "u": UNDERLINE}
_MARKS: Final = {1: (ITALIC,), 2: (BOLD,), 3: (BOLD, ITALIC)}


def read(text: str, /) -> list[TextBlock]:
    """Returns the blocks of a text with ``\\n`` between its lines."""
    return [_block(paragraph) for paragraph in _paragraphs(text)]


@dataclass
class _Paragraph:
    kind: str
    depth: int = 0
    lines: list[str] = field(default_factory=list[str])


def _paragraphs(text: str) -> Iterable[_Paragraph]:
    """Runs of lines that belong together, with the kind and depth their first line gives them."""
    current: _Paragraph | None = None
    indents: list[int] = []
    for line in text.split("\n"):
        opened, content = _opened(_expanded(line), current, indents)
        if current is not None and (opened is not None or not content):
            yield current
            current = None
        current = opened or current
        if current is not None:
            current.lines.append(content)
    if current is not None:
        yield current


def _expanded(line: str) -> str:
    """Returns the line with blanks for the tabs it begins with."""
    content = line.lstrip(" \t")
    return line[: len(line) - len(content)].expandtabs(4) + content


def _opened(line: str, current: _Paragraph | None, indents: list[int]) -> tuple[_Paragraph | None, str]:
    """Returns the paragraph that a line begins, if it begins one, and what the line adds to its paragraph."""
    if quoted := _QUOTED.fullmatch(line):
        content = quoted[1] if quoted[1].strip(" \t") else ""
        begins = content and (current is None or current.kind != QUOTE)
        indents[:] = []
        return (_Paragraph(QUOTE) if begins else None), content
    if item := _ITEM.fullmatch(line):
        return _Paragraph(BULLET if item[2] in "-*+" else NUMBER, _depth(len(item[1]), indents)), item[3] or ""
    content = line.lstrip(" ") if line.strip(" \t") else ""
    if not content or current is not None:
        return None, content
    indents[:] = []
    return _Paragraph(PLAIN), content


def _depth(indent: int, indents: list[int]) -> int:
    """Returns the level of an item; it is below the one before if it stands at least two blanks further in."""
    while indents and indent < indents[-1] + 2:
        indents.pop()
    indents.append(indent)
    return len(indents) - 1


def _block(paragraph: _Paragraph) -> TextBlock:
    source = "\n".join(_joinable(paragraph.lines))
    if paragraph.kind not in LISTS and _ONLY_BREAKS.fullmatch(source):
        return TextBlock("\n" * (source.count("<") - 1), paragraph.kind)
    text, spans = _Inline(source).read()
    return TextBlock(text, paragraph.kind, paragraph.depth, spans)


def _joinable(lines: list[str]) -> Iterable[str]:
    """Yields the lines without blanks around them; two blanks at the end of one before the last mean a line break."""
    for index, line in enumerate(lines):
        bare = line.strip(" \t")
        yield f"{bare}\\" if line.endswith("  ") and index < len(lines) - 1 else bare


@dataclass(frozen=True, slots=True)
class _Mark:
    """A tag, or a run of asterisks or underscores: which others are like it, and whether it can open and close."""

    text: str
    key: str
    styles: tuple[str, ...]
    opens: bool
    closes: bool


class _Inline:
    """Reads the inside of one paragraph."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = list(_TOKEN.finditer(source))
        self._marks = {token.start(): self._mark(token) for token in self._tokens if token["marks"] or token["tag"]}
        self._last = {mark.key: start for start, mark in self._marks.items() if mark.closes}
        self._text = ""
        self._open: dict[str, int] = {}
        self._spans: list[TextSpan] = []

    def read(self) -> tuple[str, tuple[TextSpan, ...]]:
        """Returns the words, and their styles."""
        position = 0
        for token in self._tokens:
            self._text += self._source[position : token.start()]
            self._take(token)
            position = token.end()
        return self._text + self._source[position:], joined(self._spans)

    def _take(self, token: re.Match[str]) -> None:
        if token.start() in self._marks:
            self._toggle(token.start(), self._marks[token.start()])
        elif token["entity"]:
            self._text += html.unescape(token["entity"])
        else:
            self._text += token["escaped"] or ("\n" if token["break"] else " ")

    def _toggle(self, start: int, mark: _Mark) -> None:
        """Closes what a like mark opened, or opens where a like mark closes later, or leaves the mark as text."""
        if mark.closes and mark.key in self._open:
            begun = self._open.pop(mark.key)
            self._spans += [TextSpan(begun, len(self._text), style) for style in mark.styles]
        elif mark.opens and mark.key not in self._open and self._last.get(mark.key, -1) > start:
            self._open[mark.key] = len(self._text)
        else:
            self._text += mark.text

    def _mark(self, token: re.Match[str]) -> _Mark:
        if token["tag"]:
            style = _TAGS[token["tag"].lower()]
            return _Mark(token[0], f"<{style}>", (style,), opens=not token["close"], closes=bool(token["close"]))
        before, after = self._source[: token.start()][-1:], self._source[token.end() :][:1]
        text = token["marks"]
        opens, closes = bool(after) and not after.isspace(), bool(before) and not before.isspace()
        if text[0] == "_":
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        styles = _MARKS.get(len(text), ())
        return _Mark(text, text, styles, opens=opens and bool(styles), closes=closes and bool(styles))
