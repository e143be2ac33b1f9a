"""Answers of every shape: wrapped, bare, erroneous, damaged; and the values read from them."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast

import pytest

from tests.support.query_fixture.models.task import Task
from workfront_core.errors import (
    AuthenticationError,
    Gone,
    InvalidRequest,
    NotFound,
    ProtocolError,
    ServerError,
    Truncated,
    WorkfrontError,
)
from workfront_core.operations import decoders as result
from workfront_core.request.response import MOST_VALUES, unwrap


def body(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize("status", [200, 201])
def test_data_is_taken_out_of_its_envelope(status: int) -> None:
    assert unwrap(status, body({"data": [1]})) == [1]
    assert unwrap(status, body({"data": None})) is None


def test_a_bare_body_is_the_data() -> None:
    assert unwrap(200, body({"handle": "x"})) == {"handle": "x"}
    assert unwrap(200, body([1])) == [1]
    assert unwrap(204, b"") is None


def test_gzip_nobody_declared_is_unpacked() -> None:
    assert unwrap(200, gzip.compress(body({"data": 1}))) == 1
    with pytest.raises(InvalidRequest, match=r"^no such field"):
        unwrap(422, gzip.compress(body({"error": {"message": "no such field"}})))


def test_damaged_gzip_goes_by_its_status() -> None:
    damaged = gzip.compress(body({"data": "x" * 500}))[:-20]
    for status, kind in ((200, Truncated), (422, InvalidRequest), (503, ServerError)):
        with pytest.raises(kind, match="damaged gzip"):
            unwrap(status, damaged)


@pytest.mark.parametrize("nothing", [b"", b" \n"])
def test_nothing_at_all_is_a_cut_off_answer_and_never_an_empty_result(nothing: bytes) -> None:
    with pytest.raises(Truncated, match="not complete JSON"):
        unwrap(200, nothing)


@pytest.mark.parametrize(
    "body_of_error", [{"error": {"message": "x"}}, {"error": "x"}, {"error": {"message": "x"}, "data": []}]
)
def test_an_error_under_200_is_an_error(body_of_error: object) -> None:
    with pytest.raises(InvalidRequest, match="x") as raised:
        unwrap(200, body(body_of_error))
    assert raised.value.status == 200


@pytest.mark.parametrize("empty", [{}, "", []])
def test_an_empty_error_counts_only_where_there_is_no_data(empty: object) -> None:
    with pytest.raises(InvalidRequest, match="no message"):
        unwrap(200, body({"error": empty}))
    assert unwrap(200, body({"error": empty, "data": [1]})) == [1]
    assert unwrap(200, body({"error": None, "data": [1]})) == [1]


@pytest.mark.parametrize(
    ("error", "message", "workfront_class"),
    [
        ({"class": "a.B", "message": "m", "code": 0}, "m", "a.B"),
        ({"error": "Invalid session ID.", "class": "a.B"}, "Invalid session ID.", "a.B"),
        ("too many parts", "too many parts", None),
        ({"msgKey": "exception.attask", "attributes": [""]}, "exception.attask", None),
        ({"code": 1}, "no message", None),
    ],
)
def test_every_form_of_error_body_is_read(error: object, message: str, workfront_class: str | None) -> None:
    with pytest.raises(WorkfrontError) as raised:
        unwrap(422, body({"error": error}))
    assert (raised.value.message, raised.value.workfront_class) == (message, workfront_class)


@pytest.mark.parametrize(
    "text",
    [
        b'{"data":[', b'{"data":[{"ID":"1"},', b"\xff\xfe{", b'{"data": "x', b"OK", b'{"data":"\xc3', b"[" * 100_000,
        b'{"data":[]}{"error":{"message":"x"}}',
    ],
)  # fmt: skip
def test_a_cut_off_body_is_a_protocol_error(text: bytes) -> None:
    with pytest.raises(Truncated, match="not complete JSON") as raised:
        unwrap(200, text)
    assert raised.value.status == 200
    assert "cut it off" in str(raised.value)


def test_html_is_told_apart_and_explained() -> None:
    page = b"\xef\xbb\xbf \n<!DOCTYPE html><html><body>Sign in"
    with pytest.raises(ProtocolError, match=r"HTML.*Sign in") as raised:
        unwrap(200, page)
    assert raised.value.hint is not None
    assert "proxy" in raised.value.hint
    for status, kind in ((401, AuthenticationError), (404, NotFound), (410, Gone), (502, ServerError)):
        with pytest.raises(kind, match=f"HTTP {status}"):
            unwrap(status, page)


def test_a_redirect_is_not_followed_but_reported() -> None:
    with pytest.raises(ProtocolError):
        unwrap(302, b"")


def test_a_failure_without_an_error_body_goes_by_its_status() -> None:
    with pytest.raises(Gone, match="without an error in it"):
        unwrap(410, body({"data": None}))
    with pytest.raises(ServerError):
        unwrap(500, b"")


def test_one_row_may_come_as_a_list_of_one() -> None:
    for data in ({"ID": "1", "name": "x"}, [{"ID": "1", "name": "x"}]):
        assert result.row_of(Task)(data).name == "x"
    with pytest.raises(NotFound, match="none came"):
        result.row_of(Task)([])
    with pytest.raises(ProtocolError, match="not a row of Task: None"):
        result.row_of(Task)(None)
    with pytest.raises(ProtocolError, match="2 came"):
        result.row_of(Task)([{}, {}])
    with pytest.raises(ProtocolError, match="where a Task is due"):
        result.row_of(Task)("OK")


def test_an_optional_row_may_be_missing() -> None:
    assert result.optional_row_of(Task)(None) is result.optional_row_of(Task)([]) is None


def test_rows_come_as_list_map_or_nothing() -> None:
    row = {"ID": "1", "name": "x"}
    assert [task.id for task in result.list_of(Task)([row])] == ["1"]
    assert [task.id for task in result.list_of(Task)({"1": row, "2": {"ID": "2"}})] == ["1", "2"]
    assert [task.id for task in result.list_of(Task)(row)] == ["1"]
    assert result.list_of(Task)(None) == []


def test_a_write_confirmed_without_its_row_gives_an_empty_row() -> None:
    answers: list[object] = [None, {}, [], {"success": True}, {"success": "true"}]
    for answer in answers:
        assert result.written_row_of(Task)(answer).to_wire() == {}
    for told in (False, "false", None, "done"):
        with pytest.raises(ProtocolError, match="did not confirm"):
            result.written_row_of(Task)({"success": told})


def test_a_count_is_read_wrapped_and_bare() -> None:
    assert result.count({"count": 3}) == result.count(3) == result.count({"count": "3"}) == 3
    with pytest.raises(ProtocolError, match="not a count"):
        result.count({"cnt": 3})


def test_a_change_needs_its_confirmation() -> None:
    result.success({"success": True})
    with pytest.raises(ProtocolError, match="did not confirm"):
        result.success({"success": False})


@pytest.mark.parametrize("decode", [result.nothing, result.json_value, result.text, result.boolean, result.mapping])
@pytest.mark.parametrize("told", [False, "false"])
def test_an_action_the_server_did_not_do_is_an_error(decode: Any, told: object) -> None:
    for answer in ({"success": told}, {"success": told, "reason": "locked"}):
        with pytest.raises(ProtocolError, match="did not confirm"):
            result.action_result(decode)(answer)


def test_an_action_result_is_unwrapped_or_taken_bare() -> None:
    assert result.action_result(result.text)({"result": "x"}) == result.action_result(result.text)("x") == "x"
    assert result.action_result(result.json_value)({"result": 1, "more": 2}) == {"result": 1, "more": 2}
    assert result.action_result(result.json_value)({"result": None}) is None


def test_scalars_are_read_from_the_forms_the_server_uses() -> None:
    assert result.boolean("true") is True
    assert result.integer("5") == 5
    assert result.amount("1.10") == Decimal("1.10")
    assert result.number(2) == 2.0
    assert result.date_time("2026-03-18T12:00:00:000+0000") == datetime(2026, 3, 18, 12, tzinfo=UTC)
    assert result.day("2026-03-18") == date(2026, 3, 18)
    assert result.texts("a") == ["a"]
    assert result.values([1, "a"]) == [1, "a"]
    assert result.mapping({"a": 1}) == {"a": 1}


def test_null_is_no_scalar_and_an_empty_container() -> None:
    for scalar in (
        result.text,
        result.boolean,
        result.integer,
        result.number,
        result.amount,
        result.date_time,
        result.day,
    ):
        assert scalar(None) is None
    assert (result.texts(None), result.values(None), result.mapping(None)) == ([], [], {})


def test_a_scalar_of_another_kind_is_a_protocol_error() -> None:
    with pytest.raises(ProtocolError, match="not an integer: 'many'"):
        result.integer("many")
    for scalar in (result.integer, result.number, result.amount, result.text, result.date_time, result.day):
        with pytest.raises(ProtocolError, match="True"):
            scalar(True)
    with pytest.raises(ProtocolError, match="not a map"):
        result.mapping([1])


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (rb'{"data": "\ud83d"}', "\ud83d"),
        ('{"data": "é"}'.encode("utf-16"), "é"),
        (b'{"data": ' + b"[" * 300 + b"]" * 300 + b"}", None),
        (b'{"data": 123456789012345678901234567890}', 123456789012345678901234567890),
    ],
)
def test_json_that_only_a_lenient_parser_reads_is_read(body: bytes, value: object) -> None:
    read = unwrap(200, body)
    assert read == value if value is not None else str(read) == "[" * 300 + "]" * 300


@pytest.mark.long
@pytest.mark.parametrize("value", [b"[]", b"{}", b"1", b'""', b"[[]]"])
def test_a_small_body_of_millions_of_values_is_not_taken_to_pieces(value: bytes) -> None:
    number = MOST_VALUES + 1
    with pytest.raises(ProtocolError, match="values in"):
        unwrap(200, b'{"data": [' + b",".join([value] * number) + b"]}")


def test_a_large_page_of_rows_is_read() -> None:
    row = b'{"ID": "5a02", "name": "\\"' + b"," * 100_000 + b'"}'
    assert len(cast("list[Any]", unwrap(200, b'{"data": [' + b",".join([row] * 50) + b"]}"))) == 50
