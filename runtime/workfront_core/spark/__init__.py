"""Rows as Spark data frames and streams (docs/spark.md). Everything is imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workfront_core.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from workfront_core.spark.source import WorkfrontSource as WorkfrontSource

__all__ = ["WorkfrontSource"]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy_exports(__name__, {"WorkfrontSource": "source"})
