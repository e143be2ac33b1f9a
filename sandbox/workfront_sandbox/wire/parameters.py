"""Parameters of a request, wherever they were put. docs/protocol.md 2 and 3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl

from workfront_sandbox.wire.errors import ApiError, invalid
from workfront_sandbox.wire.json_value import is_list, is_object, loads, whole_text
from workfront_sandbox.wire.multipart import Multipart, Part, is_multipart, parse_multipart
from workfront_sandbox.wire.relaxed_json import as_plain_json

VERBS: Final = ("GET", "POST", "PUT", "DELETE")
_FORM: Final = "application/x-www-form-urlencoded"
_YES: Final = {"true", "1", "yes"}
_NO: Final = {"false", "0", "no", ""}


@dataclass(frozen=True)
class Parameters:
    """The parameters of one request.

    ``pairs`` are query and form together, query first and alone where a key stands in both. ``document`` is the JSON
    value of the body or of ``updates``; ``inline`` says it came as ``updates``.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    document: Any = None
    inline: bool = False
    parts: tuple[Part, ...] = ()
    body_keys: frozenset[str] = frozenset()
    _by_key: Mapping[str, list[str]] = field(default_factory=dict[str, list[str]], compare=False)

    def all(self, key: str) -> list[str]:
        """Returns every value of a key."""
        return self._by_key.get(key, [])

    def first(self, key: str, default: str | None = None) -> str | None:
        """Returns the first value of a key."""
        found = self._by_key.get(key)
        return found[0] if found else default

    def flag(self, key: str) -> bool:
        """Returns whether a key is switched on, in any of the ways a boolean is written. Raises ApiError for others."""
        word = (self.first(key) or "").strip().lower()
        if word not in _YES and word not in _NO:
            raise invalid(f'Unparseable boolean: "{word[:100]}" ({key})')
        return word in _YES

    def listed(self, key: str) -> list[str]:
        """Returns the values of a key that takes a list: comma lists and repeated keys, in order, nothing empty."""
        return [item.strip() for value in self.all(key) for item in value.split(",") if item.strip()]


def read_parameters(query: str, content_type: str, body: bytes, upload: Multipart | None = None) -> Parameters:
    """Returns the parameters of a query string and a body, which may have been read part by part already.

    Raises ApiError where the body cannot be read.
    """
    kind = content_type.partition(";")[0].strip().lower()
    asked = _pairs(query)
    if upload is not None or is_multipart(content_type):
        parts = upload.parts() if upload is not None else parse_multipart(content_type, body)
        texts = [(part.name, part.text()) for part in parts if part.file_name is None]
        return merged(asked, texts, None, tuple(part for part in parts if part.file_name is not None))
    if _is_json(kind, body):
        return merged(asked, [], _document(body, "body"))
    return merged(asked, _pairs(body.decode("utf-8", "replace")) if body.strip() else [], None)


def merged(
    query: Iterable[tuple[str, str]], form: Iterable[tuple[str, str]], document: Any, parts: tuple[Part, ...] = ()
) -> Parameters:
    """Merges query, form and JSON body: what stands in the query wins."""
    asked = list(query)
    taken = {key for key, _ in asked}
    written = [(key, value) for key, value in form if key not in taken]
    pairs = [(whole_text(key), whole_text(value)) for key, value in [*asked, *written]]
    by_key: dict[str, list[str]] = {}
    for key, value in pairs:
        by_key.setdefault(key, []).append(value)
    inline = document is None and "updates" in by_key
    if inline:
        document = _updates(by_key["updates"][0])
    return Parameters(tuple(pairs), document, inline, parts, frozenset(key for key, _ in written), by_key)


def method_of(method: str, parameters: Parameters) -> str:
    """Returns the verb that counts: ``method=`` replaces that of HTTP in any direction. Raises ApiError for an unknown
    one.
    """
    verb = (parameters.first("method") or method).strip().upper()
    verb = "GET" if verb in {"HEAD", "OPTIONS"} and not parameters.first("method") else verb
    if verb not in VERBS:
        raise invalid(f"Unsupported HTTP method: {verb[:40]}")
    return verb


def query_pairs(query: str) -> list[tuple[str, str]]:
    """Returns the pairs of a query string; escaped and raw keys mean the same, ``+`` is a space."""
    return _pairs(query)


def _pairs(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="replace")


def _is_json(kind: str, body: bytes) -> bool:
    """Returns whether a body is JSON: some clients send it under another type, and a form never begins with a
    bracket.
    """
    if not body.strip():
        return False
    return kind == "application/json" or (kind != _FORM and body.lstrip()[:1] in {b"{", b"["})


def _updates(text: str) -> Any:
    """Returns what ``updates`` holds, bare names and single quotes included. Raises ApiError for what is not JSON."""
    try:
        return _document(text, "updates")
    except ApiError:
        relaxed = as_plain_json(text)
        if relaxed == text:
            raise
        return _document(relaxed, "updates")


def _document(text: str | bytes, where: str) -> Any:
    try:
        value = loads(text)
    except ValueError as error:
        raise invalid(f"JSON parsing error: {where}: {error}"[:300]) from None
    if not (is_object(value) or is_list(value)):
        raise invalid(f"JSON parsing error: {where} is neither an object nor a list")
    return value
