"""How many rows a page holds where nobody says."""

from __future__ import annotations

from typing import Final

DEFAULT_PAGE: Final = 200
