"""What errors, logs and pages may show of a request: everything but its secrets.

This is the one list of names that stand for secrets, and the one account of the forms a secret may come back in.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import parse_qsl, quote, quote_plus

from workfront_core.errors.printable import shortened
from workfront_core.foreign_text import json_or
from workfront_core.json_type import JsonValue

MASK: Final = "***"
API_PATH: Final = "/attask/"
NAMES_OF_SECRETS: Final = (
    r"pass(word|wd|phrase|code)|api_?-?key|private_?-?key|session|token|jwt|secret|credential|authori[sz]ation"
    r"|cookie|wf-auth|assertion|signature|saml|verifier|auth_?code"
)
"""Pattern of the names that stand for a secret, in any case: of parameters, headers, members of JSON, variables."""

_SECRET_NAME: Final = re.compile(NAMES_OF_SECRETS, re.IGNORECASE)
_TORN: Final = re.compile(rf"(?:{NAMES_OF_SECRETS})\w*\W{{0,3}}[:=]", re.IGNORECASE)
"""Such a name and what stands for it, in a text that is not the JSON it begins as."""
_IN_PATH: Final = re.compile(r";[^/?#]*")
_SHOWN: Final = 500
_SHORTEST_TOKEN: Final = 8
_UNSAFE_IN_PAGES: Final = ("<", "<>", "<>&", "<>&='")
_QUOTATION_MARKS: Final = ("&quot;", "&#34;")
_APOSTROPHES: Final = ("'", "&#x27;", "&#39;", "&#039;", "&apos;")
_SHORTEST_SENT: Final = 4
"""Characters of a value that is masked because of its name; ``true`` of ``signatureRequired`` is an ordinary word."""


def is_secret(name: str) -> bool:
    """Returns whether a parameter, header or member of this name carries a credential."""
    return _SECRET_NAME.search(name) is not None


def redact_json(value: JsonValue) -> JsonValue:
    """Returns a JSON value with every secret member replaced by ``***``."""
    if isinstance(value, dict):
        return {name: _redact_member(name, member) for name, member in value.items()}
    if isinstance(value, list):
        return [redact_json(member) for member in value]
    return _redact_within(value) if isinstance(value, str) else value


def forms_of(secrets: Iterable[str]) -> list[str]:
    """Returns every form in which the other side may give a secret back, the longest first.

    That is the text itself, percent-encoded, once and by a proxy once more, in base64, by itself or as a part of more,
    in hexadecimal digits, and escaped as in JSON, in HTML and in Python's ``repr``.
    """
    found = {form for secret in secrets if secret for form in _forms(secret)}
    return sorted(found, key=len, reverse=True)


def _forms(secret: str) -> Iterable[str]:
    yield secret
    data = secret.encode("utf-8", "surrogatepass")
    percent = {quote(data, safe=""), quote(data), quote_plus(data)}
    if len(secret) < _SHORTEST_TOKEN:  # most of what it becomes would be as short, and occur in ordinary words
        yield from (text for text in percent if "%" in text)
        return
    packed = base64.b64encode(data).decode("ascii"), base64.urlsafe_b64encode(data).decode("ascii")
    as_json = json.dumps(secret)[1:-1]
    yield from percent
    yield from (re.sub("%[0-9A-F]{2}", lambda code: code[0].lower(), text) for text in percent)
    yield from (quote(text, safe="") for text in percent)
    yield from (data.hex(), data.hex().upper())
    yield from packed
    yield from (text.rstrip("=") for text in packed)
    yield from _within_base64(data)
    yield from (quote(text, safe="") for text in packed)
    for written in (as_json, as_json.replace("/", "\\/")):
        yield written
        yield from (_escaped(written, characters) for characters in _UNSAFE_IN_PAGES)
    yield repr(secret)[1:-1]
    yield repr(data)[2:-1]
    in_html = html.escape(secret, quote=False)
    yield in_html
    yield from (
        in_html.replace('"', quotation_mark).replace("'", apostrophe)
        for quotation_mark in _QUOTATION_MARKS
        for apostrophe in _APOSTROPHES
    )


def _within_base64(data: bytes) -> Iterator[str]:
    """Yields what is certain of a secret in the base64 of a longer text, wherever in that it begins."""
    for before in range(3):
        end = 8 * (before + len(data)) // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(bytes(before) + data).decode("ascii")[before + bool(before) : end]


def _escaped(text: str, characters: str) -> str:
    """Returns JSON with characters written as numbers, as several libraries write what a page could take for HTML."""
    for character in characters:
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def redact_text(text: str, secrets: Iterable[str]) -> str:
    """Returns ``text`` without the given secrets, in any of their forms; a server or a proxy may echo them.

    One of fewer than eight characters is masked as a whole word only, since it may be part of an ordinary one.
    """
    for form in forms_of(secrets):
        word = re.escape(form)
        text = re.sub(word if len(form) >= _SHORTEST_TOKEN else rf"(?<!\w){word}(?!\w)", MASK, text)
    return text


def redact_bytes(body: bytes, secrets: Iterable[str]) -> bytes:
    """Returns ``body`` without the given secrets, before it is decoded.

    Those of fewer than eight characters stay: they could be part of ordinary words.
    """
    for form in forms_of(secrets):
        if len(form) >= _SHORTEST_TOKEN:
            body = body.replace(form.encode("utf-8", "surrogatepass"), MASK.encode())
    return body


def redact_causes(error: BaseException, secrets: Iterable[str]) -> None:
    """Takes the secrets out of the texts of an error and of everything that led to it.

    Tracebacks and error trackers show the causes as well: libraries below quote what came over the wire. Their frames
    hold the bytes themselves and are dropped.
    """
    known, pending = list(secrets), [error]
    seen: set[int] = set()
    while pending:
        cause = pending.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        cause.args = tuple(_redacted_argument(value, known) for value in cause.args)
        cause.__traceback__ = None
        linked = [cause.__cause__, cause.__context__]
        branches = cast("BaseExceptionGroup[BaseException]", cause).exceptions if _is_group(cause) else ()
        pending += [other for other in (*linked, *branches) if other is not None]


def _is_group(error: BaseException) -> bool:
    return isinstance(error, BaseExceptionGroup)


def _redacted_argument(value: Any, secrets: list[str]) -> Any:
    if isinstance(value, str):
        return redact_text(value, secrets)
    return redact_bytes(bytes(value), secrets) if isinstance(value, bytes | bytearray) else value


@dataclass(frozen=True, slots=True)
class RedactedRequest:
    """A request as errors and logs show it: method, path below the API root, parameters and body without secrets."""

    method: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    body: str = ""

    def __str__(self) -> str:
        query = "&".join(f"{name}={value}" for name, value in self.params)
        return _shorten(f"{self.method} {self.path}{'?' if query else ''}{query}")


def redact_request(method: str, path: str, params: Iterable[tuple[str, str]], body: JsonValue) -> RedactedRequest:
    """Returns the printable form of a request; ``body`` is ``None`` where none is sent."""
    shown = tuple((name, redact_parameter(name, value)) for name, value in params)
    text = "" if body is None else _shorten(json.dumps(redact_json(body)))
    return RedactedRequest(method, redact_path(path), shown, text)


def redact_parameter(name: str, value: str, *, signs_in: bool = False) -> str:
    """Returns the value of a parameter as it may be shown; JSON in it, and the calls of a batch, without their
    secrets. ``code`` is one where somebody signs in, and a field like any other elsewhere.
    """
    if is_secret(name) or (signs_in and name == "code"):
        return MASK
    if name == "uri":
        return redact_address(value)
    return _redact_within(value)


def secrets_sent(params: Iterable[tuple[str, str]], body: JsonValue) -> set[str]:
    """Returns the texts that stand under the names of secrets in parameters and body: what the other side may echo."""
    return {text for text in _secret_texts(dict_of_pairs(params), body) if len(text) >= _SHORTEST_SENT}


def dict_of_pairs(params: Iterable[tuple[str, str]]) -> JsonValue:
    """Returns parameters as members of JSON: those of the calls of a batch, and JSON in a parameter, taken apart."""
    return [{name: _parameter(name, value)} for name, value in params]


def _parameter(name: str, value: str) -> JsonValue:
    if name == "uri":
        return dict_of_pairs(parse_qsl(value.partition("?")[2]))
    return cast("JsonValue", json_or(value, value)) if value.startswith(("{", "[")) else value


def _secret_texts(*values: JsonValue, is_within: bool = False) -> Iterator[str]:
    """Yields the texts below the names of secrets."""
    for value in values:
        if isinstance(value, dict):
            for name, member in value.items():
                yield from _secret_texts(member, is_within=is_within or is_secret(name))
        elif isinstance(value, list):
            yield from _secret_texts(*value, is_within=is_within)
        elif isinstance(value, str) and is_within:
            yield value


def redact_path(path: str) -> str:
    """Returns a path or an address without what may hold a credential: user, query, fragment, ``;jsessionid=``."""
    bare = path.partition("?")[0].partition("#")[0]
    bare = _IN_PATH.sub("", bare) if ";" in bare else bare
    scheme, mark, rest = bare.partition("://")
    if not mark:
        return bare
    host, slash, below = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{below}"


def redact_address(uri: str) -> str:
    """Returns an address, of the web or of a call of a batch, without what in its path and parameters is secret."""
    path, mark, query = uri.partition("#")[0].partition("?")
    signs_in = "://" in path and API_PATH not in path
    shown = (
        f"{name}={redact_parameter(name, value, signs_in=signs_in)}"
        for name, value in parse_qsl(query, keep_blank_values=True)
    )
    return redact_path(path) + mark + "&".join(shown)


def shown_address(uri: str, secrets: Iterable[str], /) -> str:
    """Returns the beginning of an address that the other side gave, without secrets it echoed or added."""
    return shortened(redact_text(redact_address(uri), secrets))


def _redact_member(name: str, member: JsonValue) -> JsonValue:
    if is_secret(name):
        return MASK
    if name == "uri" and isinstance(member, str):
        shown = redact_address(member)
        return shown if shown.count(MASK) > member.count(MASK) else member
    return redact_json(member)


def _redact_within(text: str) -> str:
    """Returns a text itself; of one that is JSON or an address with secrets, what may be shown of it."""
    if not text.startswith(("{", "[")):
        return _redact_link(text)
    held = cast("JsonValue", json_or(text, None))
    with suppress(RecursionError):
        shown = redact_json(held)
        if held is not None:
            return text if shown == held else json.dumps(shown)
    return MASK if _TORN.search(text) else text


def _redact_link(text: str) -> str:
    """Returns a text itself; of an address with a user or with secret parameters, what may be shown of it."""
    if not text.startswith(("https://", "http://")):
        return text
    bare, _, query = text.partition("#")[0].partition("?")
    has_user = "@" in bare.partition("://")[2].partition("/")[0]
    return redact_address(text) if has_user or any(is_secret(name) for name, _ in parse_qsl(query)) else text


def _shorten(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}... ({len(text)} characters)"


class SecretHeaders(dict[str, str]):
    """Headers that show their names only, so that no traceback with local variables tells a credential."""

    def __repr__(self) -> str:
        return f"<headers {', '.join(self)}>"

    __str__ = __repr__
