"""Events of Workfront: subscriptions, the receiver of messages, and what hands them on in order."""

from typing import TYPE_CHECKING

from workfront_core.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from workfront_core.events._async.subscriptions import AsyncEvents as AsyncEvents
    from workfront_core.events._sync.subscriptions import Events as Events
    from workfront_core.events.subscription import Subscription as Subscription
    from workfront_core.events.subscription import SubscriptionHealth as SubscriptionHealth
    from workfront_core.query.event_test import was as was

__all__ = ["AsyncEvents", "Events", "Subscription", "SubscriptionHealth", "was"]

if not TYPE_CHECKING:  # a checker must not take an unknown name for a lazy one
    __getattr__, __dir__ = lazy_exports(
        __name__,
        {
            "AsyncEvents": "events._async.subscriptions",
            "Events": "events._sync.subscriptions",
            "Subscription": "events.subscription",
            "SubscriptionHealth": "events.subscription",
            "was": "query.event_test",
        },
        root="workfront_core",
    )
