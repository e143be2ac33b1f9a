"""Event subscriptions of a customer, managed by a client: ``wf.events`` (docs/protocol.md 13.1)."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from workfront_core.errors.frames import HidesCalls
from workfront_core.errors.kinds import Conflict, NotFound, QueryError
from workfront_core.events import requests
from workfront_core.events.subscription import EventType, Subscription, SubscriptionVersion
from workfront_core.request._async.flow import AsyncSends

if TYPE_CHECKING:
    from workfront_core.models.model import WorkfrontObject
    from workfront_core.query.condition import FilterCondition

M = TypeVar("M", bound="WorkfrontObject")


class AsyncEvents(HidesCalls):
    """The event subscriptions of a customer; only system administrators may use them."""

    def __init__(self, client: AsyncSends, /) -> None:
        self._client = client

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._client!r})"

    async def ensure(
        self,
        model: type[M],
        event_type: EventType,
        /,
        *,
        url: str,
        token: str,
        filters: FilterCondition[M] | Iterable[FilterCondition[M]] | None = None,
        object_id: str | None = None,
        base64: bool = False,
        version: SubscriptionVersion | None = None,
        replace_others: bool = False,
    ) -> Subscription:
        """Returns the subscription to these events at this address; it is made where there is none.

        Args:
            model: the object, such as ``Task``.
            event_type: ``"CREATE"``, ``"UPDATE"`` or ``"DELETE"``.
            url: where messages are posted; https outside of tests.
            token: what every message carries as ``Authorization: Bearer``, below 255 characters.
            filters: conditions that an event must meet, such as ``Task.f.status.changed()``; several are joined by AND.
            object_id: the one object to hear of.
            base64: whether states travel as base64, for networks that refuse some characters.
            version: the form of messages; that of an existing subscription is changed.
            replace_others: whether one that differs by its token alone is ended once the new one is there.

        Raises:
            QueryError: the service could not send such events, or there is the same subscription with another token.
            PermissionDenied: the user is not a system administrator.
        """
        wanted = requests.wanted(model, event_type, url, token, filters, object_id, base64)
        alike = [other for other in await self.list() if wanted.is_like(other)]
        found = next((other for other in alike if other.has_token(token)), None)
        if found is None:
            if alike and not replace_others:
                raise _other_token(alike[0])
            found = await self._made(wanted)
            for other in alike:
                await self._ended(other)
        return await self._with_version(found, version)

    async def create(
        self,
        model: type[M],
        event_type: EventType,
        /,
        *,
        url: str,
        token: str,
        filters: FilterCondition[M] | Iterable[FilterCondition[M]] | None = None,
        object_id: str | None = None,
        base64: bool = False,
    ) -> Subscription:
        """Makes a subscription; see `ensure` for the arguments, and take that unless a second one is meant.

        Raises:
            Conflict: there is the same one already.
        """
        wanted = requests.wanted(model, event_type, url, token, filters, object_id, base64)
        return await self._client.send(requests.create(wanted))

    async def list(self) -> builtins.list[Subscription]:
        """Returns all subscriptions of the customer, with how their messages fare.

        Raises:
            PermissionDenied: the user is not a system administrator.
        """
        found, count = await self._client.send(requests.page(1))
        for number in range(2, count + 1):
            found += (await self._client.send(requests.page(number))).subscriptions
        return found

    async def get(self, subscription_id: str, /) -> Subscription:
        """Returns the subscription of this ID.

        Raises:
            NotFound: there is none.
        """
        return await self._client.send(requests.one(subscription_id))

    async def delete(self, subscription: str | Subscription, /) -> None:
        """Ends a subscription.

        Raises:
            NotFound: there is none of this ID.
        """
        subscription_id = subscription.id if isinstance(subscription, Subscription) else subscription
        await self._client.send(requests.delete(subscription_id))

    async def set_version(
        self, version: SubscriptionVersion, /, subscriptions: Iterable[str | Subscription] | None = None
    ) -> builtins.list[str]:
        """Changes the form of the messages; for five minutes every message then comes in both (docs/protocol.md 13.3).

        Args:
            version: ``"v1"`` or ``"v2"``.
            subscriptions: which ones; every one of the customer unless given.

        Returns:
            The IDs of the subscriptions that were changed.

        Raises:
            QueryError: no such form, or ``subscriptions`` is no list of IDs; nothing was sent.
            NotFound: there is no subscription of one of the IDs.
        """
        if isinstance(subscriptions, str | Subscription):
            raise QueryError("subscriptions= takes a list.", hint=f"Write [{subscriptions!r:.80}].")
        ids = None
        if subscriptions is not None:
            ids = [one.id if isinstance(one, Subscription) else one for one in subscriptions]
            if not ids:
                return []
        return await self._client.send(requests.set_version(ids, version))

    async def health(self) -> builtins.list[Subscription]:
        """Returns the subscriptions whose messages do not arrive: frozen ones first, then disabled, then failing ones.

        A disabled one is tried every ten minutes and heals by itself, a frozen one has to be made anew
        (docs/protocol.md 13.4).

        Raises:
            PermissionDenied: the user is not a system administrator.
        """
        order = ("frozen", "disabled", "failing")
        ill = [one for one in await self.list() if one.health.state in order]
        return sorted(ill, key=lambda one: order.index(one.health.state))

    async def _made(self, wanted: requests.Wanted) -> Subscription:
        """Returns a new subscription, or the one that somebody else made meanwhile."""
        try:
            return await self._client.send(requests.create(wanted))
        except Conflict:
            found = next((other for other in await self.list() if wanted.is_like(other)), None)
            if found is None:
                raise
            return found

    async def _ended(self, subscription: Subscription) -> None:
        try:
            await self._client.send(requests.delete(subscription.id))
        except NotFound:
            return

    async def _with_version(self, subscription: Subscription, version: SubscriptionVersion | None) -> Subscription:
        if version is None or subscription.version == version:
            return subscription
        await self._client.send(requests.set_version([subscription.id], version))
        return replace(subscription, version=version)


def _other_token(other: Subscription) -> QueryError:
    return QueryError(
        f"Subscription {other.id} sends the same events to the same address with another token, which ends in "
        f"{other.auth_token.lstrip('*') or '...'}.",
        hint="Give its token, or replace_others=True to end it once the new one is there.",
    )
