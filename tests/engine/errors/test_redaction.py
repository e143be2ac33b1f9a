"""The watch over secrets itself: it finds what it is there to find. See secret_watch.py."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.support.fault_host import fault_host, refusal, reply
from tests.support.query_fixture.services import Workfront
from tests.support.resilience_kit import names, run_sync
from tests.support.secret_watch import Watch
from workfront_core.auth import ApiKey, Login, Token
from workfront_core.auth.oauth import refresh_token
from workfront_core.auth.static import ImsToken
from workfront_core.auth.tokens import TokenRequest, TokenSite
from workfront_core.errors import AuthenticationError, WorkfrontError
from workfront_core.errors.frames import bare
from workfront_core.errors.redaction import SecretHeaders, redact_request, redact_text
from workfront_core.request.download import file_address

SECRET = "a-secret-that-must-not-show"


@pytest.fixture
def watch(no_secret_shows: Watch) -> Iterator[Watch]:
    """The watch of this test, forgetful at the end: leaks here are on purpose."""
    yield no_secret_shows
    no_secret_shows.secrets.clear()


def test_the_watch_finds_a_secret_in_a_log_record_and_in_its_attributes(watch: Watch) -> None:
    ApiKey(SECRET)
    logging.getLogger("workfront").debug("sent", extra={"key": SECRET})
    assert watch.leaks() == ["log of workfront"]


def test_the_watch_finds_a_secret_in_an_error_and_in_our_frames(watch: Watch) -> None:
    ApiKey(SECRET)
    with pytest.raises(WorkfrontError):
        raise WorkfrontError(f"bad key {SECRET}")
    assert watch.leaks() == ["error", "frames"]


def test_local_variables_of_our_frames_tell_nothing() -> None:
    with fault_host(lambda asked, _number: refusal(401, f"bad: {asked.headers.get('apikey')} {asked.form}")) as host:
        with pytest.raises(AuthenticationError):
            run_sync(host.url, names, auth=ApiKey(SECRET))
        with pytest.raises(AuthenticationError):
            run_sync(host.url, names, auth=Login("ana@example.com", SECRET))


@pytest.mark.parametrize("name", ["password", "apiKey", "sessionID", "client_secret", "jwt_token", "newPassword"])
def test_parameters_that_name_a_secret_are_masked_wherever_a_request_shows(name: str) -> None:
    answer = reply({"data": []})
    with fault_host(lambda _asked, _number: answer) as host, Workfront(host.url, auth=ApiKey(SECRET)) as wf:
        wf.request("PUT", "USER/x", {name: "hidden-hidden"}, json={"nested": [{name: "hidden-hidden"}]})
    shown = redact_request("PUT", "USER/x", [(name, "hidden-hidden")], {"nested": [{name: "hidden-hidden"}]})
    assert "hidden" not in f"{shown} {shown.body} {shown!r}"


def test_values_that_hold_secrets_show_their_names_only() -> None:
    site = TokenSite("https://acme.example", "https://acme.example/attask/api/v22.0/")
    request = Login("ana@example.com", SECRET).request(site, None)
    shown = [
        SecretHeaders(apiKey=SECRET),
        refresh_token(SECRET),
        ImsToken(SECRET, "0@AdobeOrg"),
        Login("ana@example.com", SECRET),
        request,
        request.headers(),
        TokenRequest("https://acme.example/t", (("client_id", "c"),), basic=("c", SECRET)),
    ]
    assert SECRET not in f"{shown!r} {[str(value) for value in shown]}"
    assert isinstance(refresh_token(SECRET), Token)


def test_a_short_secret_is_masked_as_a_word_and_leaves_other_words_whole() -> None:
    assert redact_text("no user with the key k, says k.", ["k"]) == "no user with the key ***, says ***."
    assert redact_text("prefix-a-long-secret-suffix", ["a-long-secret"]) == "prefix-***-suffix"


def test_a_short_secret_is_masked_as_it_travels_in_a_form() -> None:
    assert redact_text("client_secret=s3cr3t%21&code=c0de%2B", ["s3cr3t!", "c0de+"]) == "client_secret=***&code=***"
    assert redact_text("words of 50 %", ["50 %"]) == "words of ***"


LONG_PLACES = ("ftp://{}/x", "http://{}:99999999/x", "http://[{}]/x", "ftp://u:p@{}/x", "http://{}:x/y")


@pytest.mark.parametrize("place", LONG_PLACES)
def test_no_half_of_what_was_sent_is_in_an_error_about_an_address_too_long_to_be_shown(place: str) -> None:
    for before in range(70, 140):
        with pytest.raises(WorkfrontError) as raised:
            file_address("https://acme.example/attask/api/v22.0/", place.format("a" * before + SECRET))
        assert SECRET[:8] not in str(bare(raised.value, [SECRET]))
