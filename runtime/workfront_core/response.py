"""From the bytes of an answer to its ``data``, or to the error it reports. No network here.

Bodies come wrapped in ``data`` or bare, errors come under any status, proxies answer HTML, and a failing server can
cut its JSON short: https://experienceleague.adobe.com/en/docs/workfront/using/adobe-workfront-api/api-general-information/api-basics
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from typing import cast

from workfront_core.errors import NotFound, ProtocolError, WorkfrontError, failure
from workfront_core.redaction import RedactedRequest

_GZIP_MAGIC = b"\x1f\x8b"
_EXCERPT = 160
_ADDRESS = "Is the address right (host, API version, object), or does a proxy or a sign-in page answer?"
_CUT = "The server or a proxy may have cut it off; a read can be repeated, after a write look first."


def unwrap(status: int, body: bytes, request: RedactedRequest | None = None) -> object:
    """The answer's ``data``, or the whole body where it comes bare.

    Raises:
        WorkfrontError: the kind the body or the status reports; ProtocolError where the body is not the API's.
    """
    document = _document(status, body, request)
    reported = _reported_error(document)
    if reported is not None:
        raise failure(reported[0], status=status, workfront_class=reported[1], request=request)
    if not 200 <= status < 300:
        raise _unexplained(status, body, request, "without an error in it")
    return cast("dict[str, object]", document)["data"] if _is_wrapped(document) else document


def _is_wrapped(document: object) -> bool:
    return isinstance(document, dict) and "data" in document


def _document(status: int, body: bytes, request: RedactedRequest | None) -> object:
    text = _inflated(status, body, request)
    if not text.strip() and 200 <= status < 300:
        return None
    try:
        return cast("object", json.loads(text))
    except (ValueError, RecursionError) as error:
        raise _unexplained(status, text, request, f"not complete JSON ({error})") from None


def _inflated(status: int, body: bytes, request: RedactedRequest | None) -> bytes:
    """The body, decompressed where it is gzip that no header declared."""
    if not body.startswith(_GZIP_MAGIC):
        return body
    try:
        return gzip.decompress(body)
    except (OSError, EOFError, zlib.error) as error:
        raise ProtocolError(f"The answer is damaged gzip: {error}", status=status, request=request) from None


def _reported_error(document: object) -> tuple[str, str | None] | None:
    """Message and Workfront class of an error body; of the keys only the message can be relied on."""
    if not isinstance(document, dict) or not (error := cast("dict[str, object]", document).get("error")):
        return None
    if not isinstance(error, dict):
        return str(error), None
    members = cast("Mapping[str, object]", error)
    message = members.get("message") or members.get("error") or members.get("msgKey") or "no message"
    workfront_class = members.get("class")
    return str(message), str(workfront_class) if workfront_class else None


def _unexplained(status: int, body: bytes, request: RedactedRequest | None, fault: str) -> WorkfrontError:
    """The error for an answer that is not the API's own: by status where that says enough, else a protocol error."""
    excerpt = " ".join(body[:_EXCERPT].decode("utf-8", "replace").split())
    is_page = excerpt.startswith("<") or 300 <= status < 400
    message = f"The answer is {'HTML' if excerpt.startswith('<') else fault}: {excerpt!r}"
    if status < 400:
        return ProtocolError(message, status=status, hint=_ADDRESS if is_page else _CUT, request=request)
    error = failure(f"HTTP {status}. {message}", status=status, request=request)
    error.hint = error.hint or (_ADDRESS if isinstance(error, NotFound) else None)
    return error
