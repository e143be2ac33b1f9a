"""Documents: a file goes up and becomes a document or a version of one, a document's file comes down.

A file is sent alone first; the server answers with a handle, and the document is created with that
(docs/protocol.md 11.8). What can be wrong with the document is found before its file is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar, cast

from pydantic import JsonValue

from workfront_core.arguments import checked_text
from workfront_core.errors.kinds import NotFound, ProtocolError, QueryError
from workfront_core.models.model import FieldNotLoaded, WorkfrontObject
from workfront_core.operations import decoders as result
from workfront_core.operations import operation
from workfront_core.operations.payload import Custom, payload, wire_names
from workfront_core.query.selection import Fields, asked_names, field_parameters
from workfront_core.request.download import destination
from workfront_core.request.flow import RequestFlow
from workfront_core.request.progress import TransferProgress
from workfront_core.request.request import Request
from workfront_core.request.upload import Upload
from workfront_core.request.whole_texts import dumped
from workfront_core.values.ids import checked_id

M = TypeVar("M", bound=WorkfrontObject)

Owner: TypeAlias = WorkfrontObject | tuple[str, str]
"""What a document belongs to: a row with its ID, or objCode and ID: ``("PROJ", "5a02...")``."""

Values: TypeAlias = Mapping[str, object] | None
"""Further values of a document or version, by Python name."""

FIRST_VERSION: Final = "v1.0"
_ANY_NAME: Final = "document"
_LOCATION: Final = ("name", "downloadURL", "currentVersion:fileName")


def file_upload(upload: Upload, /) -> Request[str]:
    """Sends a file; the result is its handle."""
    return Request("POST", "upload", _handle, upload=upload)


def creation(
    model: type[M],
    file_name: str,
    to: Owner,
    /,
    *,
    folder_id: str | None = None,
    version: str = FIRST_VERSION,
    values: Values = None,
    fields: Fields[M] = None,
    custom: Custom = None,
) -> Callable[[str], Request[M]]:
    """Returns what creates the document of a file from the handle of the file.

    Args:
        model: the document model, DOCU.
        file_name: of the first version, and of the document unless ``values`` name it otherwise.
        to: what the document belongs to.
        folder_id: folder to put it into.
        version: label of its first version.
        values: further values by Python name.
        fields: what to load of the document.
        custom: custom fields.

    Raises:
        QueryError: ``to`` is no object, a value or a field does not fit.
    """
    obj_code, object_id = _owner(to)
    checked_text(version, "version=")
    body: dict[str, JsonValue] = {
        "name": file_name,
        "docObjCode": obj_code,
        "objID": object_id,
        "currentVersion": {"version": version, "fileName": file_name},
    }
    body |= {} if folder_id is None else {"folderIDs": [checked_id(folder_id)]}
    return _creation(model, body, values, fields, custom)


def version_creation(
    model: type[M],
    file_name: str,
    document_id: str,
    /,
    *,
    version: str | None = None,
    values: Values = None,
    fields: Fields[M] = None,
) -> Callable[[str], Request[M]]:
    """Returns what creates a further version of a document from the handle of a file; ``model`` is DOCV's."""
    body: dict[str, JsonValue] = {"documentID": checked_id(document_id), "fileName": file_name}
    body |= {} if version is None else {"version": checked_text(version, "version=")}
    return _creation(model, body, values, fields, None)


def location(model: type[M], document_id: str, /) -> Request[M]:
    """Returns where the file of a document is, and what it is called."""
    return operation.get(model, document_id, fields=_LOCATION)


def file_download(
    address: str, to: str | PathLike[str], /, *, name: str = "", progress: TransferProgress | None = None
) -> Request[Path]:
    """Writes the file at an address to ``to``, or into the folder ``to`` as ``name``; the result is its path."""
    checked_text(address, "The address of a file", "Take download_url of a document.")
    return Request("GET", address, _path, reads=True, saves=destination(to, name=name, progress=progress))


def download_steps(
    model: type[M],
    document: str | M,
    to: str | PathLike[str],
    /,
    *,
    progress: TransferProgress | None = None,
) -> RequestFlow[Path]:
    """Writes the file of a document, after asking where it is if that is not known.

    Args:
        model: the document model, DOCU.
        document: its ID, or a row with its ID or with ``downloadURL``, which saves a call.
        to: the file to write, or the folder to write it into under its own name.
        progress: told the bytes written.

    Raises:
        QueryError: ``document`` is none, or ``to`` cannot be written to; nothing was sent.
        NotFound: the document has no file here; it may live with another provider.
    """
    needs_name = not destination(to, name=_ANY_NAME, progress=progress).replaces
    if isinstance(document, model) and "downloadURL" in document and (_file_name(document) or not needs_name):
        row: M = document
    else:
        row = yield location(model, _document_id(model, document))
    path: Path = yield document_download(row, to, progress=progress)
    return path


def document_download(
    document: WorkfrontObject, to: str | PathLike[str], /, *, progress: TransferProgress | None = None
) -> Request[Path]:
    """Writes the file of a document whose ``downloadURL`` is loaded.

    Raises:
        NotFound: the document has no file here; it may live with another provider.
    """
    address = document["downloadURL"]
    if not address:
        raise NotFound("The document has no file to download.", hint="Linked documents live with their provider.")
    return file_download(address, to, name=_file_name(document), progress=progress)


def _creation(
    model: type[M], body: dict[str, JsonValue], values: Values, fields: Fields[M], custom: Custom
) -> Callable[[str], Request[M]]:
    members = body | payload(model, {} if values is None else values, custom)
    selection = field_parameters(fields, wire_names(model), of=model)
    dumped(members)  # what cannot travel is told before the file is sent

    def create(handle: str) -> Request[M]:
        parse = result.new_row_of(model, asked_names(selection))
        return Request("POST", model.obj_code, parse, selection, members | {"handle": handle})

    return create


def _owner(to: Owner) -> tuple[str, str]:
    try:
        code, object_id = (to.obj_code or to["objCode"], to["ID"]) if isinstance(to, WorkfrontObject) else to
    except (FieldNotLoaded, TypeError, ValueError):
        raise QueryError(
            f"to= takes a row with its ID, or objCode and ID, not {to!r:.80}.", hint='Write to=("PROJ", project_id).'
        ) from None
    return checked_text(code, "The objCode in to=", 'Write to=("PROJ", project_id).'), checked_id(object_id)


def _document_id(model: type[WorkfrontObject], document: object) -> str:
    """Returns the ID of a document that is given as such or as a row."""
    if isinstance(document, str):
        return checked_id(document)
    object_id = _loaded(document, "ID") if isinstance(document, model) else None
    if object_id:
        return checked_id(object_id)
    raise QueryError(
        f"A {model.__name__} is downloaded by its ID, or by a row with its ID, not by {document!r:.80}.",
        hint="Write download(document.id, to).",
    )


def _file_name(document: WorkfrontObject) -> str:
    version = _loaded(document, "currentVersion")
    name = _loaded(version, "fileName") if isinstance(version, WorkfrontObject) else None
    return name or _loaded(document, "name") or ""


def _loaded(row: WorkfrontObject, key: str) -> Any:
    try:
        return row[key]
    except FieldNotLoaded:
        return None


def _handle(data: object, /, *, strict: bool = False) -> str:  # noqa: ARG001
    """Returns the handle, in ``{"handle": ...}`` or bare."""
    handle = cast("Mapping[str, Any]", data).get("handle") if isinstance(data, Mapping) else data
    if not isinstance(handle, str) or not handle:
        raise ProtocolError(f"The server took the file and gave no handle for it; it answered {data!r:.120}.")
    return handle


def _path(data: object, /, *, strict: bool = False) -> Path:  # noqa: ARG001
    return Path(str(data))
