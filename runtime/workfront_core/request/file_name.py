"""Names that files from a server get in a folder: safe on every system, and nobody else's.

What is safe everywhere is what Windows, the strictest, takes:
https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
"""

from __future__ import annotations

import os
import re
import unicodedata
from itertools import count
from pathlib import Path
from typing import Final

MAX_BYTES: Final = 255
"""Bytes that a name may have in UTF-8; common file systems take no longer one."""

_UNSAFE: Final = re.compile(
    r'[/\\:*?"<>|\x00-\x1f\x7f-\x9f'  # separators, wildcards and streams of Windows; control characters
    r"\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"  # what turns the reading order, breaks a line, is no text
)
_ENDS: Final = " .\t\u00a0\u3000\ufeff"
"""What no name begins or ends with: Windows drops it from the end, a dot in front hides the file elsewhere."""

_DEVICE: Final = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
_EXTENSION: Final = re.compile(r"(\.tar)?\.[^\s.]{1,20}$", re.IGNORECASE)


def safe_file_name(name: str) -> str:
    """Returns a name without anything that could lead out of a folder or that some system refuses, 255 bytes long.

    The extension stays. The result is empty where nothing is left.
    """
    safe = _UNSAFE.sub("_", name).strip(_ENDS)
    return numbered(f"_{safe}" if _DEVICE.match(safe) else safe, 1)


def numbered(name: str, number: int) -> str:
    """Returns the name of the so many-th file of a name: ``brief.docx``, ``brief (2).docx``; at most 255 bytes."""
    extension = found.group() if (found := _EXTENSION.search(name)) and found.start() else ""
    end = f" ({number}){extension}" if number > 1 else extension
    whole = name.removesuffix(extension)
    stem = whole.encode()[: MAX_BYTES - len(end.encode())].decode(errors="ignore")
    return f"{stem if stem == whole else stem.rstrip(_ENDS)}{end}"


def move_to_free_name(part: Path, wanted: Path) -> Path:
    """Gives a file a name that is free in its folder, ``wanted`` or one like it; returns the path.

    Names that differ in case alone count as the same, so that the folder can go to any system. Nothing is replaced,
    whatever other threads and processes do meanwhile.

    Raises:
        OSError: the folder cannot be written.
    """
    taken = _names_in(wanted.parent)
    paths = (wanted.with_name(numbered(wanted.name, number)) for number in count(1))
    return next(path for path in paths if _folded(path.name) not in taken and _moved(part, path))


def _moved(part: Path, path: Path) -> bool:
    """Moves a file in one step, or leaves it where the name is taken."""
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        return _moved_to_reserved(part, path)
    part.unlink()
    return True


def _moved_to_reserved(part: Path, path: Path) -> bool:
    """Moves a file in two steps: an empty file takes the name, where it is free, and is then replaced."""
    try:
        path.open("xb").close()
    except FileExistsError:
        return False
    try:
        part.replace(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return True


def _names_in(folder: Path) -> frozenset[str]:
    try:
        return frozenset(_folded(path.name) for path in folder.iterdir())
    except PermissionError:  # it may be written and not read: what has a name is then found out by taking it
        return frozenset()


def _folded(name: str) -> str:
    """Returns a name as a file system sees it that knows neither case nor spellings of one character."""
    return unicodedata.normalize("NFC", name).casefold()
