"""Runs a page as a reader would: its commands and its Python from top to bottom, against the demo tenant.

A block of ``console`` holds commands after ``$`` and what they print; one of ``python`` may be followed by one of
``text`` with what it prints. Three dots stand for anything, on a line of their own for any number of lines. What
``$ cat FILE`` shows is written into that file unless it is there. A command that ends with another code than 0 has
``<!-- exit 2 -->`` above its block.

``python -m tests.support.page_runner PAGE`` prints what each block printed.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from unittest import mock

import click.testing
from click.testing import CliRunner

from tests.support.places import DOCS
from workfront_cli.lazy_group import app
from workfront_client.v22 import Workfront
from workfront_sandbox import Clock, Sandbox, demo
from workfront_testing.live_server import listening

NOW: Final = datetime(2027, 5, 12, 10, 30, tzinfo=UTC)
"""A Wednesday; everything on the pages happens on it."""

BLOCK: Final = re.compile(
    r"(?:<!-- exit (?P<code>\d+) -->\n)?^```(?P<kind>console|python)\n(?P<source>.*?)^```$"
    r"(?:\n\n```text\n(?P<said>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)
_TERMINAL: Final = {"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1", "TZ": "UTC"}


@dataclass(frozen=True)
class Example:
    """A block of a page: its number, what is run, what the page says it prints."""

    number: int
    kind: str
    source: str
    said: str
    code: int


@dataclass
class Reader:
    """Somebody at a terminal in an empty folder, connected to the demo tenant; keeps the names of Python blocks."""

    folder: Path
    url: str
    names: dict[str, Any] = field(default_factory=dict[str, Any])
    clients: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    """Closed at the end: programs on pages leave that to the end of the process."""

    def does(self, example: Example) -> Iterator[tuple[str, str, str]]:
        """Runs a block; yields what is run, what it should print and what it printed, part by part."""
        if example.kind == "python":
            yield example.source, example.said, self._python(example)
            return
        for line, said in commands(example.source):
            yield line, said, self._command(line, said, example.code)

    def _python(self, example: Example) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(example.source, f"<block {example.number}>", "exec"), self.names)  # noqa: S102
        if isinstance(wf := self.names.get("wf"), Workfront):
            self.clients.callback(wf.close)
        return printed.getvalue()

    def _command(self, line: str, said: str, code: int) -> str:
        words = shlex.split(line, comments=True)
        if words[0] == "cat":
            path = self.folder / words[1]
            if not path.exists():
                path.write_text(said, encoding="utf-8")
            return path.read_text(encoding="utf-8")
        piped, output = "", ""
        parts = [list(part) for part in _parts(words)]
        for place, (name, *arguments) in enumerate(parts):
            assert name == "workfront", f"{name} is not run here"
            result = CliRunner().invoke(app, arguments, env=_TERMINAL, input=piped)
            piped = result.stdout
            output += result.output if place == len(parts) - 1 else result.stderr
            wanted = code if place == len(parts) - 1 else 0
            assert result.exit_code == wanted, f"{line}\nends with {result.exit_code}\n{result.output}"
        return output


def _parts(words: list[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for word in words:
        if word == "|":
            yield part
            part = []
        else:
            part.append(word)
    yield part


def examples(page: str) -> list[Example]:
    """The blocks of a page of docs/, in order."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return [
        Example(number, found["kind"], found["source"], found["said"] or "", int(found["code"] or 0))
        for number, found in enumerate(BLOCK.finditer(text), 1)
    ]


def commands(source: str) -> Iterator[tuple[str, str]]:
    """The commands of a block with what they print; a line that ends in a backslash goes on."""
    for part in re.split(r"^\$ ", source, flags=re.MULTILINE)[1:]:
        line, _, said = part.replace("\\\n", "").partition("\n")
        yield line, said


def agrees(said: str, printed: str) -> bool:
    """Whether a text is what a page shows of it; how wide columns are does not count."""
    pattern = re.escape(_narrow(said)).replace(re.escape("..."), ".*")
    return re.fullmatch(pattern, _narrow(printed), re.DOTALL) is not None


def _narrow(text: str) -> str:
    return "\n".join(re.sub(r"(?<=\S) +", " ", line.rstrip()) for line in text.strip("\n").split("\n"))


@contextlib.contextmanager
def reader(folder: Path) -> Generator[Reader]:
    """A reader of one page, with a demo tenant of their own; works in ``folder``."""
    sandbox = Sandbox(clock=Clock(NOW))
    demo.seed(sandbox)
    clean = {name: text for name, text in os.environ.items() if not name.startswith("WORKFRONT_")}
    with contextlib.chdir(folder), contextlib.closing(sandbox), listening(sandbox) as url:
        own = {"WORKFRONT_URL": url, "WORKFRONT_API_KEY": "anything", "WORKFRONT_CONFIG": str(folder / "config.toml")}
        with mock.patch.dict(os.environ, clean | own, clear=True), _at_a_terminal():
            somebody = Reader(folder, url)
            with somebody.clients:
                yield somebody


def _at_a_terminal() -> contextlib.AbstractContextManager[Any]:
    """Lets the standard output of commands be a terminal, as that of readers is."""
    stream: Any = click.testing._NamedTextIOWrapper  # noqa: SLF001
    return mock.patch.object(stream, "isatty", lambda self: self.name == "<stdout>", create=True)


def main(pages: list[str]) -> None:
    for page in pages:
        with tempfile.TemporaryDirectory() as folder, reader(Path(folder)) as somebody:
            for example in examples(page):
                for source, said, printed in somebody.does(example):
                    verdict = "as it says" if agrees(said, printed) else f"prints\n{printed.rstrip()}"
                    print(f"--- {page} {example.number}\n{source.rstrip()}\n= {verdict}")


if __name__ == "__main__":
    main(sys.argv[1:])
