"""Rows that a batch reads and writes."""

from __future__ import annotations

from typing import Any

ID = "4c78821c0000d6fa8d5e52f07a1d54d0"


def held(number: int = 3) -> dict[str, dict[str, Any]]:
    return {f"{index:032x}": {"ID": f"{index:032x}", "name": f"t{index}"} for index in range(number)}
