"""Every answer bears the date of the sandbox's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx

from tests.sandbox.asking import Asker
from tests.sandbox.live import Listener
from workfront_sandbox import Clock, Limits, Sandbox
from workfront_testing import in_process

NOON = datetime(2031, 5, 12, 12, tzinfo=UTC)


def test_the_date_is_that_of_the_clock_wherever_it_is_moved(ask: Asker) -> None:
    ask.sandbox.clock.stand(NOON)
    assert ask.reply("GET", "USER/count").headers["date"] == "Mon, 12 May 2031 12:00:00 GMT"
    ask.sandbox.advance(timedelta(days=1, minutes=1))
    assert ask.reply("GET", "nothing").headers["date"] == "Tue, 13 May 2031 12:01:00 GMT"


def test_a_refusal_of_too_many_calls_is_dated() -> None:
    with in_process(clock=Clock(NOON), limits=Limits(threads=0)) as kit:
        answer = httpx.Client(transport=kit.transport, base_url=kit.url).get("/attask/api/v22.0/USER/count")
    assert (answer.status_code, answer.headers["date"]) == (429, "Mon, 12 May 2031 12:00:00 GMT")


def test_a_served_sandbox_bears_one_date(listener: Listener) -> None:
    with httpx.Client(base_url=listener.serve(Sandbox(clock=Clock(NOON)))) as http:
        answer = http.get("/attask/api/v22.0/USER/count", headers={"apiKey": "x"})
    assert answer.headers.get_list("date") == ["Mon, 12 May 2031 12:00:00 GMT"]
