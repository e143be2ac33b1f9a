"""The calls that manage event subscriptions, as values (docs/protocol.md 13.1)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, cast

from pydantic import JsonValue

from workfront_core.errors.kinds import ProtocolError, QueryError
from workfront_core.events.event_filters import EventFilters, event_filters, uses_old_state
from workfront_core.events.subscription import (
    EVENT_TYPES,
    VERSIONS,
    Subscription,
    page_count_of,
    subscription_of,
    subscriptions_of,
)
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.condition import FilterCondition
from workfront_core.request.address import is_web_address
from workfront_core.request.request import Request
from workfront_core.values.ids import checked_id

ROOT: Final = "/attask/eventsubscription/api/v1/subscriptions"
PAGE: Final = 1000
"""Subscriptions a page, as many as the service gives."""

LONGEST_TOKEN: Final = 254


class Page(NamedTuple):
    """One page of subscriptions, and how many pages there are."""

    subscriptions: list[Subscription]
    page_count: int


class Wanted(NamedTuple):
    """A subscription as it shall be: everything but the version cannot be changed later."""

    obj_code: str
    event_type: str
    url: str
    token: str
    filters: EventFilters
    object_id: str | None
    is_base64: bool

    def is_like(self, other: Subscription) -> bool:
        """Returns whether a subscription sends the same events to the same place; tokens aside."""
        return (
            other.obj_code.upper() == self.obj_code.upper()
            and other.event_type == self.event_type
            and other.url == self.url
            and other.object_id == self.object_id
            and other.is_base64 == self.is_base64
            and _plain(other.filters) == _plain(self.filters.filters)
            and (len(self.filters.filters) < 2 or other.connector == self.filters.connector)
        )

    def made(self, subscription_id: str, version: str) -> Subscription:
        """Returns it as it is once it was made."""
        return Subscription(
            id=subscription_id,
            obj_code=self.obj_code,
            event_type=self.event_type,
            url=self.url,
            object_id=self.object_id,
            auth_token=f"****{self.token[-4:]}" if len(self.token) > 8 else "*" * len(self.token),
            filters=tuple(self.filters.filters),
            connector=self.filters.connector,
            is_base64=self.is_base64,
            version=version,
            is_new=True,
        )


def wanted(
    model: type[WorkfrontObject] | str,
    event_type: str,
    url: str,
    token: str,
    filters: FilterCondition[Any] | Iterable[FilterCondition[Any]] | None,
    object_id: str | None,
    is_base64: bool,
) -> Wanted:
    """Returns the subscription that is asked for.

    Raises:
        QueryError: it is one that the service refuses, or that could never send a message.
    """
    code = model if isinstance(model, str) else model.obj_code
    if event_type not in EVENT_TYPES:
        raise QueryError(f"event_type={event_type!r} is not known.", hint=f"Use one of {', '.join(EVENT_TYPES)}.")
    name = code if isinstance(model, str) else model.__name__
    kind = WorkfrontObject if isinstance(model, str) else model
    if isinstance(model, str) and filters is not None:
        raise QueryError("Filters need the class of the object.", hint="Write ensure(Task, ...) with a class.")
    found = event_filters(kind, filters, f"a subscription to {event_type} of {name}")
    if event_type == "CREATE" and uses_old_state(found.filters):
        raise QueryError("A CREATE has no row before, so that was() and changed() never hold.")
    id_ = None if object_id is None else checked_id(object_id)
    return Wanted(code, event_type, _checked_url(url), _checked_token(token), found, id_, is_base64)


def create(subscription: Wanted) -> Request[Subscription]:
    """Returns the call that makes a subscription."""
    body: dict[str, JsonValue] = {
        "objCode": subscription.obj_code,
        "eventType": subscription.event_type,
        "url": subscription.url,
        "authToken": subscription.token,
    }
    if subscription.object_id is not None:
        body["objId"] = subscription.object_id
    if subscription.filters.filters:
        body |= {"filters": subscription.filters.filters, "filterConnector": subscription.filters.connector}
    if subscription.is_base64:
        body["base64Encoding"] = "true"
    return Request("POST", ROOT, _Created(subscription), json=body, may_be_empty=True)


def page(number: int) -> Request[Page]:
    """Returns the call for one page of all subscriptions, counted from 1."""
    return Request("GET", ROOT, _page, (("page", str(number)), ("limit", str(PAGE))), reads=True)


def one(subscription_id: str) -> Request[Subscription]:
    """Returns the call for one subscription."""
    return Request("GET", f"{ROOT}/{_checked_uuid(subscription_id)}", _one, reads=True)


def delete(subscription_id: str) -> Request[None]:
    """Returns the call that ends a subscription."""
    return Request("DELETE", f"{ROOT}/{_checked_uuid(subscription_id)}", _nothing, may_be_empty=True)


def set_version(subscription_ids: list[str] | None, version: str) -> Request[list[str]]:
    """Returns the call that changes the form of messages; ``None`` means every subscription of the customer."""
    if version not in VERSIONS:
        raise QueryError(f"version={version!r} is not known.", hint=f"Use one of {', '.join(VERSIONS)}.")
    if subscription_ids is None:
        body: dict[str, JsonValue] = {"allCustomerSubscriptions": True, "version": version}
    else:
        body = {"subscriptionIds": [_checked_uuid(one) for one in subscription_ids], "version": version}
    return Request("PUT", f"{ROOT}/version", _Changed(subscription_ids), json=body)


class _Created:
    """Reads the ID of a new subscription: out of the body, else out of ``Location``."""

    def __init__(self, subscription: Wanted) -> None:
        self._subscription = subscription

    def __call__(self, data: object, /, *, strict: bool = False) -> Subscription:  # noqa: ARG002
        if isinstance(data, str):
            found, version = data.rstrip("/").rpartition("/")[2], "v2"
        else:
            members = _members(data)
            found, version = str(members.get("id") or ""), str(members.get("version") or "v2")
        if not found:
            raise ProtocolError("The server made a subscription, and did not tell its ID.")
        return self._subscription.made(found, version)

    def without_effect(self, _data: object, /, *, strict: bool = False) -> Subscription:  # noqa: ARG002
        """Returns what a dry run supposes."""
        return self._subscription.made(str(uuid.UUID(int=0)), "v2")


class _Changed:
    """Reads the IDs of the subscriptions that have another version now."""

    def __init__(self, asked: list[str] | None) -> None:
        self._asked = asked or []

    def __call__(self, data: object, /, *, strict: bool = False) -> list[str]:  # noqa: ARG002
        ids = _members(data).get("subscription_ids")
        return [str(one) for one in cast("list[object]", ids)] if isinstance(ids, list) else list(self._asked)


def _members(data: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", data) if isinstance(data, Mapping) else {}


def _page(data: object, /, *, strict: bool = False) -> Page:  # noqa: ARG001
    return Page(subscriptions_of(data), page_count_of(data))


def _one(data: object, /, *, strict: bool = False) -> Subscription:  # noqa: ARG001
    return subscription_of(data)


def _nothing(_data: object, /, *, strict: bool = False) -> None:  # noqa: ARG001
    return None


def _plain(filters: Iterable[JsonValue]) -> list[JsonValue]:
    """Returns filters without what means the same whether it is said or not."""
    rows = [cast("dict[str, JsonValue]", item) for item in filters]
    return [
        {name: _plain_value(name, value) for name, value in row.items() if (name, value) != ("state", "newState")}
        for row in rows
    ]


def _plain_value(name: str, value: JsonValue) -> JsonValue:
    return _plain(value) if name == "filters" and isinstance(value, list) else value


def _checked_uuid(subscription_id: str) -> str:
    if not isinstance(subscription_id, str) or not subscription_id.replace("-", "").isalnum():  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(
            f"{subscription_id!r:.80} is not the ID of a subscription.", hint="Take it from wf.events.list()."
        )
    return subscription_id


def _checked_url(url: str) -> str:
    if not is_web_address(url):
        raise QueryError(
            f"url={url!r:.200} is not an address that messages can be posted to.",
            hint="Write the whole address of your receiver, such as https://hooks.example.com/workfront.",
        )
    return url


def _checked_token(token: str) -> str:
    if not isinstance(token, str) or not token or len(token) > LONGEST_TOKEN:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(
            f"token= takes a text of 1 to {LONGEST_TOKEN} characters, which the messages carry as their credential.",
            hint="Make one with secrets.token_urlsafe(32), and give it to the receiver as well.",
        )
    if not token.isascii() or not token.isprintable() or " " in token:
        raise QueryError("token= travels in a header: it takes printable ASCII characters without blanks.")
    return token
