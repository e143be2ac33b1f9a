"""From the bytes of an answer to its ``data``, or to the error it reports. No network here.

Bodies come wrapped in ``data`` or bare, errors come under any status, proxies answer HTML, and a failing server can
cut its JSON short: https://experienceleague.adobe.com/en/docs/workfront/using/adobe-workfront-api/api-general-information/api-basics
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from typing import cast

from workfront_core.errors.complaints import failure, is_sign_in_page
from workfront_core.errors.kinds import AuthenticationError, NotFound, ProtocolError, Truncated, WorkfrontError
from workfront_core.errors.printable import shortened
from workfront_core.errors.redaction import RedactedRequest
from workfront_core.foreign_text import json_value
from workfront_core.request.inflation import gunzipped

_GZIP_MAGIC = b"\x1f\x8b"
_EMPTY = (204, 205)
_EXCERPT = 160
_ADDRESS = "Is the address right (host, API version, object), or does a proxy or a sign-in page answer?"
MOST_HIDDEN = 64 * 2**20
"""Bytes that a gzip nobody announced may unpack to."""
MOST_VALUES = 4_000_000
"""Values that JSON may hold which is little but brackets and commas: each takes 60 bytes or more once it is read."""

_BYTES_OF_A_VALUE = 8
_TEXTS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"')
_CUT = "The server or a proxy may have cut it off; a read can be repeated, after a write look first."
_SIGN_IN = "The session has ended, or the credential is not one of the API: sign in again."
_PAGE_SEARCHED = 65_536


def unwrap(status: int, body: bytes, request: RedactedRequest | None = None, *, signed_out: bool = False) -> object:
    """Returns the answer's ``data``, or the whole body where it comes bare.

    Args:
        status: HTTP status.
        body: as it came, decompressed or not.
        request: what was asked, for messages.
        signed_out: whether it is a redirect to where one signs in.

    Raises:
        WorkfrontError: the kind the body or the status reports; AuthenticationError where a page to sign in came in
            place of an answer; ProtocolError where the body is not the API's.
    """
    if signed_out:
        raise _signed_out(status, request)
    text = _checked_inflated(status, body, request)
    document = _document(status, text, request)
    reported = _reported_error(document)
    if reported is not None:
        raise failure(reported[0], status=status, workfront_class=reported[1], request=request)
    if not 200 <= status < 300:
        raise _unexplained(status, text, request, "without an error in it")
    return cast("dict[str, object]", document)["data"] if _is_wrapped(document) else document


def _is_wrapped(document: object) -> bool:
    return isinstance(document, dict) and "data" in document


def _document(status: int, text: bytes, request: RedactedRequest | None) -> object:
    """Returns the parsed body. Nothing at all is an answer only where the status says so: an empty search is ``[]``."""
    if not text.strip() and status in _EMPTY:
        return None
    try:
        return _parsed(text)
    except ValueError as error:
        raise _unexplained(status, text, request, f"not complete JSON ({error})", cut=True) from None


def _parsed(text: bytes) -> object:
    """Returns the value of a JSON text.

    Raises:
        ProtocolError: it holds more values than any answer has use for.
        ValueError: it is no JSON.
    """
    if len(text) > MOST_VALUES:
        _refuse_swarm(text)
    return json_value(text)


def _refuse_swarm(text: bytes) -> None:
    number = _values_in(text)
    if number > MOST_VALUES and number * _BYTES_OF_A_VALUE > len(text):
        number = _values_in(_TEXTS.sub(b'""', text))  # texts may hold commas of their own
        if number > MOST_VALUES:
            raise ProtocolError(f"The answer holds {number:,} values in {len(text):,} bytes, as no page of rows does.")


def _values_in(text: bytes) -> int:
    return sum(map(text.count, (b",", b"[", b"{")))


def inflated(body: bytes) -> bytes:
    """Returns the body, decompressed where it is gzip that no header declared.

    Raises:
        EOFError, zlib.error: it is damaged.
        ProtocolError: it is larger than any answer may be.
    """
    return gunzipped(body, most=MOST_HIDDEN) if body.startswith(_GZIP_MAGIC) else body


def _checked_inflated(status: int, body: bytes, request: RedactedRequest | None) -> bytes:
    try:
        return inflated(body)
    except (EOFError, zlib.error) as error:
        raise _unexplained(status, b"", request, f"damaged gzip ({error})", cut=True) from None


def _reported_error(document: object) -> tuple[str, str | None] | None:
    """Returns message and Workfront class of an error body; of the keys only the message can be relied on."""
    members = cast("dict[str, object]", document) if isinstance(document, dict) else {}
    error = members.get("error")
    if error is None or (not error and "data" in members):
        return None
    if not isinstance(error, dict):
        return shortened(str(error or "no message")), None
    complaint = cast("Mapping[str, object]", error)
    message = complaint.get("message") or complaint.get("error") or complaint.get("msgKey") or "no message"
    workfront_class = complaint.get("class")
    return shortened(str(message)), shortened(str(workfront_class)) if workfront_class else None


def _unexplained(
    status: int, body: bytes, request: RedactedRequest | None, fault: str, *, cut: bool = False
) -> WorkfrontError:
    """Returns the error for an answer that is not the API's own: by status where that says enough, else a protocol
    error.
    """
    excerpt = " ".join(body.lstrip()[:_EXCERPT].decode("utf-8-sig", "replace").split())
    is_html = excerpt.startswith("<")
    if is_html and status < 500 and is_sign_in_page(body[:_PAGE_SEARCHED].decode("utf-8", "replace")):
        return _signed_out(status, request)
    is_page = is_html or 300 <= status < 400
    message = f"The answer is {'HTML' if is_html else fault}: {excerpt!r}"
    if status < 400:
        kind = ProtocolError if is_page or not cut else Truncated
        return kind(message, status=status, hint=_ADDRESS if is_page else _CUT, request=request)
    error = failure(f"HTTP {status}. {message}", status=status, request=request)
    error.hint = error.hint or (_ADDRESS if isinstance(error, NotFound) else None)
    return error


def _signed_out(status: int, request: RedactedRequest | None) -> AuthenticationError:
    """Returns the error for a page to sign in, which stands where the answer should."""
    message = "A page to sign in came in place of an answer: nobody is signed in."
    return AuthenticationError(message, status=status, hint=_SIGN_IN, request=request)
