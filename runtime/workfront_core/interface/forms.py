"""What generated custom forms are made of."""

from __future__ import annotations

from workfront_core.operations.custom_form import CustomForm

__all__ = ["CustomForm"]
