"""The addresses of content: uploads and downloads. docs/protocol.md 11.8."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from workfront_sandbox.api.request import ApiRequest, CallRequest
from workfront_sandbox.call.operation import DOWNLOAD, UPLOAD, check_closed
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.wire.messages import HttpResponse
from workfront_sandbox.writing.document import content_of, take_upload

_BYTES: Final = "application/octet-stream"


def upload(request: CallRequest) -> Row:
    """Stores the content of an upload under a handle. Raises ApiError."""
    check_closed(request.call.parameters, UPLOAD)
    return take_upload(request.call)


def download(request: ApiRequest) -> HttpResponse:
    """Returns the content of a document. Raises ApiError 401, 404."""
    request.user(writes=False)
    parameters = request.parameters
    check_closed(parameters, DOWNLOAD)
    document_id = parameters.first("ID") or parameters.first("id") or ""
    name, content = content_of(request.tenant, document_id, parameters.first("versionID"))
    return HttpResponse(200, content, {"content-type": _BYTES, "content-disposition": _attachment(name)})


def _attachment(name: str) -> str:
    """Returns the header that names a file: in plain signs, and whole for those who read RFC 6266."""
    plain = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\' else "_" for letter in name
    )
    whole = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f'attachment; filename="{plain}"{whole}'
