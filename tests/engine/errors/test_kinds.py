"""Errors: chosen by body first, helpful, picklable, without secrets."""

from __future__ import annotations

import pickle

import pytest

from tests.support.query_fixture.models.user import User
from workfront_core.auth import ApiKey, SessionId
from workfront_core.errors import (
    AuthenticationError,
    Conflict,
    Gone,
    InvalidRequest,
    NotFound,
    PermissionDenied,
    QueryError,
    RateLimited,
    ServerError,
    WorkfrontError,
)
from workfront_core.errors.complaints import failure
from workfront_core.errors.redaction import redact_request
from workfront_core.operations import operation


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (200, "You are not currently logged in.", AuthenticationError),
        (500, "Invalid session ID.", AuthenticationError),
        (401, "AuthenticationException: {0}", AuthenticationError),
        (500, "429 Too many concurrent API requests", RateLimited),
        (422, 'Parameter with primary key value(s) "0" not found', NotFound),
        (422, 'Parameter with name "X" already exists.', Conflict),
        (500, "APIModel V22_0 does not support field x (Task)", InvalidRequest),
        (422, "You do not have permission to edit this task", PermissionDenied),
        (400, "anything", InvalidRequest),
        (401, "anything", AuthenticationError),
        (403, "anything", PermissionDenied),
        (404, "anything", NotFound),
        (410, "anything", Gone),
        (418, "anything", InvalidRequest),
        (422, "anything", InvalidRequest),
        (429, "anything", RateLimited),
        (500, "anything", ServerError),
        (503, "anything", ServerError),
    ],
)
def test_the_kind_follows_the_text_first_and_the_status_second(
    status: int, message: str, kind: type[WorkfrontError]
) -> None:
    assert type(failure(message, status=status)) is kind


def test_the_class_the_server_names_counts_as_text() -> None:
    error = failure("...", status=422, workfront_class="com.attask.common.AuthenticationException")
    assert isinstance(error, AuthenticationError)


def test_the_text_shows_what_happened_what_to_do_and_the_request() -> None:
    error = failure(
        "APIModel V22_0 does not support field nmae (Task)",
        status=422,
        workfront_class="com.attask.X",
        request=redact_request("GET", "TASK/search", [("fields", "nmae")], None),
    )
    assert str(error) == (
        "APIModel V22_0 does not support field nmae (Task) [422 com.attask.X]\n"
        "Hint: This API version has no such field; take names from X.f or the field enum.\n"
        "Request: GET TASK/search?fields=nmae"
    )


def test_errors_survive_pickling_with_all_they_know() -> None:
    error = failure(
        "x",
        status=409,
        workfront_class="c",
        request=redact_request("PUT", "TASK/11111111111111111111111111111111", [("a", "b")], {"c": 1}),
    )
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(copy) is Conflict
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


def test_every_error_is_a_workfront_error() -> None:
    for kind in (QueryError, AuthenticationError, Gone, RateLimited):
        assert issubclass(kind, WorkfrontError)


def test_secrets_are_masked_in_parameters_bodies_and_nested_json() -> None:
    shown = redact_request(
        "POST",
        "USER",
        [("apiKey", "k1"), ("sessionID", "k2"), ("password_Mod", "k3"), ("updates", '{"password":"k4","name":"n"}')],
        {"password": "k5", "user": [{"apiToken": "k6", "name": "n"}]},
    )
    text = f"{shown} {shown.body} {shown!r}"
    assert not [secret for secret in ("k1", "k2", "k3", "k4", "k5", "k6") if secret in text]
    assert text.count('"name": "n"') >= 2


def test_a_request_shows_itself_without_secrets() -> None:
    request = operation.create(User, {"name": "n", "password": "hush"})
    assert "hush" not in repr(request)
    assert "hush" not in request.redact_secrets().body
    assert repr(request) == '<Request POST USER {"name": "n", "password": "***"}>'


def test_long_requests_are_shortened() -> None:
    assert len(str(redact_request("GET", "TASK/search", [("ID", "x" * 9000)], None))) < 600


@pytest.mark.parametrize("credential", [ApiKey("s3cret"), SessionId("s3cret")])
def test_a_credential_never_shows_itself(credential: ApiKey | SessionId) -> None:
    assert "s3cret" not in f"{credential} {credential!r} {[credential]}"
    assert list(credential.headers().values()) == ["s3cret"]


@pytest.mark.parametrize("broken", ["", "two words", "line\n", "caf\u00e9"])
def test_a_credential_no_header_can_carry_is_refused_without_being_shown(broken: str) -> None:
    for kind in (ApiKey, SessionId):
        with pytest.raises(QueryError) as raised:
            kind(broken)
        assert not broken or broken not in str(raised.value)


@pytest.mark.parametrize("status", [200, 400, 403, 422])
def test_missing_access_is_told_as_such_under_any_status(status: int) -> None:
    error = failure("You do not have sufficient access to view this object", status=status)
    assert type(error) is PermissionDenied
    assert error.hint
