"""Actions that compute: timelines and sums of money of projects, and moments of schedules."""

from __future__ import annotations

from datetime import datetime

from workfront_sandbox.actions.arguments import needed
from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.planning.working_time import TimeRange, WorkingTime
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.writing import finance
from workfront_sandbox.writing.timeline import calculate
from workfront_sandbox.writing.working_time import working_time, write_moment


@action("PROJ", "calculateTimeline")
def calculate_timeline(request: ActionRequest) -> None:
    """Computes the dates of a project's tasks, then its own."""
    request.call.row("PROJ", request.row_id)
    calculate(request.call, request.row_id)


@action("PROJ", "calculateFinance")
def calculate_finance(request: ActionRequest) -> None:
    """Computes the hours, costs and revenue of a project and of its tasks, by the rates of now."""
    finance.calculate_finance(request.call, str(request.row["ID"]))


@action("SCHED", "getNextStartDate")
def next_start(request: ActionRequest) -> str:
    """Returns the first working moment not before a moment."""
    return write_moment(request.call, _work(request).start_from(_date(request)))


@action("SCHED", "getNextCompletionDate")
def next_completion(request: ActionRequest) -> str:
    """Returns when so many minutes of work are done that begin at a moment."""
    minutes = request.arguments.get("costInMinutes")
    return write_moment(request.call, _work(request).after(_date(request), float(minutes or 0)))


@action("SCHED", "getEarliestWorkTimeOfDay")
def earliest(request: ActionRequest) -> str | None:
    """Returns when work begins on a day, None where there is none."""
    spans = _day(request)
    return write_moment(request.call, spans[0][0]) if spans else None


@action("SCHED", "getLatestWorkTimeOfDay")
def latest(request: ActionRequest) -> str | None:
    """Returns when work ends on a day, None where there is none."""
    spans = _day(request)
    return write_moment(request.call, spans[-1][1]) if spans else None


def _work(request: ActionRequest) -> WorkingTime:
    return working_time(request.call, request.row)


def _day(request: ActionRequest) -> tuple[TimeRange, ...]:
    work = _work(request)
    return work.of_day(_date(request).astimezone(work.zone).date())


def _date(request: ActionRequest) -> datetime:
    try:
        return datetimes.parse(needed(request.arguments, "date"), request.call.tenant.clock.zone)
    except ValueError as error:
        raise invalid(str(error)[:200]) from None
