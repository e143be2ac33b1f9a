"""How far a transfer is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

TransferProgress: TypeAlias = Callable[[int, int | None], None]
"""Called after each piece of a file with the bytes done and the bytes in all, ``None`` where nobody knows.

An exception it raises ends the transfer.
"""
