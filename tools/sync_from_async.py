"""Writes each ``_sync`` folder of the engine from the ``_async`` folder beside it, so that nobody writes code twice.

``python -m tools.sync_from_async`` writes the files, with ``--check`` it only says whether they are as they should be.

A name of the asynchronous side begins with ``Async`` or ``async_``; its twin is the name without. Docstrings are
converted with the code: a text that must differ between the two sides says both.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from unasync import Rule, unasync_files  # type: ignore[import-untyped]

ROOT: Final = Path(__file__).resolve().parent.parent
ENGINE: Final = ROOT / "runtime" / "workfront_core"
SOURCE: Final = "_async"
TARGET: Final = "_sync"

_HEADER: Final = "# Generated from ../_async/{name} by `python -m tools.sync_from_async`. Not to be edited.\n"
_IRREGULAR: Final = {"_async": "_sync", "AsyncClient": "SyncClient", "aclosing": "closing", "aclose": "close"}
"""Names whose other form is not the name without its prefix."""

_TWIN: Final = re.compile(r"\b(?:Async[A-Z]\w*|async_\w+)")
_PROSE: Final = (
    (re.compile(r"\ban (`*)async (?=for\b|with\b)"), r"a \1"),
    (re.compile(r"\basync (?=for\b|with\b)"), ""),
    (re.compile(r"\basync (?=def\b)"), ""),
    (re.compile(r"\bawait "), ""),
    (re.compile(r"\basyncio\.run\((.*)\)$", re.MULTILINE), r"\1"),
    (re.compile(r"^ *>>> import asyncio\n", re.MULTILINE), ""),
    (re.compile(r"\bAwaitable\[(\w+)\]"), r"\1"),
)
_OWN: Final = 'lint.isort.known-first-party = ["workfront_core"]'
"""Without it, modules that are about to be written would count as somebody else's."""
_TIDY: Final = ("check", "--quiet", "--select", "I,F401", "--fix", "--config", _OWN)


def generated(engine: Path = ENGINE) -> dict[Path, str]:
    """Returns the text of every file that belongs into a ``_sync`` folder, by its path."""
    sources = sorted(engine.glob(f"*/{SOURCE}/*.py"))
    names = _replacements(path.read_text("utf-8") for path in sources)
    with tempfile.TemporaryDirectory() as folder:
        copies = [_copied(path, Path(folder) / path.relative_to(engine)) for path in sources]
        unasync_files([str(path) for path in copies], [Rule(f"/{SOURCE}/", f"/{TARGET}/", names)])
        converted = [_twin_path(path).read_text("utf-8") for path in copies]
    targets = [_twin_path(path) for path in sources]
    return {path: _finished(path, text) for path, text in zip(targets, converted, strict=True)}


def in_prose(text: str) -> str:
    """Returns a docstring of the asynchronous side as the synchronous side says it."""
    for pattern, replacement in _PROSE:
        text = pattern.sub(replacement, text)
    return _TWIN.sub(lambda found: twin_name(found[0]), text)


def twin_name(name: str) -> str:
    """Returns what a name of the asynchronous side is called on the synchronous side."""
    return _IRREGULAR.get(name, name.removeprefix("Async").removeprefix("async_"))


def stale(files: Mapping[Path, str], engine: Path = ENGINE) -> list[Path]:
    """Returns the paths that are missing, differ from their source, or have no source any more."""
    present = {path: path.read_text("utf-8") for path in engine.glob(f"*/{TARGET}/*.py")}
    return sorted(path for path in {*files, *present} if files.get(path) != present.get(path))


def write(files: Mapping[Path, str], engine: Path = ENGINE) -> None:
    """Writes the files and removes what has no source any more."""
    for path in stale(files, engine):
        if path in files:
            path.parent.mkdir(exist_ok=True)
            path.write_text(files[path], "utf-8")
        else:
            path.unlink()


def main() -> int:
    """Writes or checks the files; returns 1 where a check finds one that is not as it should be."""
    parser = argparse.ArgumentParser(description="Write the synchronous side of the engine from the asynchronous one.")
    parser.add_argument("--check", action="store_true", help="write nothing, fail if a file would change")
    options = parser.parse_args()
    files = generated()
    if not options.check:
        write(files)
        return 0
    wrong = [str(path.relative_to(ROOT)) for path in stale(files)]
    if wrong:
        sys.stderr.write(f"Not as _async says: {', '.join(wrong)}. Run: python -m tools.sync_from_async\n")
    return bool(wrong)


def _replacements(texts: Iterable[str]) -> dict[str, str]:
    found = {name for text in texts for name in _TWIN.findall(text)}
    return {**_IRREGULAR, **{name: twin_name(name) for name in found}}


def _twin_path(path: Path) -> Path:
    return path.parent.parent / TARGET / path.name


def _copied(path: Path, copy: Path) -> Path:
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(path.read_text("utf-8"), "utf-8")
    return copy


def _finished(path: Path, text: str) -> str:
    text = _HEADER.format(name=path.name) + in_prose(text)
    return _ruff(_ruff(text, *_TIDY, path=path), "format", path=path)


def _ruff(text: str, *command: str, path: Path) -> str:
    """Returns the text as ruff writes it, by the settings that hold for ``path``."""
    arguments = [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(path), "-"]
    return subprocess.run(arguments, input=text, capture_output=True, text=True, check=True, cwd=ROOT).stdout


if __name__ == "__main__":
    raise SystemExit(main())
