"""Whatever stands in a header, a token answer, a token file or a cursor is read to a value, to None or to our error."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.secret_watch import Watch
from workfront_core.auth.login import read_session
from workfront_core.auth.token_store import FileStore
from workfront_core.auth.tokens import Token, TokenRequest, TokenResponse, read_token
from workfront_core.errors import WorkfrontError
from workfront_core.foreign_text import http_date, json_or, json_value, positive_number, whole_number
from workfront_core.operations.report import number_of
from workfront_core.paging.cursor import Cursor
from workfront_core.request.download import file_address, redirection
from workfront_core.request.response import unwrap
from workfront_core.transport.retry import retry_after
from workfront_core.values.linked import Linked

DIGITS = st.text(st.characters(categories=["Nd", "No"]), min_size=1)
LONG_NUMBERS = st.integers(0, 6000).map(lambda length: "9" * length)
DATES = st.builds(
    "{}, {} {} {} {}:{}:{} {}".format,
    st.sampled_from(["Mon", "Thu", ""]),
    st.integers(-1, 99),
    st.sampled_from(["Jan", "Feb", "Dec", "Smarch"]),
    st.integers(-(10**11), 10**11),
    *[st.integers(-1, 99)] * 3,
    st.sampled_from(["GMT", "+9999", "-0000", "EST", ""]),
)
TEXTS = st.one_of(st.text(), DIGITS, LONG_NUMBERS, DATES, st.text(st.characters(categories=["Cs"])))
LARGE = st.integers(300, 4000).map(lambda digits: 10**digits)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | LARGE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
REQUEST = TokenRequest("https://acme.example/token", (("client_secret", "application-secret-000"),))


@given(TEXTS)
def test_numbers_and_dates_in_headers(text: str) -> None:
    number, date = whole_number(text), http_date(text)
    assert number is None or (0 <= number < 10**18 and str(number) == (text.strip().lstrip("0") or "0"))
    assert date is None or math.isfinite(date)


@given(JSON)
@example(10**400)
@example(-(10**400))
@example("9" * 39)
@example("1e999")
@example(math.nan)
@example(math.inf)
@example("1_0")
@example(True)
def test_numbers_in_json(value: Any) -> None:
    number = positive_number(value)
    assert number is None or 0 < number < math.inf


@given(TEXTS | st.binary() | JSON.map(json.dumps))
@example("[" * 100_000)
@example("[" * 500 + "]" * 500)
@example('{"a":' * 100_000)
@example("9" * 5_000)
@example("NaN")
@example("-Infinity")
@example('"\\ud800"')
@example('"\ud800"')
@example('{"a": 1}'.encode("utf-16"))
@example(b"\xff\xfe\xff")
@example("")
def test_json(text: str | bytes) -> None:
    missing = object()
    value = json_or(text, missing)
    try:
        known: object = json.loads(text)
    except (ValueError, RecursionError):
        known = missing
    assert value is known or repr(value) == repr(known)
    if value is missing:
        with pytest.raises(ValueError):
            json_value(text)


@given(TEXTS, TEXTS, st.floats(0, 1e12))
@example("9" * 18, "", 0.0)
@example("Thu, 01 Jan 9999 00:00:00 GMT", "", 0.0)
def test_the_wait_a_server_asks_for(asked: str, sent: str, now: float) -> None:
    seconds = retry_after({"Retry-After": asked, "Date": sent}, now=now)
    assert seconds is None or 0 <= seconds <= 366 * 86_400, "time.sleep takes it"


@pytest.mark.parametrize(
    "text", ["\xb2", "\u0663", "9" * 5000, "1_0", "+1", "1.5", "Thu, 01 Jan 100000000000 00:00:00 GMT", "Thu, 1 Jan 0"]
)
def test_texts_that_other_parsers_take_or_die_of(text: str) -> None:
    assert retry_after({"Retry-After": text}, now=0) is None


@given(JSON)
def test_references_in_values(document: Any) -> None:
    for text in (json.dumps(document), '{"a":' * 100_000, '{"n": ' + "9" * 5000 + "}"):
        with suppress(ValueError):
            assert isinstance(Linked.parse(text).id, str)


def members() -> st.SearchStrategy[dict[str, Any]]:
    names = st.sampled_from(
        ["access_token", "refresh_token", "expires_in", "error", "message", "data", "class", "type"]
    )
    return st.dictionaries(names, JSON | st.just("usable-token-000") | st.dictionaries(names, JSON, max_size=3))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(members() | JSON, st.sampled_from([200, 204, 302, 400, 401, 429, 500]))
def test_answers_of_token_services(no_secret_shows: Watch, document: Any, status: int) -> None:
    no_secret_shows.secrets.clear()  # the same odd text may be drawn for a token and for a message
    answer = TokenResponse(status, json.dumps(document).encode())
    readers: list[Callable[[], Token]] = [
        lambda: read_token(answer, REQUEST, now=1e9),
        lambda: read_session(answer, REQUEST),
    ]
    for read in readers:
        try:
            found = read()
        except WorkfrontError:
            continue
        found.access.get_secret_value().encode("ascii")
        assert found.refresh is None or found.refresh.get_secret_value().encode("ascii")
        assert found.is_stale(1e9) in (True, False)
    no_secret_shows.secrets.clear()


@given(st.binary())
def test_bodies_that_are_no_text(body: bytes) -> None:
    with suppress(WorkfrontError):
        read_token(TokenResponse(200, body), REQUEST, now=0)
    with suppress(WorkfrontError):
        unwrap(200, body)


FILE_MEMBERS = st.dictionaries(
    st.sampled_from(["access", "refresh", "expires_at", "lifetime", "more"]), JSON | st.just("usable-token-000")
)


DAMAGED: tuple[dict[str, Any], ...] = (
    {"access": 5}, {"access": None}, {"access": ["usable-token-000"]}, {"access": "cl\u00e9-of-the-house"},
    {"access": "usable\r\ntoken-000"}, {"access": "usable-token-000", "refresh": "cl\u00e9-of-the-house"},
    {"access": "usable-token-000", "refresh": 7}, {"access": "usable-token-000", "expires_at": "1700000000"},
    {"access": "usable-token-000", "expires_at": [1.0]}, {"access": "usable-token-000", "lifetime": "3600"},
    {"access": "usable-token-000", "lifetime": True}, {"access": "usable-token-000", "expires_at": 10**400},
)  # fmt: skip
"""What another version, or somebody by hand, may have made of a file."""


@pytest.mark.parametrize("members", DAMAGED, ids=str)
def test_a_damaged_token_file_means_signing_in_again(members: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "token.json"
    path.touch(0o600)
    path.write_text(json.dumps(members), encoding="utf-8")
    assert FileStore(path).load() is None


@given(FILE_MEMBERS.map(json.dumps).map(str.encode) | JSON.map(json.dumps).map(str.encode) | st.binary())
def test_token_files(tmp_path_factory: pytest.TempPathFactory, text: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "token.json"
    path.touch(0o600)
    path.write_bytes(text)
    found = FileStore(path).load()
    assert found is None or isinstance(found, Token)
    if found is not None:
        assert found.is_stale(1e9) in (True, False)
        (found.refresh or found.access).get_secret_value().encode("ascii")


@given(TEXTS | st.from_regex(r"1:[0-9a-f]{16}:(id|row):\d{1,20}:.*", fullmatch=True), st.text())
def test_cursors(text: str, query: str) -> None:
    with suppress(WorkfrontError):
        Cursor.of(text, query)


@given(TEXTS | st.builds("{}://{}".format, st.sampled_from(["http", "https", "", "//"]), st.text()))
@example("https://xn--zz-9/file")
@example("//xn--/")
def test_addresses_of_files_and_redirections(text: str) -> None:
    with suppress(WorkfrontError):
        file_address("https://acme.example/attask/api/v22.0/", text)
    answer = httpx.Response(302, headers=[(b"Location", text.encode("utf-8", "replace"))])
    answer.request = httpx.Request("GET", "https://acme.example/file")
    address = redirection(answer)
    assert address is None or isinstance(address, str)


@given(JSON)
def test_aggregates_of_reports(value: Any) -> None:
    with suppress(WorkfrontError):
        number_of(value, "hours")


def test_a_token_file_may_be_of_any_size(tmp_path: Path) -> None:
    path = tmp_path / "token.json"
    path.touch(0o600)
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert FileStore(path).load() is None
