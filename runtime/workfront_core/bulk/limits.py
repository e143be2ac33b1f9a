"""How much one bulk call carries."""

from __future__ import annotations

from typing import Final

MAX_ROWS: Final = 100
"""Rows the API takes in one bulk call, docs/protocol.md 11.5."""

MAX_BYTES: Final = 1_000_000
"""Bytes of rows in one call. The API names no limit; common gateways take bodies of this size."""
