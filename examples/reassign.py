"""A colleague leaves: the open tasks go to somebody else. Shown first, written with --yes, gone on with after a stop.

export WORKFRONT_URL=https://acme.my.workfront.com WORKFRONT_API_KEY=...
python examples/reassign.py ana@acme.com ben@acme.com             # shows what would change
python examples/reassign.py ana@acme.com ben@acme.com --yes       # does it; again with the same words goes on
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from workfront_client import BulkProgress
from workfront_client.v22 import Task, User, Workfront


class Job:
    """Which tasks the job began with, and how many of them are settled: a file, so that a stop loses nothing."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.tasks: list[str] = []
        self.done = 0
        if file.exists():
            kept = json.loads(file.read_text())
            self.tasks, self.done = kept["tasks"], kept["done"]

    def keep(self) -> None:
        """Writes the file, whole or not at all."""
        part = self.file.with_suffix(".part")
        part.write_text(json.dumps({"tasks": self.tasks, "done": self.done}))
        part.replace(self.file)

    def note(self, step: BulkProgress) -> None:
        """Takes down what is settled: called before each call leaves, and after its answer."""
        self.done = step.done
        self.keep()


def main() -> None:
    """Finds the tasks, shows them, and hands them over where that was asked for."""
    parser = argparse.ArgumentParser(description="Hands the open tasks of one person over to another.")
    parser.add_argument("leaves", help="e-mail address of the person whose tasks they are")
    parser.add_argument("takes", help="e-mail address of the person who takes them")
    parser.add_argument("--yes", action="store_true", help="write; without it nothing is changed")
    asked = parser.parse_args()
    with Workfront.from_env() as wf:
        leaves, takes = person(wf, asked.leaves), person(wf, asked.takes)
        job = Job(Path(f"reassign-{leaves.id}-{takes.id}.json"))
        if not job.tasks:
            job.tasks = show(wf, leaves, takes)
        if not asked.yes:
            print(f"{len(job.tasks)} tasks would go to {takes.name}. Nothing was changed; --yes does it.")
            return
        hand_over(wf, job, takes)


def person(wf: Workfront, address: str) -> User:
    """Returns the one active user with this e-mail address; ends the program where there is none, or more than one."""
    found = wf.user.search(User.f.email_addr == address, User.f.is_active == True, fields=[User.f.name], limit=2)  # noqa: E712
    users = found.to_list()
    if len(users) != 1:
        raise SystemExit(
            f"{'no active user has' if not users else 'more than one active user has'} the address {address}"
        )
    return users[0]


def show(wf: Workfront, leaves: User, takes: User) -> list[str]:
    """Prints the tasks, and one of the calls as it would be sent; returns their IDs."""
    found = wf.task.search(
        Task.f.assigned_to_id == leaves.id,
        Task.f.actual_completion_date.is_null(),
        fields=[Task.f.name, Task.f.project.name],
    ).to_list()
    for task in found:
        print(f"{task.id}  {task.name}  ({task.project.name if task.project else 'no project'})")
    with wf.dry_run() as dry:
        dry.task.update_many([(task.id, {"assigned_to_id": takes.id}) for task in found[:1]])
    print(*dry.planned, sep="\n")
    return [task.id for task in found]


def hand_over(wf: Workfront, job: Job, takes: User) -> None:
    """Writes what is not settled yet. A change that was under way at a stop is sent again, which does no harm."""
    if job.done:
        print(f"going on: {job.done} of {len(job.tasks)} tasks were settled")
    job.keep()
    rows = ((task, {"assigned_to_id": takes.id}) for task in job.tasks)
    result = wf.task.update_many(rows, on_error="collect", resume=job.done, chunk_size=50, progress=job.note)
    for row in result.failed:
        print(f"{row.id} was refused: {row.error}")
    print(f"{len(job.tasks) - len(result.failed)} tasks went to {takes.name}, {len(result.failed)} were refused")
    job.file.unlink()


if __name__ == "__main__":
    main()
