"""What receives and follows events, with nonsense in place of each argument: told before a message comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.sync.still_server import StillServer
from workfront_client.v22 import Task
from workfront_core import QueryError, WorkfrontError
from workfront_core.events import Inbox, Receiver, read_event
from workfront_core.sync import AsyncEventSync, AsyncSync, DuckDB, EventSync, Sync, Table

NONSENSE: Mapping[str, Any] = {
    "nothing": None,
    "a number": 7,
    "a negative number": -1,
    "not a number": float("nan"),
    "a flag": True,
    "a text": "abc",
    "an empty text": "",
    "half a character": "\ud800",
    "bytes": b"abc",
    "a list": ["abc"],
    "a list of numbers": [7],
    "a map": {"a": 1},
    "a row": Task(id="1" * 32),
    "a class of rows": Task,
    "another class": int,
    "a function": lambda: None,
    "a moment": datetime(2026, 1, 1, tzinfo=UTC),
    "a moment of no zone": datetime(2026, 1, 1),  # noqa: DTZ001 - that is the mistake
    "a span": timedelta(days=1),
    "no span": timedelta(0),
}
TEXTS = {"a text"}
NUMBERS = {"a number", "a negative number"}
NOTHING = {"nothing"}


class Parts:
    """What the calls are made with; the inbox is made once a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inbox = Inbox(folder / "events.sqlite")
        self.target = DuckDB(folder / "t.duckdb")

    def close(self) -> None:
        self.inbox.close()
        self.target.close()


def made(parts: Parts, **given: Any) -> None:
    arguments: dict[str, Any] = {"path": parts.folder / "another", **given}
    Inbox(**arguments).close()


def receiver(parts: Parts, **given: Any) -> object:
    arguments: dict[str, Any] = {"inbox": parts.inbox, "token": "t0ken", **given}
    return Receiver(**arguments)


def followed(kind: Any, of: Any) -> Callable[..., object]:
    def make(parts: Parts, **given: Any) -> object:
        sync = of(StillServer("a"), parts.target, [Table(Task, fields=["name"])])
        return kind(**{"sync": sync, "inbox": parts.inbox, **given})

    return make


def told(_parts: Parts, **given: Any) -> object:
    arguments: dict[str, Any] = {"body": b"{}", "model": Task, **given}
    return read_event(**arguments)


def stored(parts: Parts, **given: Any) -> None:
    parts.inbox.put(*given.values())


def method(name: str, **right: Any) -> Callable[..., object]:
    def call(parts: Parts, **given: Any) -> object:
        arguments = {**right, **given}
        model = (arguments.pop("model"),) if "model" in arguments else ()
        return getattr(parts.inbox, name)(*model, **arguments)

    return call


CALLS: Mapping[tuple[str, str], tuple[Callable[..., object], set[str]]] = {
    ("Inbox", "path"): (made, TEXTS),
    ("Inbox", "settle"): (made, {"a number"}),
    ("Inbox", "keep"): (made, {"a span"}),
    ("Inbox", "attempts"): (made, {"a number"}),
    ("Inbox", "most_bytes"): (made, {"a number", *NOTHING}),
    ("put", "body"): (stored, set[str]()),
    ("events", "model"): (method("events", consumer="c"), {"a class of rows", *NOTHING}),
    ("events", "consumer"): (method("events"), TEXTS),
    ("events", "after"): (method("events"), {"a number"}),
    ("events", "wait"): (method("events", consumer="c"), {"a flag"}),
    ("events", "one_version"): (method("events", consumer="c"), {"a flag"}),
    ("dead", "consumer"): (method("dead"), NOTHING),
    ("revive", "consumer"): (method("revive"), set()),
    ("revive", "places"): (method("revive", consumer="c"), set()),
    ("replay", "consumer"): (method("replay", since=NONSENSE["a moment"]), set()),
    ("replay", "since"): (method("replay", consumer="c"), set()),
    ("Receiver", "inbox"): (receiver, set()),
    ("Receiver", "token"): (receiver, TEXTS | {"a list"}),
    ("Receiver", "patience"): (receiver, {"a number"}),
    ("read_event", "body"): (told, set()),
    ("read_event", "model"): (told, set()),
    **{
        (kind.__name__, name): (followed(kind, of), fitting)
        for kind, of in ((EventSync, Sync), (AsyncEventSync, AsyncSync))
        for name, fitting in {
            "sync": set[str](),
            "inbox": set[str](),
            "subscriptions": {"nothing"},
            "consumer": TEXTS,
            "look_every": {"a number"},
            "run_every": {"a number"},
            "clock": {"a function"},
        }.items()
    },
}


@pytest.mark.parametrize(("owner", "argument"), CALLS, ids=str)
def test_nonsense_is_told(owner: str, argument: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    call, fitting = CALLS[owner, argument]
    with closing(Parts(tmp_path)) as parts:
        for kind, value in NONSENSE.items():
            outcome: object = None
            try:
                call(parts, **{argument: value})
            except WorkfrontError as error:
                outcome = error
            assert (outcome is None) == (kind in fitting), (kind, outcome)


@pytest.mark.parametrize("path", [":memory:", Path(":memory:"), "a\0b"])
def test_an_inbox_is_a_file(path: Any) -> None:
    with pytest.raises(QueryError, match="An inbox is a file"):
        Inbox(path)
