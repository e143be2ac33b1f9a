"""Writes ``docs/reference/errors.md``: what Workfront says, what it becomes, and what to do.

``python -m tools.error_reference``; a test compares. Texts come from docs/protocol.md 5.2, errors and remedies from the
engine, exit codes from the command line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import workfront_core
from workfront_cli.exit_codes import MEANINGS, exit_code
from workfront_core.bulk.results import BulkError
from workfront_core.errors import WorkfrontError
from workfront_core.errors.complaints import failure

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "reference" / "errors.md"
PROTOCOL: Final = ROOT / "docs" / "protocol.md"

_HEAD: Final = """\
---
hide:
  - toc
---

# Errors

What Workfront says, the error it becomes here, and what to do about it. The text decides before the status, as one and
the same failure comes under several of them ([protocol](../protocol.md#5.2)). `V17_0` stands for the version called.

## What Workfront says

| Text | When | Error, exit code | What to do |
|---|---|---|---|
"""
_KINDS: Final = """
## The errors

All of them are a `WorkfrontError`, with `hint`, `status`, `request` (secrets masked) and more
([names](python/errors.md)). The exit code is that of `workfront` where the error ends a command.

| Error | Means | Exit code |
|---|---|---|
"""
_CODES: Final = """
## Exit codes

| Code | Means |
|---|---|
"""
_ROW: Final = re.compile(r"^\| (?P<situation>[^|]+) \| (?P<texts>[^|]*`[^|]*) \|$", re.MULTILINE)


def page() -> str:
    """Returns the text of the page."""
    said = "".join(_said(text, situation) for situation, text in texts())
    kinds = "".join(f"| `{kind.__name__}` | {_first_sentence(kind)} | {_exit(kind)} |\n" for kind in errors())
    codes = "".join(f"| {code} | {meaning} |\n" for code, meaning in MEANINGS.items())
    return f"{_HEAD}{said}{_KINDS}{kinds}{_CODES}{codes}"


def texts() -> Iterator[tuple[str, str]]:
    """Yields every text on record, after the situation it belongs to."""
    section = PROTOCOL.read_text(encoding="utf-8").partition("| Situation | Text |")[2].partition("\n\n")[0]
    for row in _ROW.finditer(section):
        joined = row["texts"].replace("` `", " ")  # a text in many pieces, so that narrow windows can break it
        for text in re.findall(r"`([^`]+)`", joined):
            if not re.fullmatch(r"[\w.]+", text):  # the name of a class, or a word beside
                yield re.sub(r" `\[\w+\]`|`", "", row["situation"]).strip(), text


def errors() -> list[type[WorkfrontError]]:
    """Returns every error of the front door, the most general one first."""
    named = [getattr(workfront_core, name) for name in workfront_core.__all__]
    kinds = {kind for kind in named if isinstance(kind, type) and issubclass(kind, WorkfrontError)}
    return sorted(kinds, key=lambda kind: (len(kind.__mro__), kind.__name__))


def _said(text: str, situation: str) -> str:
    error = failure(text, status=422)
    cells = [f"`{text}`", situation, f"`{type(error).__name__}`, {exit_code(error)}", _cell(error.hint or "")]
    return f"| {' | '.join(cells)} |\n"


def _exit(kind: type[WorkfrontError]) -> str:
    return "1 or 8" if issubclass(kind, BulkError) else str(exit_code(kind.__new__(kind)))


def _first_sentence(kind: type[WorkfrontError]) -> str:
    paragraph = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
    return _cell(paragraph.replace("``", "`"))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
