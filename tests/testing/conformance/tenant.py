"""The demo tenant, with rows that every fact can be tried with; they come first by their IDs."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from workfront_testing import SandboxKit, live
from workfront_testing.conformance import Server

ROOT = "/attask/api/v22.0/"


def _id(number: int) -> str:
    return f"{number:032x}"


def _rows(me: str) -> dict[str, list[dict[str, object]]]:
    projects: list[dict[str, object]] = [
        {"ID": _id(number), "name": f"{word} works", "status": status, "ownerID": me, "entryDate": _day(number)}
        for number, word, status in ((1, "Quarry", "CUR"), (2, "Harbour", "PLN"), (3, "Orchard", "CPL"))
    ]
    tasks: list[dict[str, object]] = [
        {"ID": _id(16 + number), "name": f"Measure {number}", "projectID": _id(number % 3 + 1), "taskNumber": number,
         "status": "NEW", "priority": number, "percentComplete": 0.0, "entryDate": _day(number),
         "description": ["Twice", "", None, "Once"][number]}
        for number in range(4)
    ]  # fmt: skip
    return {"PROJ": projects, "TASK": tasks}


def _day(number: int) -> str:
    return f"2026-03-{number + 1:02d}T09:00:00:000+0000"


@contextmanager
def tenant(*, strict: bool = False) -> Generator[SandboxKit]:
    """A sandbox on a socket, until the block ends."""
    with live("demo", strict=strict) as kit:
        for code, rows in _rows(kit.sandbox.tenant.me).items():
            kit.sandbox.insert(code, rows)
        yield kit


def server_of(kit: SandboxKit) -> Server:
    """Who asks this sandbox."""
    return Server(kit.url + ROOT, {"apiKey": kit.api_key})
