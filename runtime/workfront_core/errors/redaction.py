"""What a request may show of itself in a message or a log: everything but its secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from pydantic import JsonValue

MASK = "***"
_SECRET_NAME = re.compile(r"pass(word|wd|phrase)|api_?key|session|token|secret|credential|authorization", re.IGNORECASE)
_SHOWN = 500
_SHORTEST_TOKEN = 8


def is_secret(name: str) -> bool:
    """Returns whether a parameter, header or member of this name carries a credential."""
    return _SECRET_NAME.search(name) is not None


def redact_json(value: JsonValue) -> JsonValue:
    """Returns a JSON value with every secret member replaced by ``***``."""
    if isinstance(value, dict):
        return {name: MASK if is_secret(name) else redact_json(member) for name, member in value.items()}
    if isinstance(value, list):
        return [redact_json(member) for member in value]
    return value


def redact_text(text: str, secrets: Iterable[str]) -> str:
    """Replaces secrets in a text, where a server or a proxy may have echoed them. A short one is masked as a whole
    word.
    """
    for secret in filter(None, secrets):
        word = re.escape(secret)
        text = re.sub(word if len(secret) >= _SHORTEST_TOKEN else rf"(?<!\w){word}(?!\w)", MASK, text)
    return text


def redact_bytes(body: bytes, secrets: Iterable[str]) -> bytes:
    """Replaces secrets in an undecoded body. Secrets under 8 characters are skipped: they could be part of ordinary
    words.
    """
    for secret in secrets:
        if len(secret) >= _SHORTEST_TOKEN:
            body = body.replace(secret.encode(), MASK.encode())
    return body


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
    shown = tuple((name, _masked_parameter(name, value)) for name, value in params)
    return RedactedRequest(method, path, shown, "" if body is None else _shorten(json.dumps(redact_json(body))))


def _masked_parameter(name: str, value: str) -> str:
    if is_secret(name):
        return MASK
    if name == "uri":
        return _masked_uri(value)
    if not value.startswith(("{", "[")):
        return value
    try:
        return json.dumps(redact_json(json.loads(value)))
    except ValueError:
        return value
    except RecursionError:
        return MASK


def _masked_uri(uri: str) -> str:
    """Returns one call of a batch, which is an address with parameters of its own."""
    path, mark, query = uri.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    return path + mark + "&".join(f"{name}={_masked_parameter(name, value)}" for name, value in pairs)


def _shorten(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}... ({len(text)} characters)"


class SecretHeaders(dict[str, str]):
    """Headers that show their names only, so that no traceback with local variables tells a credential."""

    def __repr__(self) -> str:
        return f"<headers {', '.join(self)}>"

    __str__ = __repr__
