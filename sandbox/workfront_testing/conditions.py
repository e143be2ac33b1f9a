"""What a sandbox under test makes hard for those who follow its rows: docs/testing.md, "Hard conditions"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final, get_args

from workfront_core.arguments import checked_choice, checked_flag, checked_text, checked_whole, described
from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_sandbox import Sandbox
from workfront_sandbox.tenant.tenant import JournalDeletions
from workfront_testing.factory import wired

_NONE: Final = timedelta()


@dataclass(frozen=True)
class Conditions:
    """What a sandbox does that a real tenant may do as well, and no documentation promises otherwise.

    Each method holds until it is called again; `restore` ends all of them.
    """

    sandbox: Sandbox

    def hide(self, model: type[WorkfrontObject], /, *ids: str, user_id: str | None = None) -> None:
        """Takes rows out of everybody's sight, or out of one user's: no stamp, no journal entry, no event.

        Raises:
            QueryError: there is no row of an ID.
        """
        for row_id in _named(ids):
            self._there(model, row_id)
            if user_id is not None:
                checked_text(user_id, "user_id=")
            self.sandbox.tenant.sight.hide(model.obj_code, row_id, user_id)

    def show(self, model: type[WorkfrontObject], /, *ids: str) -> None:
        """Brings hidden rows back into everybody's sight, without a stamp.

        Raises:
            QueryError: there is no row of an ID.
        """
        for row_id in _named(ids):
            self._there(model, row_id)
            self.sandbox.tenant.sight.show(_object(model).obj_code, checked_text(row_id, "An ID"))

    def change_quietly(self, model: type[WorkfrontObject], row_id: str, /, **values: object) -> None:
        """Changes members of a row without ``lastUpdateDate``, journal entry and event, as recalculations do.

        Raises:
            QueryError: there is no such row, or the object has no such member.
        """
        self._there(model, row_id)
        for name, value in values.items():
            self.sandbox.tenant.change_quietly(model.obj_code, row_id, wired(model, name, value))

    def stamp_ahead(self, by: timedelta) -> None:
        """Lets the clock that stamps rows, journal entries and events be ahead of the ``Date`` of answers; a negative
        time lets it be behind.
        """
        self.sandbox.clock.stamps_off = _time(by, "by=")

    def show_late(self, after: timedelta) -> None:
        """Lets changes from now on show in answers only so long after they were stamped."""
        self.sandbox.tenant.sight.visible_after = _not_negative(after, "after=")

    def answer_stale(self, by: timedelta, *, seed: int | None = None) -> None:
        """Answers reads from the rows as they were so long ago, but not longer ago than this call.

        Args:
            by: how long ago.
            seed: each answer goes back by chance, from not at all to ``by``.
        """
        if seed is not None:
            checked_whole(seed, "seed=")
        self.sandbox.tenant.sight.look_back(_not_negative(by, "by="), seed)

    def journal_deletions(self, of: JournalDeletions) -> None:
        """Says whose deletion the journal tells: of ``"all"`` objects that have one, of ``"hours"``, ``"none"``."""
        checked_choice(of, "of=", get_args(JournalDeletions))
        self.sandbox.tenant.journal_deletions = of

    def events(
        self,
        *,
        late: timedelta = _NONE,
        twice: bool = False,
        shuffled: int | None = None,
        both_versions: bool = False,
    ) -> None:
        """Says how events are sent from now on; without arguments at once, once, in the order of their changes.

        Args:
            late: how long after its change an event is sent.
            twice: whether each is sent a second time.
            shuffled: a seed, by which events that are due at once come out of order.
            both_versions: whether events come in both versions for five minutes after a change of version.
        """
        deliveries = self.sandbox.deliveries
        deliveries.late, deliveries.twice = _not_negative(late, "late="), checked_flag(twice, "twice=")
        deliveries.order = None if shuffled is None else Random(checked_whole(shuffled, "shuffled="))  # noqa: S311
        self.sandbox.subscriptions.both_versions = checked_flag(both_versions, "both_versions=")

    def stop_events(self, subscription_id: str, *, frozen: bool = False) -> None:
        """Shows a subscription as disabled, or as frozen: then nothing is sent any more.

        Raises:
            QueryError: there is no such subscription.
        """
        row = self.sandbox.subscriptions.rows.get(checked_text(subscription_id, "subscription_id"))
        if row is None:
            raise QueryError(f"The sandbox has no subscription {subscription_id}.", hint="wf.events.list() has all.")
        stopped = "frozen_at" if checked_flag(frozen, "frozen=") else "disabled_at"
        row["subscription_url"][stopped] = self.sandbox.subscriptions.stamp()
        self.sandbox.subscriptions.save()

    def restore(self) -> None:
        """Ends all conditions; rows that were hidden are seen again."""
        self.stamp_ahead(_NONE)
        self.show_late(_NONE)
        self.answer_stale(_NONE)
        self.journal_deletions("all")
        self.events()
        self.sandbox.tenant.sight.show_all()

    def _there(self, model: type[WorkfrontObject], row_id: str) -> None:
        code = _object(model).obj_code
        if self.sandbox.tenant.store.get(code, checked_text(row_id, "An ID")) is None:
            raise QueryError(f"The sandbox has no {model.__name__} {row_id}.")


def _named(ids: tuple[str, ...]) -> tuple[str, ...]:
    if not ids:
        raise QueryError("No ID is given, so no row is meant.", hint="Write hide(Task, task.id).")
    return ids


def _object(model: type[WorkfrontObject]) -> type[WorkfrontObject]:
    if not isinstance(model, type) or not issubclass(model, WorkfrontObject):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"The class of the row is needed, not {described(model)}.", hint="Write Task.")
    return model


def _time(given: timedelta, name: str) -> timedelta:
    if not isinstance(given, timedelta):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"{name[:-1]} is a time, not {described(given)}.", hint="Write timedelta(seconds=4).")
    return given


def _not_negative(given: timedelta, name: str) -> timedelta:
    if _time(given, name) < _NONE:
        raise QueryError(f"{name}{given} would be before it happened.", hint="Use a time from zero.")
    return given
