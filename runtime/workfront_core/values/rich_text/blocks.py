"""Paragraphs of rich text: their words, kind, depth in a list, and which stretches are bold, italic or underlined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

BULLET: Final = "unordered-list-item"
NUMBER: Final = "ordered-list-item"
QUOTE: Final = "blockquote"
PLAIN: Final = "unstyled"
LISTS: Final = frozenset({BULLET, NUMBER})
KINDS: Final = frozenset({PLAIN, BULLET, NUMBER, QUOTE})
"""Draft.js's own names of what Workfront's editor offers."""

BOLD: Final = "BOLD"
ITALIC: Final = "ITALIC"
UNDERLINE: Final = "UNDERLINE"
STYLES: Final = frozenset({BOLD, ITALIC, UNDERLINE})


class TextSpan(NamedTuple):
    """A stretch of text in one style, from ``start`` up to ``end``, counted in code points."""

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One paragraph, list item or quotation. A newline in its text is a line break within it."""

    text: str
    kind: str = PLAIN
    depth: int = 0
    spans: tuple[TextSpan, ...] = ()


def joined(spans: Iterable[TextSpan]) -> tuple[TextSpan, ...]:
    """Returns spans in order, those of one style that touch or overlap made one, empty ones left out."""
    result: list[TextSpan] = []
    for span in sorted(spans, key=lambda span: (span.style, span.start)):
        if span.start >= span.end:
            continue
        if result and result[-1].style == span.style and result[-1].end >= span.start:
            result[-1] = result[-1]._replace(end=max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(sorted(result))
