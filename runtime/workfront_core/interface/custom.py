"""What generated views of custom fields are made of."""

from __future__ import annotations

from workfront_core.models.custom_row import CustomRow
from workfront_core.values.custom_field import custom_field
from workfront_core.values.datetimes import Json
from workfront_core.values.linked import Linked
from workfront_core.values.rich_text.rich_text import RichText
from workfront_core.values.sequences import SequenceNotStr

__all__ = ["CustomRow", "Json", "Linked", "RichText", "SequenceNotStr", "custom_field"]
