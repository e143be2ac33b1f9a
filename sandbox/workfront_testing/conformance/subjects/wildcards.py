"""Wildcards of time. docs/protocol.md 9. Rows near the edge do not count: whose midnight it is, nobody tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from workfront_testing.conformance.check import Check, Mark, Observed, Test
from workfront_testing.conformance.expect import same_count
from workfront_testing.conformance.values import read_datetime

_EDGE: Final = timedelta(days=2)
_FIELD: Final = "plannedCompletionDate"
_Pick = Callable[[datetime], bool]


def _rows(wildcard: str, operator: str) -> tuple[str, str]:
    """Returns a filter by a wildcard, and all of the rows that it is about."""
    every = f"task/search?fields={_FIELD}&{_FIELD}=&{_FIELD}_Mod=notnull&ID_Sort=asc&$$LIMIT=2000"
    return every.replace(f"{_FIELD}=&{_FIELD}_Mod=notnull", f"{_FIELD}={wildcard}&{_FIELD}_Mod={operator}"), every


def _parts(days: float, *, before: bool) -> Test:
    """Returns a test: the rows are those before or after a moment, apart from those near to it; there are both."""

    def passes(seen: Observed) -> bool:
        edge = datetime.now(UTC) + timedelta(days=days)
        chosen = set(seen.answer.ids)
        clear = {
            str(r["ID"]): found
            for r in seen.answers[1].rows
            if (found := read_datetime(r[_FIELD])) and abs(found - edge) > _EDGE
        }
        wanted = {one for one, at in clear.items() if (at < edge) is before}
        return bool(chosen) and 0 < len(wanted) < len(clear) and chosen & set(clear) == wanted

    return passes


def _before(rule: str, wildcard: str, days: float, mark: Mark = Mark.DOC) -> Check:
    """Returns a check that a wildcard stands for a moment so many days from now."""
    return Check(rule, mark, "9", _rows(wildcard, "lt"), _parts(days, before=True))


CHECKS: Final = (
    _before("$$NOW is now.", "$$NOW", 0),
    _before("$$TODAY is today's midnight.", "$$TODAY", 0),
    Check("gte with $$TODAY selects what is to come.", Mark.DOC, "9", _rows("$$TODAY", "gte"), _parts(0, before=False)),
    _before("$$TODAY-7d is seven days ago.", "$$TODAY-7d", -7),
    _before("$$TODAY+7d is in seven days.", "$$TODAY+7d", 7),
    _before("$$TODAY-2w is two weeks ago.", "$$TODAY-2w", -14),
    _before("$$TODAY+2w is in two weeks.", "$$TODAY+2w", 14),
    _before("$$NOW-48h is two days ago.", "$$NOW-48h", -2),
    _before("$$TODAY-1m is a month ago.", "$$TODAY-1m", -30.5),
    _before("$$TODAY+1m is in a month.", "$$TODAY+1m", 30.5),
    Check(
        "$$TODAYb is the beginning of today.",
        Mark.CONFLICT,
        "9",
        (f"task/count?{_FIELD}=$$TODAYb&{_FIELD}_Mod=lt", f"task/count?{_FIELD}=$$TODAY&{_FIELD}_Mod=lt"),
        same_count,
    ),
    Check(
        "$$TODAYe is the beginning of tomorrow.",
        Mark.CONFLICT,
        "9",
        (f"task/count?{_FIELD}=$$TODAYe&{_FIELD}_Mod=lt", f"task/count?{_FIELD}=$$TODAY+1d&{_FIELD}_Mod=lt"),
        same_count,
    ),
    Check(
        "One week is seven days.",
        Mark.DOC,
        "9",
        (f"task/count?{_FIELD}=$$TODAY-1w&{_FIELD}_Mod=lt", f"task/count?{_FIELD}=$$TODAY-7d&{_FIELD}_Mod=lt"),
        same_count,
    ),
    Check(
        "One quarter is three months.",
        Mark.DOC,
        "9",
        (f"task/count?{_FIELD}=$$TODAY+1q&{_FIELD}_Mod=lt", f"task/count?{_FIELD}=$$TODAY+3m&{_FIELD}_Mod=lt"),
        same_count,
    ),
    Check(
        "One year is twelve months.",
        Mark.DOC,
        "9",
        (f"task/count?{_FIELD}=$$TODAY+1y&{_FIELD}_Mod=lt", f"task/count?{_FIELD}=$$TODAY+12m&{_FIELD}_Mod=lt"),
        same_count,
    ),
    Check(
        "+0d is today.",
        Mark.INFERRED,
        "9",
        (f"task/count?{_FIELD}=$$TODAY+0d&{_FIELD}_Mod=lt", f"task/count?{_FIELD}=$$TODAY&{_FIELD}_Mod=lt"),
        same_count,
    ),
    Check(
        "The unit may follow b directly: $$TODAYbm is the first of the month.",
        Mark.SEEN,
        "9",
        (f"task/count?{_FIELD}=$$TODAYbm&{_FIELD}_Mod=lt", f"task/count?{_FIELD}=$$TODAYb+0m&{_FIELD}_Mod=lt"),
        same_count,
    ),
    Check(
        "The unit may follow b directly: $$TODAYbw is Sunday.",
        Mark.SEEN,
        "9",
        (f"task/count?{_FIELD}=$$TODAYbw&{_FIELD}_Mod=lt", f"task/count?{_FIELD}=$$TODAYb+0w&{_FIELD}_Mod=lt"),
        same_count,
    ),
    Check(
        "The end of last week is the beginning of this one.",
        Mark.DOC,
        "9",
        (f"task/count?{_FIELD}=$$TODAYe-1w&{_FIELD}_Mod=lt", f"task/count?{_FIELD}=$$TODAYb+0w&{_FIELD}_Mod=lt"),
        same_count,
    ),
)
