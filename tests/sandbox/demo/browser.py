"""A real browser without a window: pages as pictures, and as they are after their scripts ran."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.waiting import PATIENCE

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
)
_STARTS = 3
_LINES = 240
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def installed() -> str | None:
    """The browser's program, or None."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@dataclass(frozen=True)
class Browser:
    """A browser with a profile of its own."""

    program: str
    profile: Path

    def picture(self, url: str, target: Path, *flags: str, size: tuple[int, int] = (1280, 1400)) -> Picture:
        """The page as PNG."""
        target.parent.mkdir(parents=True, exist_ok=True)
        self._run(f"--window-size={size[0]},{size[1]}", f"--screenshot={target}", *flags, url)
        return read_png(target)

    def document(self, url: str, *flags: str, after: int = 0) -> str:
        """The markup of the page, ``after`` milliseconds of its own time."""
        return self._run("--dump-dom", *([f"--virtual-time-budget={after}"] if after else []), *flags, url)

    def _run(self, *arguments: str) -> str:
        """A browser without a window hangs at times on a busy machine; it is then begun again, with a new profile."""
        for number in range(1, _STARTS + 1):
            command = [self.program, *_FLAGS, f"--user-data-dir={self.profile}-{number}", *arguments]
            with suppress(subprocess.TimeoutExpired):
                return subprocess.run(
                    command, capture_output=True, text=True, timeout=PATIENCE / _STARTS, check=True
                ).stdout
        raise AssertionError(f"{self.program} hung {_STARTS} times: {arguments}")


@dataclass(frozen=True)
class Picture:
    """Size of a picture, and the colours of the pixels of its upper part, by how often they occur."""

    width: int
    height: int
    colours: Counter[tuple[int, int, int]]

    @property
    def brightness(self) -> float:
        """From 0 (black) to 255."""
        total = sum(sum(colour) / 3 * count for colour, count in self.colours.items())
        return total / self.colours.total()


def read_png(path: Path) -> Picture:
    """The picture in a file of 8 bit RGB or RGBA, as browsers write it."""
    data = path.read_bytes()
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    assert (depth, kind) in {(8, 2), (8, 6)}
    step = 3 if kind == 2 else 4
    return Picture(width, height, _colours(zlib.decompress(_pixels(data)), width, min(height, _LINES), step))


def _pixels(data: bytes) -> bytes:
    at, found = 8, bytearray()
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            found += data[at + 8 : at + 8 + length]
        at += 12 + length
    return bytes(found)


def _colours(raw: bytes, width: int, lines: int, step: int) -> Counter[tuple[int, int, int]]:
    """Undoes the filters of PNG line by line (https://www.w3.org/TR/png-3/#9Filters)."""
    colours: Counter[tuple[int, int, int]] = Counter()
    above = bytearray(width * step)
    for row in range(lines):
        start = row * (width * step + 1)
        line = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + width * step]), above, step)
        colours.update(zip(line[::step], line[1::step], line[2::step], strict=True))
        above = line
    return colours


def _unfiltered(method: int, line: bytearray, above: bytearray, step: int) -> bytearray:
    for at in range(len(line)) if method else ():
        left = line[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        guess = (0, left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))[method]
        line[at] = (line[at] + guess) & 255
    return line


def _paeth(left: int, above: int, corner: int) -> int:
    near = left + above - corner
    return min((left, above, corner), key=lambda value: abs(near - value))
