"""The limit of a host: first come first served, across threads and loops, and nobody keeps a slot by leaving."""

from __future__ import annotations

import asyncio
import threading

import pytest

from tests.support.waiting import PATIENCE, ended, for_ever, happened
from workfront_core.transport.concurrency import HostConcurrency, concurrency_of


def test_a_host_has_one_limit_and_another_host_another() -> None:
    assert concurrency_of("https://a.example") is concurrency_of("https://a.example")
    assert concurrency_of("https://a.example") is not concurrency_of("https://b.example")


def test_a_slot_is_given_to_whoever_waits_longest() -> None:
    limit, order = HostConcurrency(), list[int]()

    def take(number: int) -> None:
        with limit.acquire(1):
            order.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(5)]
    with limit.acquire(1):
        for number, thread in enumerate(threads, 1):
            thread.start()
            while limit.waiting < number:
                pass
    ended(*threads)
    assert order == list(range(5))
    assert (limit.in_flight, limit.waiting) == (0, 0)


def test_waiting_ends_with_its_time() -> None:
    limit = HostConcurrency()
    with limit.acquire(1):
        with pytest.raises(TimeoutError), limit.acquire(1, timeout=0.01):
            pass
        assert (limit.in_flight, limit.waiting) == (1, 0)
        with limit.acquire(2, timeout=0.01):
            assert limit.in_flight == 2
    assert limit.in_flight == 0


def test_a_task_cancelled_while_it_waits_or_just_when_it_is_served_keeps_nothing() -> None:
    async def run() -> None:
        limit = HostConcurrency()

        holding = [asyncio.Event() for _ in range(3)]

        async def take(number: int) -> None:
            async with limit.acquire_async(1):
                holding[number].set()
                await for_ever()

        first, second, third = (asyncio.create_task(take(number)) for number in range(3))
        await happened(holding[0], "the first slot")
        assert (limit.in_flight, limit.waiting) == (1, 2)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        second.cancel()  # it has been granted the slot and does not know it yet
        await asyncio.gather(second, return_exceptions=True)
        await happened(holding[2], "the slot of the third")
        assert (limit.in_flight, limit.waiting) == (1, 0)
        third.cancel()
        await asyncio.gather(third, return_exceptions=True)
        assert (limit.in_flight, limit.waiting) == (0, 0)

    asyncio.run(run())


def test_a_thread_and_two_loops_share_one_limit() -> None:
    limit, most, lock = HostConcurrency(), [0], threading.Lock()

    def note() -> None:
        with lock:
            most[0] = max(most[0], limit.in_flight)

    async def many() -> None:
        async def one() -> None:
            async with limit.acquire_async(3):
                note()
                await asyncio.sleep(0)

        await asyncio.gather(*(one() for _ in range(200)))

    def in_thread() -> None:
        for _ in range(200):
            with limit.acquire(3):
                note()

    threads = [
        threading.Thread(target=in_thread),
        *(threading.Thread(target=lambda: asyncio.run(many())) for _ in "ab"),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    assert most[0] <= 3
    assert (limit.in_flight, limit.waiting) == (0, 0)
