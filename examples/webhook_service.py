"""A service that does something when something happens: a task is complete, so the project gets a note that says so.

pip install 'workfront-client[events]'
export WORKFRONT_URL=https://acme.my.workfront.com WORKFRONT_API_KEY=... WORKFRONT_EVENT_TOKEN=...
python examples/webhook_service.py --port 8485 --address https://hooks.example.com/workfront

Workfront must be able to reach the address: a tunnel or a proxy in front of the port. A sandbox on this machine reaches
http://127.0.0.1:8485 as it is.
"""

from __future__ import annotations

import argparse
import os
import threading

import uvicorn

from workfront_client.v22 import Note, Task, TaskStatus, Workfront
from workfront_core.events import Event, Inbox, Receiver

CONSUMER = "completed tasks"


def main() -> None:
    """Subscribes, receives, and handles, until somebody stops it. What was received and not handled waits in a file."""
    parser = argparse.ArgumentParser(description="Writes a note into the project when a task is complete.")
    parser.add_argument("--port", type=int, default=8485)
    parser.add_argument("--address", help="where Workfront reaches this service; this machine unless given")
    parser.add_argument("--inbox", default="inbox.sqlite")
    parser.add_argument("--events", type=int, help="end after so many events")
    asked = parser.parse_args()
    token = os.environ["WORKFRONT_EVENT_TOKEN"]
    with Workfront.from_env() as wf, Inbox(asked.inbox) as inbox, receiving(inbox, token, asked.port):
        subscribe(wf, asked.address or f"http://127.0.0.1:{asked.port}", token)
        print("ready", flush=True)
        handle(wf, inbox, asked.events)


class receiving:
    """A server for the receiver, in a thread of its own, while the block runs."""

    def __init__(self, inbox: Inbox, token: str, port: int) -> None:
        app = Receiver(inbox, token=token)
        self._server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.05)
            if not self._thread.is_alive():
                raise SystemExit("the port is taken, or may not be used")

    def __exit__(self, *raised: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)


def subscribe(wf: Workfront, address: str, token: str) -> None:
    """Makes the subscription, where there is none like it: tasks whose status changed and is now complete."""
    complete = Task.f.status.changed() & (Task.f.status == TaskStatus.COMPLETE)
    wf.events.ensure(Task, "UPDATE", url=address, token=token, filters=complete)


def handle(wf: Workfront, inbox: Inbox, at_most: int | None) -> None:
    """Handles event after event. One that fails is tried again, and put aside after five attempts."""
    handled = 0
    for event in inbox.events(Task, consumer=CONSUMER):
        try:
            tell(wf, event)
        except Exception as error:
            event.fail(error)
        else:
            event.ack()
            handled += 1
        if handled == at_most:
            return


def tell(wf: Workfront, event: Event[Task]) -> None:
    """Writes the note. An event may come twice, so the note is looked for first."""
    task = event.new
    if task.project_id is None:
        return
    text = f'Task "{task.name}" was completed at {event.at:%Y-%m-%d %H:%M}.'
    if wf.note.count(Note.f.obj_id == task.project_id, Note.f.note_text == text) == 0:
        wf.note.create(note_text=text, obj_id=task.project_id, note_obj_code="PROJ")
    print(text, flush=True)


if __name__ == "__main__":
    main()
