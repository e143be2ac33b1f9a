"""Events of Workfront: subscriptions, the receiver of messages, and what hands them on in order."""

from typing import TYPE_CHECKING

from workfront_core.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from workfront_core.events._async.subscriptions import AsyncEvents as AsyncEvents
    from workfront_core.events._sync.subscriptions import Events as Events
    from workfront_core.events.errors import InboxError as InboxError
    from workfront_core.events.errors import InboxFull as InboxFull
    from workfront_core.events.errors import NotAnEvent as NotAnEvent
    from workfront_core.events.event import Event as Event
    from workfront_core.events.event import read_event as read_event
    from workfront_core.events.inbox import Inbox as Inbox
    from workfront_core.events.inbox_file import DeadLetter as DeadLetter
    from workfront_core.events.receiver import Receiver as Receiver
    from workfront_core.events.subscription import Subscription as Subscription
    from workfront_core.events.subscription import SubscriptionHealth as SubscriptionHealth
    from workfront_core.query.event_test import was as was

__all__ = [
    "AsyncEvents",
    "DeadLetter",
    "Event",
    "Events",
    "Inbox",
    "InboxError",
    "InboxFull",
    "NotAnEvent",
    "Receiver",
    "Subscription",
    "SubscriptionHealth",
    "read_event",
    "was",
]

if not TYPE_CHECKING:  # a checker must not take an unknown name for a lazy one
    __getattr__, __dir__ = lazy_exports(
        __name__,
        {
            "AsyncEvents": "events._async.subscriptions",
            "Events": "events._sync.subscriptions",
            "DeadLetter": "events.inbox_file",
            "Event": "events.event",
            "Inbox": "events.inbox",
            "InboxError": "events.errors",
            "InboxFull": "events.errors",
            "NotAnEvent": "events.errors",
            "Receiver": "events.receiver",
            "read_event": "events.event",
            "Subscription": "events.subscription",
            "SubscriptionHealth": "events.subscription",
            "was": "query.event_test",
        },
        root="workfront_core",
    )
