"""Every command that a page shows is one that can be typed: its name, its options, the kinds of their values."""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import pytest

from tests.support.places import DOCS, ROOT
from workfront_cli.commands import COMMANDS
from workfront_cli.lazy_group import app

PAGES: Final = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
FENCE: Final = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)

FILES: Final = re.compile(r"[\w-]+\.(?:pdf|docx|txt|csv|json|jsonl|xlsx|toml)\b")
"""Files of the reader."""


def lines() -> Iterator[tuple[str, list[str]]]:
    """Every command that a page shows: the page, and the words after ``workfront``."""
    for path in PAGES:
        for block in FENCE.findall(path.read_text(encoding="utf-8")):
            for line in re.findall(r"^(?:\$ )?((?:\w+ [\w.]+ \| )?workfront (?:\\\n|.)*)$", block, re.MULTILINE):
                words = shlex.split(line.replace("\\\n", ""), comments=True)
                yield from ((path.name, part) for part in parts(words))


def parts(words: list[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for word in [*words, "|"]:
        if word in {"|", ">", "<"}:
            if part[:1] == ["workfront"]:
                yield part[1:]
            part = []
        else:
            part.append(word)


def typed(words: list[str]) -> None:
    """Reads the words of a command as click does, without running it. Raises click.UsageError."""
    context: click.Context | None = None
    command: click.Command | None = app
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        context = click.Context(command, parent=context, info_name="workfront")
        _, command, words = command.resolve_command(context, words)
    assert command is not None
    with contextlib.closing(command.make_context("command", words, parent=context)):
        pass


def test_a_command_on_a_page_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused: list[str] = []
    monkeypatch.chdir(tmp_path)
    for name, words in lines():
        for file in FILES.findall(shlex.join(words)):
            (tmp_path / file).touch()
        try:
            typed(list(words))
        except click.UsageError as error:
            refused.append(f"{name}: workfront {shlex.join(words)}: {error.format_message()}")
        except click.exceptions.Exit as done:  # --help and --version say what they say
            refused += [f"{name}: {words} ends with {done.exit_code}"] if done.exit_code else []
    assert not refused


def test_pages_show_most_commands() -> None:
    shown = {words[0] for _, words in lines() if words}
    assert set(COMMANDS) - shown <= {"help", "logout", "events", "mcp"}  # these are written out in prose


def test_a_command_that_cannot_be_typed_is_noticed() -> None:
    with pytest.raises(click.UsageError):
        typed(["search", "task", "--no-such-option"])
    with pytest.raises(click.UsageError):
        typed(["no-such-command"])
