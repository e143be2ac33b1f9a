"""What fields hold: dates, amounts, codes, durations, rich text."""

from typing import TYPE_CHECKING

from workfront_core.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from workfront_core.values.approval_status import base_status as base_status
    from workfront_core.values.approval_status import is_pending as is_pending
    from workfront_core.values.approval_status import pending as pending
    from workfront_core.values.durations import WorkingTime as WorkingTime
    from workfront_core.values.durations import from_minutes as from_minutes
    from workfront_core.values.durations import is_elapsed as is_elapsed
    from workfront_core.values.durations import to_minutes as to_minutes
    from workfront_core.values.durations import to_timedelta as to_timedelta
    from workfront_core.values.durations import to_whole_minutes as to_whole_minutes
    from workfront_core.values.durations import work_hours as work_hours
    from workfront_core.values.durations import work_minutes as work_minutes
    from workfront_core.values.money import Money as Money
    from workfront_core.values.rich_text.rich_text import RichText as RichText

__all__ = [
    "Money",
    "RichText",
    "WorkingTime",
    "base_status",
    "from_minutes",
    "is_elapsed",
    "is_pending",
    "pending",
    "to_minutes",
    "to_timedelta",
    "to_whole_minutes",
    "work_hours",
    "work_minutes",
]

if not TYPE_CHECKING:  # a checker must not take an unknown name for a lazy one
    __getattr__, __dir__ = lazy_exports(
        __name__,
        {
            "Money": "money",
            "RichText": "rich_text.rich_text",
            "WorkingTime": "durations",
            "base_status": "approval_status",
            "from_minutes": "durations",
            "is_elapsed": "durations",
            "is_pending": "approval_status",
            "pending": "approval_status",
            "to_minutes": "durations",
            "to_timedelta": "durations",
            "to_whole_minutes": "durations",
            "work_hours": "durations",
            "work_minutes": "durations",
        },
    )
