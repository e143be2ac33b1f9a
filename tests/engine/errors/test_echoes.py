"""Whatever the other side gives back of what was sent, in whatever form, no error, cause, pickle or frame shows it."""

from __future__ import annotations

import asyncio
import base64
import gzip
import html
import json
import pickle
import re
import traceback
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any, Final
from urllib.parse import quote, quote_plus, unquote

import pytest
from pydantic import SecretStr
from rich.console import Console
from rich.traceback import Traceback

from tests.support.fault_host import Act, fault_host, reply
from tests.support.loopback import Received
from tests.support.resilience_kit import names, run_async, run_sync
from tests.support.token_host import gives_tokens
from workfront_client.v22 import AsyncWorkfront, User, Workfront
from workfront_core import request_of
from workfront_core.auth import (
    ApiKey,
    AuthorizationCode,
    ImsServer,
    ImsToken,
    Login,
    Pkce,
    SessionId,
)
from workfront_core.auth.oauth import refresh_token
from workfront_core.auth.static import Auth
from workfront_core.errors import WorkfrontError
from workfront_core.errors.redaction import forms_of, redact_causes, redact_text
from workfront_core.transport.retry import Retry

SECRET: Final = "mark/of+a=secret&<that>never.shows"
OTHER: Final = "another-mark-that-never-shows"
HERE: Final = "http://localhost:1/back"

CREDENTIALS: Final[dict[str, Callable[[str], Auth]]] = {
    "api key": lambda _: ApiKey(SECRET),
    "session": lambda _: SessionId(SECRET),
    "IMS token": lambda _: ImsToken(SECRET, "0123@AdobeOrg"),
    "login": lambda _: Login("ana@example.com", SECRET),
    "code": lambda _: AuthorizationCode("app", SECRET, code=OTHER, redirect_uri=HERE),
    "code, basic": lambda _: AuthorizationCode("app", SECRET, code=OTHER, redirect_uri=HERE, client_auth="basic"),
    "refresh": lambda _: AuthorizationCode("app", SECRET, token=refresh_token(OTHER), redirect_uri=HERE),
    "refresh, basic": lambda _: AuthorizationCode("app", SECRET, token=refresh_token(OTHER), client_auth="basic"),
    "PKCE": lambda _: Pkce("app", code=OTHER, verifier=SECRET, redirect_uri=HERE),
    "IMS server": lambda url: ImsServer("app", SECRET, org_id="0123@AdobeOrg", url=f"{url}/ims/token/v3"),
}
"""Every way to sign in that sends a secret, given the address of the host."""


def all_that_was_sent(asked: Received) -> str:
    """Returns every header and the body, raw and taken apart."""
    headers = "\n".join(f"{name}: {value}" for name, value in asked.headers.items())
    proof = asked.headers.get("authorization", "").partition(" ")[2]
    unpacked = base64.b64decode(proof + "==").decode("utf-8", "replace") if "Basic" in headers else ""
    return f"{headers}\n{asked.target}\n{asked.body.decode()}\n{unquote(asked.body.decode())}\n{unpacked}"


def echo_as(form: str) -> Callable[[Received], Act]:
    """Returns an answer that repeats everything it was sent."""

    def act(asked: Received) -> Act:
        said = all_that_was_sent(asked)
        return {
            "refusal": lambda: reply({"error": {"message": said}}, 401),
            "OAuth refusal": lambda: reply({"error": "invalid_client", "error_description": said}, 400),
            "refusal under 200": lambda: reply({"error": {"message": said, "class": "x.SomeException"}}),
            "bare text": lambda: reply({"error": said}, 422),
            "failure": lambda: reply({"error": {"message": said}}, 503),
            "page": lambda: reply(f"<html><body>{said}</body></html>".encode()),
            "page to sign in": lambda: reply(f"<html><title>Sign in</title>{said}</html>".encode()),
            "page, refused": lambda: reply(f"<html><body>{said}</body></html>".encode(), 403),
            "cut JSON": lambda: reply(b'{"data": [{"x": ' + json.dumps(said).encode()),
            "packed": lambda: reply(gzip.compress(json.dumps({"error": {"message": said}}).encode())),
            "other shape": lambda: reply({"data": said}),
            "rows of another shape": lambda: reply({"data": [said, {"ID": [said]}]}),
            "no HTTP": lambda: raw(f"GARBAGE {said}"),
            "redirect": lambda: reply(b"", 302, {"Location": f"https://other.example/?x={quote(said)}"}),
            "encoding": lambda: reply(b"x", headers={"Content-Encoding": as_header(said)}),
            "encoding, refused": lambda: reply(b"x", 401, {"Content-Encoding": packed_words(asked)}),
            "percent": lambda: reply({"error": {"message": quote(said, safe="")}}, 422),
            "base64": lambda: reply({"error": {"message": packed_words(asked)}}, 422),
        }[form]()

    return act


FORMS: Final = (
    "refusal", "OAuth refusal", "refusal under 200", "bare text", "failure", "page", "page to sign in", "page, refused",
    "cut JSON", "packed", "other shape", "rows of another shape", "no HTTP", "redirect", "encoding",
    "encoding, refused", "percent", "base64",
)  # fmt: skip


def packed_words(asked: Received) -> str:
    values = [*asked.headers.values(), *(value for _, value in asked.form)]
    return " ".join(base64.b64encode(value.encode()).decode() for value in values)


def as_header(text: str) -> str:
    return ",".join(text.split()).encode("ascii", "replace").decode()


def raw(text: str) -> Act:
    def act(connection: Any) -> bool:
        connection.sendall(text.encode() + b"\r\n\r\n")
        return False

    return act


def shown(error: BaseException) -> str:
    """Returns all that a traceback, a log, an error tracker or a pickle could show of an error."""
    texts = [str(error), repr(error), repr(vars(error)), "".join(traceback.format_exception(error))]
    for cause in chain(error):
        texts.append(f"{cause!r} {cause} {cause.args!r}")
        texts += [repr(frame.f_locals) for frame, _ in traceback.walk_tb(cause.__traceback__) if is_ours(frame)]
    return "\n".join(texts)


def is_ours(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__", "")).startswith("workfront_")


def as_rich_shows(error: BaseException) -> str:
    """Returns a traceback with local variables, those of libraries too; the frames of the test itself are left out."""
    console = Console(width=300, file=StringIO())
    own = error.__traceback__
    while own is not None and not is_ours(own.tb_frame):
        own = own.tb_next
    trace = Traceback.from_exception(type(error), error, own, show_locals=True, locals_max_string=5000)
    console.print(trace)
    return str(console.file.getvalue()) if isinstance(console.file, StringIO) else ""


def chain(error: BaseException) -> Iterator[BaseException]:
    """Yields an error and all that is linked to it, suppressed or not."""
    pending, seen = [error], set[int]()
    while pending:
        found = pending.pop()
        if id(found) not in seen:
            seen.add(id(found))
            yield found
            pending += [other for other in (found.__cause__, found.__context__) if other is not None]


def leaks(text: str) -> list[str]:
    marks = [form for form in forms_of([SECRET, OTHER]) if len(form) > 12]
    return [form for form in marks if form in text]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("credential", CREDENTIALS.values(), ids=CREDENTIALS)
def test_nothing_of_what_was_sent_comes_back_in_an_error(credential: Callable[[str], Auth], form: str) -> None:
    for run in (run_sync, run_async):
        with fault_host(lambda asked, _: echo_as(form)(asked)) as host, pytest.raises(WorkfrontError) as raised:
            run(host.url, names, auth=credential(host.url), retry=Retry(max_retries=0))
        assert leaks("\n".join(all_that_was_sent(asked) for asked in host.asked)), "the host was not sent the secret"
        assert leaks(shown(raised.value)) == []
        pickled = pickle.dumps(raised.value)
        assert leaks(f"{pickled!r} {pickle.loads(pickled)}") == []  # noqa: S301


@pytest.mark.parametrize("form", ["refusal under 200", "page", "cut JSON", "other shape", "packed", "no HTTP"])
def test_a_traceback_with_local_variables_shows_nothing_of_what_was_sent(form: str) -> None:
    with fault_host(lambda asked, _: echo_as(form)(asked)) as host, pytest.raises(WorkfrontError) as raised:
        run_sync(host.url, names, auth=ApiKey(SECRET), retry=Retry(max_retries=0))
    text = as_rich_shows(raised.value)
    assert "locals" in text
    assert leaks(text) == []


@pytest.mark.parametrize("form", ["refusal", "page", "cut JSON", "other shape", "no HTTP"])
def test_nothing_of_a_token_comes_back_in_an_error_of_a_later_call(form: str) -> None:
    def answer(asked: Received, _: int) -> Act:
        return reply({"data": {"sessionID": OTHER}}) if gives_tokens(asked.path) else echo_as(form)(asked)

    with fault_host(answer) as host, pytest.raises(WorkfrontError) as raised:
        run_sync(host.url, names, auth=Login("ana@example.com", "password-of-ana"), retry=Retry(max_retries=0))
    assert leaks(shown(raised.value)) == []


PLACES: Final = (
    "http://localhost:1/{}/x", "http://localhost:1/x?y={}", "http://{}@localhost:1/x", "http://{}/x", "http://[{}]/x",
    "ftp://localhost/{}", "http://localhost:{}/x", "/{}/x",
)  # fmt: skip
"""Where the address that a download is sent on to may hold what was sent."""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("run", [run_sync, run_async])
def test_nothing_of_what_was_sent_comes_back_in_the_address_of_a_file(
    run: Callable[..., Any], place: str, tmp_path: Path
) -> None:
    def answer(asked: Received, number: int) -> Act:
        said = place.format(quote(asked.headers["apikey"], safe=""))
        return reply(b"", 302, {"Location": said}) if number == 0 else reply({"error": {"message": said}}, 404)

    def job(wf: Any) -> Any:
        return wf.download("/file", tmp_path / "file.pdf")

    with fault_host(answer) as host, pytest.raises(WorkfrontError) as raised:
        run(host.url, job, auth=ApiKey(SECRET), retry=Retry(max_retries=0))
    assert leaks(shown(raised.value)) == []


def test_nothing_of_what_was_sent_comes_back_in_the_errors_of_a_batch() -> None:
    def answer(asked: Received, _: int) -> Act:
        return reply({"data": [{"error": {"message": all_that_was_sent(asked)}}, {"data": {"count": 1}}]})

    def job(wf: Any) -> Any:
        with wf.batch() as batch:
            slot = batch.call(wf.task.count)
            batch.call(wf.task.count)
        return slot.result()

    with fault_host(answer) as host, pytest.raises(WorkfrontError) as raised:
        run_sync(host.url, job, auth=ApiKey(SECRET))
    assert leaks(shown(raised.value)) == []


CALLS: Final[dict[str, Callable[[Any], Any]]] = {
    "an action": lambda wf: wf.user.get_api_key(username="ana@example.com", password=secret()),
    "a create": lambda wf: wf.user.create(name="Ana", email_addr="ana@example.com", password=secret()),
    "an update": lambda wf: wf.user.update("1" * 32, password=secret()),
    "many rows": lambda wf: wf.user.update_many([("1" * 32, {"password": secret()})]),
    "a parameter": lambda wf: wf.request("GET", "USER/search", {"sessionID": secret()}),
    "JSON in a parameter": lambda wf: wf.request("PUT", "USER", {"updates": f'{{"password": "{secret()}"}}'}),
    "a member within": lambda wf: wf.request("POST", "USER", json={"a": [{"ssoPassword": {"text": secret()}}]}),
    "an address of a file": lambda wf: wf.download(f"/document/download?signature={quote(secret())}", "file.bin"),
    "a subscription": lambda wf: wf.events.create(User, "UPDATE", url="https://a.example/", token=secret()),
}
"""Calls that send a secret of their own, which no frame of the test may hold."""


def secret() -> str:
    return SECRET


REFUSALS: Final = ("refusal", "bare text", "failure", "no HTTP")
BAD_ANSWERS: Final = ("page", "cut JSON", "packed")
"""Under 200, where a download takes them for the file."""


@pytest.mark.parametrize("form", [*REFUSALS, *BAD_ANSWERS])
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_nothing_of_what_a_call_itself_sends_comes_back_in_its_error(
    call: Callable[[Any], Any], form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if form in BAD_ANSWERS and call is CALLS["an address of a file"]:
        return
    monkeypatch.chdir(tmp_path)

    async def run_async_call(url: str) -> None:
        async with AsyncWorkfront(url, auth=ApiKey("a-key-of-its-own"), retry=Retry(max_retries=0)) as wf:
            await call(wf)

    def run_sync_call(url: str) -> None:
        with Workfront(url, auth=ApiKey("a-key-of-its-own"), retry=Retry(max_retries=0)) as wf:
            call(wf)

    for run in (run_sync_call, lambda url: asyncio.run(run_async_call(url))):
        with fault_host(lambda asked, _: echo_as(form)(asked)) as host, pytest.raises(WorkfrontError) as raised:
            run(host.url)
        sent = "\n".join(all_that_was_sent(asked) for asked in host.asked)
        assert leaks(f"{sent} {unquote(sent)} {sent.encode().decode('unicode_escape')}"), "the host was sent no secret"
        assert leaks(f"{raised.value} {raised.value!r} {vars(raised.value)!r} {pickle.dumps(raised.value)!r}") == []
        assert leaks(repr([f"{cause!r} {cause.args!r}" for cause in chain(raised.value)])) == []


REFUSED_HERE: Final[dict[str, Callable[[Any], Any]]] = {
    "a field there is none of": lambda wf: wf.user.create(password=secret(), nonsense=1),
    "a form that is none": lambda wf: wf.user.update("1" * 32, password=secret(), custom=3),
    "an ID that is none": lambda wf: wf.user.update("a b", password=secret()),
    "an argument there is none of": lambda wf: wf.untyped("USER").create(password=secret()),
    "a row that is none": lambda wf: wf.user.create_many([{"password": secret(), "nonsense": 1}]),
    "a path that is none": lambda wf: wf.request("GET", "../x", {"apiKey": secret()}),
    "an address that is none": lambda wf: wf.download(f"ftp://a.example/?k={secret()}", "file.bin"),
    "a request of it": lambda wf: request_of(wf.user.update, "a b", password=secret()),
}
"""Calls that are refused before anything is sent."""


@pytest.mark.parametrize("call", [*CALLS.values(), *REFUSED_HERE.values()], ids=[*CALLS, *REFUSED_HERE])
def test_no_frame_of_ours_shows_a_secret_that_a_call_sends(
    call: Callable[[Any], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def run_async_call(url: str) -> None:
        async with AsyncWorkfront(url, auth=ApiKey("a-key-of-its-own"), retry=Retry(max_retries=0)) as wf:
            await call(wf)

    def run_sync_call(url: str) -> None:
        with Workfront(url, auth=ApiKey("a-key-of-its-own"), retry=Retry(max_retries=0)) as wf:
            call(wf)

    for run in (run_sync_call, lambda url: asyncio.run(run_async_call(url))):
        with (
            fault_host(lambda asked, _: echo_as("refusal")(asked)) as host,
            pytest.raises((WorkfrontError, TypeError)) as raised,
        ):
            run(host.url)
        assert leaks(shown(raised.value)) == []


def test_a_lost_call_keeps_what_broke_it_as_its_cause() -> None:
    with (
        fault_host(lambda _, __: raw("GARBAGE")) as host,
        Workfront(host.url, auth=ApiKey("a-key-of-its-own"), retry=Retry(max_retries=0)) as wf,
        pytest.raises(WorkfrontError) as raised,
    ):
        wf.user.create(name="Ana")
    assert any("Protocol" in type(cause).__name__ for cause in chain(raised.value))


WRITERS: Final[dict[str, Callable[[str], str]]] = {
    "as it is": str,
    "percent": quote,
    "percent, all": lambda text: quote(text, safe=""),
    "percent, small": lambda text: re.sub("%..", lambda code: code[0].lower(), quote(text, safe="")),
    "percent, twice": lambda text: quote(quote(text, safe=""), safe=""),
    "hexadecimal": lambda text: text.encode().hex(),
    "hexadecimal, large": lambda text: text.encode().hex().upper(),
    "form": quote_plus,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 without its end": lambda text: base64.b64encode(text.encode()).decode().rstrip("="),
    "base64 of addresses": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "base64, percent": lambda text: quote(base64.b64encode(text.encode()).decode(), safe=""),
    "base64 of a header": lambda text: base64.b64encode(f"Key: {text}\n".encode()).decode(),
    "base64 of a pair": lambda text: base64.b64encode(f"key={text}&".encode()).decode(),
    "base64 of a line": lambda text: base64.b64encode(f"is {text}.".encode()).decode(),
    "base64 of addresses, within": lambda text: base64.urlsafe_b64encode(f"{text}?".encode()).decode(),
    "JSON": json.dumps,
    "JSON, with slashes": lambda text: json.dumps(text).replace("/", "\\/"),
    "JSON of pages": lambda text: escaped(json.dumps(text), "<>&"),
    "JSON of Gson": lambda text: escaped(json.dumps(text), "<>&='"),
    "HTML": lambda text: html.escape(text, quote=False),
    "HTML with quotes": html.escape,
    "HTML of PHP": lambda text: html.escape(text).replace("&#x27;", "&#039;"),
    "HTML of Jinja": lambda text: html.escape(text, quote=False).replace("'", "&#39;").replace('"', "&#34;"),
    "XML": lambda text: html.escape(text).replace("&#x27;", "&apos;"),
    "repr": repr,
    "repr of bytes": lambda text: repr(bytearray(text.encode())),
}
"""How programs write a text that they were sent."""

HARD: Final = (SECRET, 'it\'s never\\shown "here"', "Größe never-schöne", "never 日本語のパスワード")


def escaped(text: str, characters: str) -> str:
    return "".join(f"\\u{ord(letter):04x}" if letter in characters else letter for letter in text)


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("secret", HARD)
def test_every_form_of_a_secret_is_known(writer: str, secret: str) -> None:
    written = WRITERS[writer](secret)
    masked = redact_text(f"said: {written}.", [secret])
    assert "***" in masked
    assert "never" not in masked
    assert len(masked) < len("said: ***.") + 16, "a frame such as bytearray() stays"


def test_the_causes_of_an_error_are_cleaned_to_the_end_of_the_chain() -> None:
    inner = ExceptionGroup("several", [ValueError(f"bad {SECRET}", SECRET.encode(), 5)])
    middle, outer = OSError(f"lost {SECRET}"), RuntimeError("outer")
    middle.__context__, outer.__cause__, inner.__context__ = inner, middle, outer  # a circle, too
    redact_causes(outer, [SECRET])
    assert SECRET not in f"{outer!r} {middle!r} {inner!r} {inner.exceptions[0]!r}"
    assert inner.exceptions[0].args[2] == 5


@pytest.mark.parametrize("kind", [ApiKey, SessionId])
@pytest.mark.parametrize("wrong", [f"{SECRET}\n", f" {SECRET}", f"{SECRET}é"])
def test_a_refused_credential_shows_in_no_frame_of_ours(kind: Callable[[object], Auth], wrong: str) -> None:
    holder = SecretStr(wrong)
    with pytest.raises(WorkfrontError) as raised:
        kind(holder.get_secret_value())
    trace = raised.value.__traceback__
    assert trace is not None
    frames = [frame.f_locals for frame, _ in traceback.walk_tb(trace.tb_next)]
    assert frames
    assert SECRET not in repr(frames)
