"""A search is not the list of its rows: truth, length, places and next() are refused with what to write."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from workfront_core.auth import ApiKey
from workfront_core.errors import QueryError


@pytest.mark.parametrize("client", [Workfront, AsyncWorkfront])
def test_what_would_take_a_search_for_a_list_is_refused(client: Any) -> None:
    search: Any = client("https://acme.example", auth=ApiKey("k")).task.search()
    for misuse in (bool, len, next, lambda it: it[0], lambda it: it[:2], lambda it: not it, lambda it: "x" in it):
        with pytest.raises(QueryError, match=r"search.*\n?.*"):
            misuse(search)


@pytest.mark.parametrize("client", [Workfront, AsyncWorkfront])
def test_a_search_shows_what_it_asks_for(client: Any) -> None:
    wf: Any = client("https://acme.example", auth=ApiKey("k"))
    kind = "AsyncPager" if client is AsyncWorkfront else "Pager"
    assert repr(wf.task.search()) == f"<{kind} of Task: all rows>"
    found = wf.task.search((Task.f.name == "x") & (Task.f.percent_complete < 50), limit=3, page_size=2)
    assert repr(found) == f"<{kind} of Task: name = 'x' and percentComplete < 50, page_size=2, limit=3>"
    assert len(repr(wf.task.search(Task.f.name.in_([str(number) for number in range(5000)])))) < 300


def test_paths_show_their_kind_and_where_they_lead() -> None:
    assert repr(Task.f) == "<TaskPath>"
    assert repr(Task.f.name) == "<TextPath name>"


@pytest.mark.parametrize("options", [{"limit": "5"}, {"limit": True}, {"page_size": "5"}])
def test_bounds_are_whole_numbers(options: Any) -> None:
    with Workfront("https://acme.example", auth=ApiKey("k")) as wf, pytest.raises(QueryError, match="whole number"):
        wf.task.search(**options)


@pytest.mark.parametrize("auth", [None, "key", 5, object()])
def test_what_is_no_credential_is_refused_where_the_client_is_made(auth: Any) -> None:
    with pytest.raises(QueryError, match="auth= takes a credential"):
        Workfront("https://acme.example", auth=auth)


@pytest.mark.parametrize("secret", [None, 5, ["k"], b"k"])
def test_a_key_is_a_text(secret: Any) -> None:
    with pytest.raises(QueryError, match=r"is empty|is a text"):
        ApiKey(secret)
