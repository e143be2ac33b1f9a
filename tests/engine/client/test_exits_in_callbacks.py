"""Whatever a store, a hook or a callback of the caller's ends a call with, nothing stays taken: no slot, no renewal."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.sign_in_kit import app
from tests.support.token_host import token_host
from tests.support.waiting import PATIENCE
from workfront_core.auth import Token
from workfront_core.transport.concurrency import concurrency_of
from workfront_core.transport.hooks import Hook

KINDS = (SystemExit, KeyboardInterrupt, GeneratorExit, asyncio.CancelledError)
PLACES = (
    "load", "save", "clock", "on_call_start", "on_response", "on_call_end", "progress",
)  # fmt: skip
ID = "1" * 32


class Caller(Hook):
    """A store, a hook and a callback in one, which ends calls at one place, once."""

    def __init__(self, place: str, kind: type[BaseException]) -> None:
        self.place, self.kind, self.is_armed, self.has_ended = place, kind, False, False

    def at(self, place: str) -> None:
        if place == self.place and self.is_armed:
            self.is_armed, self.has_ended = False, True
            raise self.kind

    def load(self) -> Token | None:
        self.at("load")
        return None

    def save(self, _token: Token) -> None:
        self.at("save")

    def delete(self) -> None:
        self.at("delete")

    def clock(self) -> float:
        self.at("clock")
        return 1_000_000.0

    def progress(self, _done: int, _total: int | None) -> None:
        self.at("progress")

    def on_call_start(self, *_: Any) -> None:
        self.at("on_call_start")

    def on_response(self, *_: Any) -> None:
        self.at("on_response")

    def on_call_end(self, *_: Any) -> None:
        self.at("on_call_end")


def nothing_is_taken(url: str, auth: Any) -> bool:
    limit = concurrency_of(url)
    return (limit.in_flight, limit.waiting, len(auth._renewals)) == (0, 0, 0)  # noqa: SLF001 - what the test is about


async def in_a_loop(url: str, auth: Any, caller: Caller) -> None:
    """One call that is ended, another after it, and the end of the client, in one loop if that lives on."""
    wf = AsyncWorkfront(url, auth=auth, hooks=[caller])
    try:
        await calls(wf, caller)
    finally:
        caller.is_armed = False
        assert nothing_is_taken(url, auth)
        async with asyncio.timeout(PATIENCE):
            assert (await wf.task.get(ID)).id == ID
            await wf.aclose()


async def calls(wf: Any, caller: Caller) -> None:
    caller.is_armed = True
    async with asyncio.timeout(PATIENCE):
        await wf.task.get(ID)
        await wf.upload(b"x" * 100_000, name="x", progress=caller.progress)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
class TestExits:
    def test_in_an_event_loop(self, place: str, kind: type[BaseException]) -> None:
        caller = Caller(place, kind)
        auth = app(store=caller, clock=caller.clock)
        with token_host() as host:
            with suppress(Exception, *KINDS):
                asyncio.run(in_a_loop(host.url, auth, caller))
            assert caller.has_ended
            assert nothing_is_taken(host.url, auth)
            asyncio.run(later(host.url, auth))

    def test_in_threads(self, place: str, kind: type[BaseException]) -> None:
        caller = Caller(place, kind)
        auth = app(store=caller, clock=caller.clock)
        with token_host() as host, Workfront(host.url, auth=auth, hooks=[caller]) as wf:
            caller.is_armed = True
            with suppress(Exception, *KINDS):
                wf.task.get(ID)
                wf.upload(b"x" * 100_000, name="x", progress=caller.progress)
            assert caller.has_ended
            assert nothing_is_taken(host.url, auth)
            assert wf.task.get(ID).id == ID


async def later(url: str, auth: Any) -> None:
    async with AsyncWorkfront(url, auth=auth) as wf, asyncio.timeout(PATIENCE):
        assert (await wf.task.get(ID)).id == ID
