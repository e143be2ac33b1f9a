"""A search is not the list of its rows: truth, length, places and next() are refused with what to write."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from workfront_core.auth import ApiKey
from workfront_core.errors import QueryError


@pytest.mark.parametrize("client", [Workfront, AsyncWorkfront])
def test_what_would_take_a_search_for_a_list_is_refused(client: Any) -> None:
    search: Any = client("https://acme.example", auth=ApiKey("k")).task.search()
    for misuse in (bool, len, next, lambda it: it[0], lambda it: it[:2], lambda it: not it, lambda it: "x" in it):
        with pytest.raises(QueryError, match=r"search.*\n?.*"):
            misuse(search)


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
