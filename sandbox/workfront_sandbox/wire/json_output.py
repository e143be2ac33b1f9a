"""JSON as the API writes it: pure ASCII, with slashes and less-than signs escaped. docs/protocol.md 5.3."""

from __future__ import annotations

import json
from typing import Any


def dumps(value: Any) -> bytes:
    """Returns ``value`` as the bytes of a response body.

    Slash and less-than occur in strings only, so replacing them in the finished text touches nothing else.
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("/", "\\/").replace("<", "\\u003c").replace("\x7f", "\\u007f").encode("ascii")
