"""A tour of the client: typed reading, a bulk change, an action, a report, an upload, and an event received.

    WORKFRONT_URL=http://127.0.0.1:8484 WORKFRONT_API_KEY=... python examples/tour.py

It writes: point it at a sandbox, not at production.
"""

import json
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import httpx

from workfront_client import TODAY, ApiKey, not_exists, outer, weeks
from workfront_client.v22 import Hour, Priority, Project, ProjectStatus, Task, Workfront


def search(wf: Workfront) -> Project:
    """Typed rows, references and all; the project the rest of the tour works on."""
    current = wf.project.search(
        Project.f.status == ProjectStatus.CURRENT,
        fields=[Project.f.name, Project.f.percent_complete, Project.f.owner.name],
        order_by=[Project.f.name.asc()],
    ).to_list()
    for project in current[:3]:
        owner = project.owner.name if project.owner else "nobody"
        print(f"  {project.name}: {project.percent_complete or 0:.0f} %, {owner}")
    soon = Task.f.planned_completion_date.between(TODAY, TODAY + weeks(2))
    idle = not_exists(Hour, Hour.f.task_id == outer(Task.f.id))
    print(f"  {len(current)} current projects, {wf.task.count(soon & idle)} tasks due soon without an hour on them")
    return current[0]


def bulk_change(wf: Workfront, project: Project) -> None:
    """Any number of rows, a hundred a call, with an ID or an error for each."""
    tasks = wf.task.search(Task.f.project_id == project.id, fields=[Task.f.name]).to_list()
    changed = wf.task.update_many((task.id, {"priority": Priority.HIGH}) for task in tasks)
    print(f"  {changed.done_count} tasks raised to {Priority.HIGH.name}, {changed.failed_count} failed")


def action(wf: Workfront, project: Project) -> None:
    """Actions are methods of the service, with the arguments the metadata lists."""
    wf.project.calculate_timeline(project.id)
    task = wf.task.search(Task.f.project_id == project.id, Task.f.percent_complete < 100).first()
    if task:
        wf.task.mark_done(task.id, status="CPL")
        print(f"  {task.name} is {wf.task.get(task.id, fields=[Task.f.status]).status}")


def report(wf: Workfront) -> None:
    """Grouped by the server; the tree comes back as groups with their totals."""
    hours = wf.hour.report(group_by=[Hour.f.project.name], sum=[Hour.f.hours], rollup=True)
    for group in list(hours)[:3]:
        print(f"  {group.key or 'no project'}: {group.number('sum', Hour.f.hours)} h")
    print(f"  all: {hours.rollup}")


def upload(wf: Workfront, project: Project) -> None:
    """A file goes up in pieces and comes down again whole or not at all."""
    with tempfile.TemporaryDirectory() as folder:
        brief = Path(folder) / "brief.txt"
        brief.write_text("What we want, by when, for whom.\n" * 1000)
        document = wf.document.upload(brief, to=project)
        back = wf.document.download(document.id, Path(folder) / "back.txt")
        print(f"  {document.name}, {back.stat().st_size} bytes, the same: {back.read_bytes() == brief.read_bytes()}")


@contextmanager
def listening(events: Queue[dict[str, Any]]) -> Generator[str]:
    """An endpoint for event messages on loopback; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            events.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def event(wf: Workfront, project: Project, url: str, api_key: str) -> None:
    """A change comes back as a message, with the state before and after."""
    events: Queue[dict[str, Any]] = Queue()
    with listening(events) as endpoint:
        wanted = {
            "objCode": "PROJ",
            "eventType": "UPDATE",
            "objId": project.id,
            "url": endpoint,
            "authToken": "tour-token",
        }
        subscriptions = f"{url}/attask/eventsubscription/api/v1/subscriptions"
        httpx.post(subscriptions, json=wanted, headers={"sessionID": api_key}).raise_for_status()
        wf.project.update(project.id, description="Told by event")
        message = events.get(timeout=30)
        print(f"  {message['eventType']} of {message['newState']['name']}: {message['newState']['description']}")


def main(url: str, api_key: str) -> None:
    with Workfront(url, auth=ApiKey(api_key)) as wf:
        print("search")
        project = search(wf)
        print("bulk change")
        bulk_change(wf, project)
        print("action")
        action(wf, project)
        print("report")
        report(wf)
        print("upload")
        upload(wf, project)
        print("event")
        event(wf, project, url, api_key)


if __name__ == "__main__":
    main(os.environ["WORKFRONT_URL"].rstrip("/"), os.environ["WORKFRONT_API_KEY"])
