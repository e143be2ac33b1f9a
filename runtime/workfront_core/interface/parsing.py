"""What a version's ``parse`` is made of."""

from __future__ import annotations

from workfront_core.query.condition import FilterCondition
from workfront_core.query.language.parsing import parse_for

__all__ = ["FilterCondition", "parse_for"]
