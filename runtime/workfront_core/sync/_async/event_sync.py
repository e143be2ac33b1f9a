"""Tables that follow events within seconds, and runs that mend what events did not tell."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from workfront_core.arguments import checked_callable, checked_number, described
from workfront_core.errors.kinds import QueryError
from workfront_core.events.given import checked_consumer
from workfront_core.events.inbox import Inbox
from workfront_core.events.subscription import Subscription
from workfront_core.models.model import WorkfrontObject
from workfront_core.sync._async.sync import AsyncSync
from workfront_core.sync.event_step import EventStep
from workfront_core.sync.gap import Habit, Watch
from workfront_core.sync.moment import Moment
from workfront_core.sync.tables import TableResult

LOOK_EVERY: Final = 600.0
RUN_EVERY: Final = 3600.0
_MOST: Final = 2000
"""Events that are taken at a time."""
_START: Final = "nobody listened before"
_FAILED: Final = "the step before failed"
_TIME: Final = "it is time"


class AsyncSubscriptionList(Protocol):
    """Event subscriptions, as far as one needs to know how they fare: ``wf.events``."""

    async def list(self) -> list[Subscription]:
        """Returns all subscriptions."""
        ...


def _check_parts(sync: object, inbox: object, subscriptions: object) -> None:
    """Raises a QueryError where an event sync is made of other things than it needs."""
    if not isinstance(sync, AsyncSync):
        raise QueryError(f"An event sync needs a sync, not {described(sync)}.", hint="Write AsyncSync(wf, ...).")
    if not isinstance(inbox, Inbox):
        raise QueryError(f"An event sync needs an inbox, not {described(inbox)}.", hint="Write Inbox(path).")
    if subscriptions is not None and not callable(getattr(subscriptions, "list", None)):
        raise QueryError(
            f"subscriptions takes what lists them, not {described(subscriptions)}.", hint="Write wf.events."
        )


class AsyncEventSync:
    """Keeps the tables of a sync near the moment: events name rows, which are read again by their ID.

    Nothing of an event becomes a row. Events may be missing, so a run over what changed comes at the start; where a
    subscription is disabled, frozen, not there or made anew; where one is silent for much longer than it usually is;
    after a step that failed; and from time to time. So the promises of the sync hold whatever becomes of the events.

    Args:
        sync: the tables.
        inbox: where a receiver stores the events.
        subscriptions: ``wf.events``, whose health is looked at; ``None`` where the user may not see them.
        consumer: under which name the position in the inbox is kept.
        look_every: seconds between two looks at the subscriptions.
        run_every: seconds after which a run comes in any case.
        clock: seconds, ever growing.

    Raises:
        QueryError: a time is not above zero, or something is of another kind.
    """

    def __init__(
        self,
        sync: AsyncSync,
        inbox: Inbox,
        subscriptions: AsyncSubscriptionList | None = None,
        *,
        consumer: str = "sync",
        look_every: float = LOOK_EVERY,
        run_every: float = RUN_EVERY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        _check_parts(sync, inbox, subscriptions)
        checked_consumer(consumer)
        checked_callable(clock, "clock=")
        if checked_number(look_every, "look_every=") <= 0 or checked_number(run_every, "run_every=") <= 0:
            raise QueryError(f"look_every={look_every}, run_every={run_every}: these are seconds above zero.")
        self._sync = sync
        self._inbox = inbox
        self._subscriptions = subscriptions
        self._consumer = consumer
        self._look_every, self._run_every = look_every, run_every
        self._clock = clock
        self._watch = Watch()
        self._looked: float | None = None
        self._models: dict[str, type[WorkfrontObject]] = {model.obj_code: model for model in sync.models}
        self._habits = {code: Habit(clock()) for code in self._models}
        self._due = dict.fromkeys(self._models, _START)
        self._ran = dict.fromkeys(self._models, clock())

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {', '.join(self._models)} from {self._inbox!r}>"

    async def step(self) -> EventStep:
        """Mends tables whose events may be missing, then reads the rows again that events have named since.

        Raises:
            WorkfrontError: something could not be read or written; the next step begins with a run.
        """
        try:
            return await self._step()
        except BaseException:
            self._due = dict.fromkeys(self._models, _FAILED) | self._due
            raise

    async def _step(self) -> EventStep:
        await self._look()
        due = dict(self._due)
        moment = await self._sync.moment() if due else None
        tables = await self._mend(due, moment)
        number = 0
        named: dict[str, dict[str, None]] = {}
        place = None
        async for event in self._inbox.events(None, consumer=self._consumer, wait=False):
            number, place = number + 1, event
            named.setdefault(event.obj_code.upper(), {})[event.object_id] = None
            if number == _MOST:
                break
        for code in named.keys() & self._models.keys():
            self._habits[code].heard(self._clock())
            moment = moment or await self._sync.moment()
            done = await self._sync.refresh(self._models[code], list(named[code]), at=moment)
            tables[done.table] = done
        if place is not None:
            place.ack()
        gaps = {self._sync.models[self._models[code]].name: reason for code, reason in due.items()}
        return EventStep(gaps, number, tables)

    async def _look(self) -> None:
        """Notes which tables have to be mended by a run, and why."""
        now = self._clock()
        for code, habit in self._habits.items():
            if habit.is_broken(now):
                self._due.setdefault(code, "there were no events for longer than usual")
            if now - self._ran[code] >= self._run_every:
                self._due.setdefault(code, _TIME)
        if self._subscriptions is None or (self._looked is not None and now - self._looked < self._look_every):
            return
        for code, reason in self._watch.gaps(self._models, await self._subscriptions.list()):
            self._due.setdefault(code, reason)
        self._looked = now

    async def _mend(self, due: Mapping[str, str], moment: Moment | None) -> dict[str, TableResult]:
        if not due:
            return {}
        result = await self._sync.run(*(self._models[code] for code in due), now=True, at=moment)
        for code in due:
            del self._due[code]
            self._ran[code] = self._clock()
        return dict(result.tables)
