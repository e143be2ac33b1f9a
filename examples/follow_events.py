"""Near real time: a subscription, a receiver, and what to do when a task gets another status.

export WORKFRONT_URL=https://acme.my.workfront.com WORKFRONT_API_KEY=...
export WORKFRONT_EVENT_TOKEN=... WORKFRONT_EVENT_URL=https://hooks.example.com/workfront
workfront events listen --port 8485        # behind a tunnel or a proxy, in another terminal
python examples/follow_events.py
"""

import os

from workfront_client.v22 import Task, Workfront
from workfront_core.events import Inbox

with Workfront.from_env() as wf:
    url, token = os.environ["WORKFRONT_EVENT_URL"], os.environ["WORKFRONT_EVENT_TOKEN"]
    wf.events.ensure(Task, "UPDATE", url=url, token=token, filters=Task.f.status.changed())

with Inbox("events.sqlite") as inbox:
    for event in inbox.events(Task, consumer="statuses", wait="WORKFRONT_EVENTS_ONCE" not in os.environ):
        before, after = event.changes["status"]
        print(f"{event.at:%Y-%m-%d %H:%M:%S} {event.new.name}: {before} -> {after}")
        event.ack()
