"""The server around the tenant: limits, faults, escapes, files, real sockets, several callers at once."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import anyio
import httpx
import pytest
import uvicorn

from tests.sandbox.asking import BAKERY, FIRE, OVEN, SHOP, Asker, bakery
from tests.sandbox.live import Listener
from tests.support.loopback import Answer, loopback
from tests.support.waiting import ended, wait_until
from workfront_sandbox import Clock, Exchange, Faults, HttpRequest, HttpResponse, Limits, Sandbox
from workfront_sandbox.asgi.app import configuration, create_app
from workfront_sandbox.wire.exchange import REMEMBERED, ExchangeLog
from workfront_sandbox.wire.json_output import dumps

_MIA = {"sessionID": "mia"}


def test_answers_are_plain_ascii_with_the_escapes_of_the_service(ask: Asker) -> None:
    ask("PUT", f"PROJ/{SHOP}", json_body={"name": "a/b<c\\d é 🍞 \t"})
    body = ask.reply("GET", f"PROJ/{SHOP}").body
    assert b"a\\/b\\u003cc\\\\d \\u00e9 \\ud83c\\udf5e \\t" in body
    assert dumps({"a<": "/"}) == b'{"a\\u003c":"\\/"}'


@pytest.mark.parametrize(
    ("fault", "status", "start"),
    [
        ("429", 429, b'{"error":{"message":"429 Too many'),
        ("500", 500, b'{"error"'),
        ("html", 503, b"<html>"),
        ("error200", 200, b'{"error"'),
        ("truncated", 200, b'{"data":['),
        ("lost", 500, b'{"error"'),
    ],
)
def test_a_fault_may_be_asked_for(ask: Asker, fault: str, status: int, start: bytes) -> None:
    reply = ask.reply("GET", "PROJ/search", headers={"x-sandbox-fault": fault})
    assert reply.status == status
    assert reply.body.startswith(start)
    assert "retry-after" not in reply.headers


def test_a_lost_answer_was_a_call_that_was_made_and_a_500_was_not(ask: Asker) -> None:
    for fault, count in (("500", 3), ("lost", 4)):
        ask.reply("POST", "PROJ", json_body={"name": "x"}, headers={"x-sandbox-fault": fault})
        assert len(ask.sandbox.rows("PROJ")) == count


def test_faults_may_be_planned_for_the_next_calls_of_a_path(ask: Asker) -> None:
    ask.sandbox.faults.plan("429", times=2, path="/TASK")
    statuses = [ask.reply("GET", path).status for path in ("TASK/count", "PROJ/count", "TASK/count", "TASK/count")]
    assert statuses == [429, 200, 429, 200]


def test_faults_at_random_repeat_with_their_seed() -> None:
    def statuses(seed: int) -> list[int]:
        asker = bakery(faults=Faults(rates={"500": 0.3, "429": 0.3}, seed=seed))
        return [asker.reply("GET", "PROJ/count").status for _ in range(30)]

    assert statuses(1) == statuses(1) != statuses(2)
    assert set(statuses(1)) == {200, 429, 500}


def test_latency_is_that_of_the_sandbox_or_of_the_request() -> None:
    asker = bakery(faults=Faults(latency=0.25))
    assert asker.reply("GET", "PROJ/count").delay == 0.25
    assert asker.reply("GET", "PROJ/count", headers={"x-sandbox-latency": "40"}).delay == 0.04


def test_requests_are_kept_in_a_log(ask: Asker) -> None:
    ask("GET", "PROJ/count", {"status": "CUR"})
    ask.refused("GET", "PROJ/nothing")
    first, second = ask.sandbox.log
    assert (first.request.path, first.request.query, first.response.status) == (
        f"{ask.api}/PROJ/count",
        "status=CUR",
        200,
    )
    assert second.response.status == 422


def test_the_log_holds_no_more_than_fits_and_counts_what_it_forgot() -> None:
    request = HttpRequest("POST", "/attask/api/v22.0/upload", body=bytes(30 * 1024 * 1024))
    exchange = Exchange(datetime(2027, 5, 12, tzinfo=UTC), request, HttpResponse(200, b"{}"), 0.0)
    log = ExchangeLog()
    for kept, forgotten in ((1, 0), (2, 0), (2, 1), (2, 2)):
        log.append(exchange)
        assert (len(log), log.forgotten) == (kept, forgotten)
    log.clear()
    for _ in range(REMEMBERED + 3):
        log.append(replace(exchange, request=HttpRequest("GET", "/info")))
    assert (len(log), log.forgotten) == (REMEMBERED, 3)
    log.append(replace(exchange, request=replace(request, body=bytes(100 * 1024 * 1024))))
    assert (len(log), log.forgotten) == (1, REMEMBERED + 3)


def test_addresses_and_bodies_have_a_largest_length() -> None:
    asker = bakery(limits=Limits(body=1000))
    assert asker.refused("GET", "PROJ/search", {"name": "x" * 9000})[0] == 414
    assert asker("GET", "PROJ/search", {"name": "x" * 8000}) == []
    assert asker.refused("POST", "PROJ/search", form={"name": "x" * 2000})[0] == 413


def test_a_file_keeps_rows_and_sessions(tmp_path: Path) -> None:
    file = tmp_path / "bakery.db"
    first = Asker(Sandbox(BAKERY, db=file, clock=Clock()))
    first("PUT", f"PROJ/{OVEN}", json_body={"name": "Old oven", "DE:Heat": 3})
    first.sandbox.accounts.issue(FIRE, "lost")
    first.sandbox.close()
    second = Asker(Sandbox("empty", db=file))
    assert second("GET", f"PROJ/{OVEN}", {"fields": "DE:Heat,owner:name"})["DE:Heat"] == 3
    assert second.names("TASK", project__name="Old oven") == ["First fire", "Lay bricks"]
    assert second.refused("GET", "PROJ/count", headers={"sessionid": "lost"})[0] == 401
    second.sandbox.close()


def test_a_seed_that_cannot_be_read_is_an_error_that_says_why(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "gizmo.json").write_text('{"GIZMO": [{}]}')
    with pytest.raises(ValueError, match="cannot be read"):
        Sandbox(tmp_path / "missing.json")
    with pytest.raises(ValueError, match="must be a JSON object"):
        Sandbox(tmp_path / "list.json")
    with pytest.raises(ValueError, match="rows of GIZMO"):
        Sandbox(tmp_path / "gizmo.json")


def test_a_seed_may_be_a_file_with_a_fixture(tmp_path: Path) -> None:
    (tmp_path / "bakery.json").write_text(json.dumps({"fixture": BAKERY}))
    assert Asker(Sandbox(tmp_path / "bakery.json")).names("ROLE") == ["Baker"]


def test_an_empty_tenant_has_its_user_and_customer() -> None:
    asker = Asker(Sandbox())
    assert asker("GET", "USER/count") == {"count": 1}
    assert asker("GET", "CUST/currentCustomer")[0]["name"] == "Sandbox"


def test_the_clock_may_be_moved(ask: Asker) -> None:
    ask.sandbox.advance(timedelta(days=1))
    assert ask("POST", "TASK", {"fields": "entryDate", "name": "x"})["entryDate"] == "2027-05-13T10:00:00:000+0200"


def test_a_socket_is_answered_as_well(listener: Listener) -> None:
    url = listener.serve(Sandbox(BAKERY))
    with httpx.Client(base_url=url, headers=_MIA) as http:
        assert http.get("/attask/api/v22.0/proj/count").json() == {"data": {"count": 3}}
        assert http.head("/attask/api/v22.0/proj/count").status_code == 200
        assert http.request("BREW", "/attask/api/v22.0/proj").json() == {
            "error": {"message": "Unsupported HTTP method: BREW"}
        }
        login = http.post("/attask/api/v22.0/login", data={"username": "mia@bakery.test", "password": "x"})
        assert login.cookies["attask"] == login.json()["data"]["sessionID"]
        made = http.put(f"/attask/api/v22.0/proj/{OVEN}", params={"fields": "DE:Floor"}, json={"DE:Floor": "a b+c"})
        assert made.json()["data"]["DE:Floor"] == "a b+c"
        found = http.get("/attask/api/v22.0/proj/search?DE:Floor=a%20b%2Bc")
        assert [row["ID"] for row in found.json()["data"]] == [OVEN]


def test_ten_thousand_parameters_in_an_address_get_an_answer(listener: Listener) -> None:
    url = listener.serve(Sandbox(BAKERY))
    query = "&".join(f"p{number}=1" for number in range(10_000))
    connection = HTTPConnection(url.removeprefix("http://"))
    connection.request("GET", f"/attask/api/v22.0/proj/search?{query}", headers=_MIA)
    assert connection.getresponse().status == 414
    connection.close()
    answer = httpx.post(f"{url}/attask/api/v22.0/proj", content=query, headers=_MIA)
    assert (answer.status_code, "error" in answer.json()) == (422, True)


def test_more_callers_at_once_than_the_limit_are_turned_away(listener: Listener) -> None:
    url = listener.serve(Sandbox(BAKERY, limits=Limits(threads=3), faults=Faults(latency=2.0)))

    def call(_: int) -> int:
        return httpx.get(f"{url}/attask/api/v22.0/proj/count", headers=_MIA).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(call, range(8)))
    assert statuses.count(200) == 3
    assert statuses.count(429) == 5


def test_no_update_is_lost_when_many_write_at_once(listener: Listener) -> None:
    sandbox = Sandbox(BAKERY)
    url = listener.serve(sandbox)

    def call(number: int) -> int:
        body = {"name": f"Role {number}"}
        return httpx.post(f"{url}/attask/api/v22.0/role", json=body, headers=_MIA).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(call, range(40))) == {200}
    assert len({row["name"] for row in sandbox.rows("ROLE")}) == 41


def test_the_process_listens_on_loopback_and_sends_events_by_itself() -> None:
    sandbox = Sandbox(BAKERY)
    server = uvicorn.Server(configuration(sandbox))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started, "the process listens")
    address: tuple[str, int] = server.servers[0].sockets[0].getsockname()
    assert address[0] == "127.0.0.1"
    with loopback(lambda _: Answer(raw=b"")) as hook:
        url = f"http://127.0.0.1:{address[1]}"
        subscription = {"objCode": "PROJ", "eventType": "CREATE", "url": hook.url, "authToken": "t"}
        httpx.post(f"{url}/attask/eventsubscription/api/v1/subscriptions", json=subscription, headers=_MIA)
        httpx.post(f"{url}/attask/api/v22.0/proj", json={"name": "Cellar"}, headers=_MIA)
        wait_until(lambda: hook.asked, "the event arrives")
        assert hook.last.json["newState"]["name"] == "Cellar"
    server.should_exit = True
    ended(thread)
    with socket.socket() as probe:
        assert probe.connect_ex(address) != 0


def test_a_process_waits_as_long_as_an_answer_is_to_be_late(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)

    async def ask() -> httpx.Response:
        app = create_app(Sandbox(BAKERY, faults=Faults(latency=0.25)), deliver=False)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://sandbox.localhost") as client:
            return await client.get("/attask/api/v22.0/PROJ/count", headers=_MIA)

    monkeypatch.setattr(anyio, "sleep", note)
    assert asyncio.run(ask()).status_code == 200
    assert pauses == [0.25]
