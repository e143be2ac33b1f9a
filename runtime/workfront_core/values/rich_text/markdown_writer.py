"""From blocks to simple Markdown, such that the reader makes the same blocks of it. The rules are in docs/values.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from workfront_core.values.rich_text.blocks import BOLD, BULLET, ITALIC, LISTS, NUMBER, QUOTE, TextBlock, TextSpan

_INDENT: Final = 4
_ALWAYS: Final = frozenset("\\*`[]<")
_AT_LINE_START: Final = frozenset("#>+-=~|")
_NUMBERED: Final = re.compile(r"^\d{1,9}([.)])(?=[ \t]|$)", re.ASCII | re.MULTILINE)
_ENTITY: Final = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);", re.ASCII)
_TAGS: Final = {BOLD: "b", ITALIC: "i"}
_MARKS: Final = {BOLD: "**", ITALIC: "*"}


def write(blocks: Sequence[TextBlock], /) -> str:
    """Writes Markdown of blocks whose kinds, styles and depths it can express."""
    parts: list[str] = []
    numbers: dict[int, int] = {}
    for index, block in enumerate(blocks):
        if index:
            both_lists = block.kind in LISTS and blocks[index - 1].kind in LISTS
            parts.append("\n" if both_lists else "\n\n")
        parts.append(_written(block, _prefix(block, numbers)))
    return "".join(parts)


def _prefix(block: TextBlock, numbers: dict[int, int]) -> str:
    """Returns what stands before the block; ``numbers`` counts the items of the open lists by depth."""
    for depth in [depth for depth in numbers if block.kind not in LISTS or depth > block.depth]:
        del numbers[depth]
    if block.kind == NUMBER:
        numbers[block.depth] = numbers.get(block.depth, 0) + 1
        return f"{' ' * _INDENT * block.depth}{numbers[block.depth]}. "
    numbers.pop(block.depth, None)
    return f"{' ' * _INDENT * block.depth}- " if block.kind == BULLET else "> " if block.kind == QUOTE else ""


def _written(block: TextBlock, prefix: str) -> str:
    if block.kind not in LISTS and not block.spans and not block.text.strip("\n"):
        return prefix + "<br>" * (len(block.text) + 1)
    following = prefix if block.kind == QUOTE else " " * len(prefix)
    return f"{prefix}{_inline(block)}".replace("\n", f"\n{following}").rstrip(" ")


def _inline(block: TextBlock) -> str:
    events = _events(block)
    escaped = _escaped_positions(block.text, events)
    pieces: list[str] = []
    for position, character in enumerate(block.text):
        pieces += events.get(position, ())
        pieces.append(_character(block.text, position, character, position in escaped))
    pieces += events.get(len(block.text), ())
    return "".join(pieces)


def _events(block: TextBlock) -> dict[int, list[str]]:
    """Returns what opens and closes at each position, closing first."""
    marked = _marked(block)
    events: dict[int, list[str]] = {}
    for span in sorted(block.spans, key=lambda span: (span.start, -span.end)):
        tag = _TAGS.get(span.style, "u")
        opening, closing = (_MARKS[span.style],) * 2 if span in marked else (f"<{tag}>", f"</{tag}>")
        events.setdefault(span.end, []).insert(0, closing)
        events.setdefault(span.start, []).append(opening)
    return events


def _marked(block: TextBlock) -> set[TextSpan]:
    """Returns the spans written with asterisks: none that begins or ends with a blank, no italic one where a bold one
    ends.
    """
    tight = [span for span in block.spans if not _has_loose_end(block.text, span)]
    bold = {span for span in tight if span.style == BOLD}
    edges = {edge for span in bold for edge in (span.start, span.end)}
    return bold | {span for span in tight if span.style == ITALIC and not edges & {span.start, span.end}}


def _has_loose_end(text: str, span: TextSpan) -> bool:
    return text[span.start].isspace() or text[span.end - 1].isspace()


def _escaped_positions(text: str, events: Iterable[int]) -> set[int]:
    boundaries = set(events)
    found = {match.start(1) for match in _NUMBERED.finditer(text)} | {match.start() for match in _ENTITY.finditer(text)}
    for position, character in enumerate(text):
        at_start = position == 0 or text[position - 1] == "\n"
        is_escaped = character in _ALWAYS or (at_start and character in _AT_LINE_START)
        if is_escaped or (character == "_" and not _is_inside_word(text, position, boundaries)):
            found.add(position)
    return found


def _is_inside_word(text: str, position: int, boundaries: set[int]) -> bool:
    around = text[max(position - 1, 0) : position] + text[position + 1 : position + 2]
    return len(around) == 2 and all(map(str.isalnum, around)) and not boundaries & {position, position + 1}


def _character(text: str, position: int, character: str, is_escaped: bool) -> str:
    if is_escaped:
        return f"\\{character}"
    if character == "\r":
        return "&#13;"
    if character == "\n":
        return "<br>" if position in (0, len(text) - 1) else "\\\n"
    if character in " \t" and _is_at_edge(text, position):
        return f"&#{ord(character)};"
    return character


def _is_at_edge(text: str, position: int) -> bool:
    """Returns whether the blank is the first or last character of its line, where Markdown drops it."""
    return text[position - 1 : position] in ("", "\n") or text[position + 1 : position + 2] in ("", "\n")
