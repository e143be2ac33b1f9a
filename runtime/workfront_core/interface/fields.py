"""What generated modules of wire names are made of."""

from __future__ import annotations

from workfront_core.query.field_enums import field_enums

__all__ = ["field_enums"]
