"""JSON as Adobe's guide prints it in addresses: with bare names and single quotes. docs/protocol.md 3.1."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(
    r"""(?P<double>"(?:[^"\\]|\\.)*") | '(?P<single>(?:[^'\\]|\\.)*)' | (?P<bare>[A-Za-z_]\w*)(?=\s*:)""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_QUOTE: Final = re.compile(r"""\\.|\"""", re.DOTALL)


def as_plain_json(text: str) -> str:
    """Returns a text with its names and texts in double quotes; what is not JSON then was not JSON before."""
    return _TOKEN.sub(_quoted, text)


def _quoted(found: re.Match[str]) -> str:
    if found["double"] is not None:
        return found["double"]
    return f'"{found["bare"]}"' if found["bare"] is not None else f'"{_QUOTE.sub(_escaped, found["single"])}"'


def _escaped(found: re.Match[str]) -> str:
    return {'"': '\\"', "\\'": "'"}.get(found[0], found[0])
