"""What explain() shows: the exact request, and no secret."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

from tests.support.loopback import Answer, loopback
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.models.user import User
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from workfront_core.auth import ApiKey
from workfront_core.operations import operation
from workfront_core.query.custom_field import custom
from workfront_core.request.address import Environment
from workfront_core.request.encoding import MAX_URL

WF = Workfront(domain="acme", environment=Environment.PREVIEW, auth=ApiKey("s3cret-key"))


def test_a_search_shows_its_parameters_one_a_line_decoded_and_encoded() -> None:
    pager = WF.task.search(custom("Budget code") == "A & B", Task.f.percent_complete < 100, fields=[Task.f.name])
    assert str(pager.explain()) == (
        "GET https://acme.preview.workfront.com/attask/api/v22.0/TASK/search\n"
        "Parameters:\n"
        "  DE:Budget code = A & B\n"
        "  percentComplete = 100\n"
        "  percentComplete_Mod = lt\n"
        "  fields = name\n"
        "  ID_Sort = asc\n"
        "  $$FIRST = 0\n"
        "  $$LIMIT = 200\n"
        "Query string:\n"
        "  DE:Budget%20code=A%20%26%20B\n"
        "  &percentComplete=100\n"
        "  &percentComplete_Mod=lt\n"
        "  &fields=name\n"
        "  &ID_Sort=asc\n"
        "  &$$FIRST=0\n"
        "  &$$LIMIT=200"
    )


def test_what_is_shown_is_what_is_sent() -> None:
    with loopback(lambda _asked: Answer([])) as server, Workfront(server.url, auth=ApiKey("s3cret-key")) as wf:
        pager = wf.task.search(Task.f.name == "ü+&", order_by=[Task.f.name.asc()])
        shown = pager.explain()
        assert not server.asked
        pager.to_list()
    assert shown.url == server.url + server.asked[0].target


def test_a_search_of_a_client_with_options_of_its_own_shows_what_that_client_sends() -> None:
    with loopback(lambda _asked: Answer([])) as server, Workfront(server.url, auth=ApiKey("s3cret-key")) as wf:
        for other in (
            wf.with_options(extra_params={"note": "mine"}),
            wf.with_options(tunnel="GET"),
            wf.with_options(tunnel="POST", extra_params={"note": "mine"}),
        ):
            pager = other.task.search(Task.f.name == "x")
            shown = pager.explain()
            pager.to_list()
            sent = server.asked[-2]  # and the count that shows that there is nothing
            assert (shown.method, server.url + sent.target) == (sent.method, shown.url)
            assert shown == other.explain(pager.request)


def test_a_write_shows_its_body() -> None:
    shown = str(WF.explain(operation.update(Task, "1" * 32, {"name": "Ünder"}, fields=["name"])))
    assert shown.startswith(f"PUT https://acme.preview.workfront.com/attask/api/v22.0/TASK/{'1' * 32}\n")
    assert shown.endswith('Body:\n  {\n    "name": "Ünder"\n  }')


def test_secrets_are_hidden_in_parameters_and_bodies() -> None:
    body = str(WF.explain(operation.update(User, "1" * 32, {"password": "s3cret"})))
    action = str(WF.explain(operation.action(User, "resetPassword", "1" * 32, {"newPassword": "s3cret"})))
    for shown in (body, action):
        assert "s3cret" not in shown
        assert "***" in shown


def test_a_request_that_is_too_long_for_a_url_shows_the_form_it_becomes() -> None:
    request = operation.count(Task, [Task.f.name.in_([f"name {number}" for number in range(MAX_URL // 8)])])
    shown = WF.explain(request)
    assert (shown.method, shown.is_form) == ("POST", True)
    assert shown.url == shown.address
    assert shown.parameters[-1] == ("method", "GET")
    assert parse_qsl(shown.encoded)[0] == ("name", "name 0")
    assert "Form body:\n" in str(shown)


def test_a_request_explains_itself_without_a_client() -> None:
    shown = str(operation.get(Task, "1" * 32).explain())
    assert shown == f"GET https://<domain>.my.workfront.com/attask/api/<version>/TASK/{'1' * 32}"


async def shown_by_the_async_client() -> str:
    async with AsyncWorkfront(domain="acme", auth=ApiKey("s3cret-key")) as wf:
        return str(wf.task.search(Task.f.name == "x").explain())


def test_the_async_client_explains_the_same() -> None:
    shown = asyncio.run(shown_by_the_async_client())
    assert shown.startswith("GET https://acme.my.workfront.com/attask/api/v22.0/TASK/search\nParameters:\n  name = x\n")
