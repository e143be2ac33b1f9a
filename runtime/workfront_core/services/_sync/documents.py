# Generated from ../_async/documents.py by `python -m tools.sync_from_async`. Not to be edited.
"""What generated services of documents and their versions inherit beside the mixins of every object."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TypeVar

from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.document import (
    FIRST_VERSION,
    Owner,
    Values,
    creation,
    download_steps,
    file_upload,
    version_creation,
)
from workfront_core.operations.payload import Custom
from workfront_core.query.selection import Fields
from workfront_core.request._sync.flow import run
from workfront_core.request.progress import TransferProgress
from workfront_core.request.upload import Source, Upload
from workfront_core.services._sync.service import Service

M = TypeVar("M", bound=WorkfrontObject)


class UploadDocument(Service[M]):
    """Documents from files."""

    def upload(
        self,
        source: Source,
        /,
        *,
        to: Owner,
        name: str | None = None,
        folder_id: str | None = None,
        version: str = FIRST_VERSION,
        values: Values = None,
        fields: Fields[M] = None,
        custom: Custom = None,
        progress: TransferProgress | None = None,
    ) -> M:
        """Sends a file and creates a document of it, in two calls.

        Args:
            source: path, or binary file object, sent in pieces from where it stands; or bytes, with a ``name``.
            to: what the document belongs to: a row, or objCode and ID.
            name: of the file and the document, with extension; by default the file's own.
            folder_id: folder to put it into.
            version: label of the first version.
            values: further values by Python name.
            fields: what to load of the document.
            custom: custom fields.
            progress: called with the bytes sent and the bytes in all.

        Raises:
            FileError: the file cannot be read.
            QueryError: there is no name, ``to`` is no object, a value does not fit; nothing was sent.
        """
        file = Upload(source, name=name, progress=progress)
        create = creation(
            self.model, file.name, to, folder_id=folder_id, version=version, values=values, fields=fields, custom=custom
        )
        return self._send(create(self._send(file_upload(file))))


class DownloadDocument(Service[M]):
    """Files of documents."""

    def download(
        self, document: str | M, /, to: str | PathLike[str], *, progress: TransferProgress | None = None
    ) -> Path:
        """Writes the file of a document's current version; returns its path.

        The file appears whole or not at all. One that is there already is replaced where ``to`` names it; in a folder
        the file takes a name that is free and safe on every system, ``brief (2).docx``.

        Args:
            document: its ID, or a row with its ID; one with ``downloadURL`` loaded saves a call.
            to: the file to write, or the folder to write it into under its own name.
            progress: called with the bytes written and the bytes in all, ``None`` if the server does not tell.

        Raises:
            QueryError: ``document`` is none, or ``to`` cannot be written to; nothing was sent.
            NotFound: there is no such document, or it has no file here.
            FileError: the file cannot be written.
        """
        return run(self._client, download_steps(self.model, document, to, progress=progress))


class UploadVersion(Service[M]):
    """Versions of documents from files."""

    def upload(
        self,
        source: Source,
        /,
        *,
        document_id: str,
        name: str | None = None,
        version: str | None = None,
        values: Values = None,
        fields: Fields[M] = None,
        progress: TransferProgress | None = None,
    ) -> M:
        """Sends a file and makes it a new version of a document, in two calls.

        Args:
            source: path, or binary file object, sent in pieces from where it stands; or bytes, with a ``name``.
            document_id: the document.
            name: of the file, with extension; by default its own.
            version: label such as ``v2.0``; by default the server's choice.
            values: further values by Python name.
            fields: what to load of the version.
            progress: called with the bytes sent and the bytes in all.

        Raises:
            FileError: the file cannot be read.
            QueryError: there is no name, or a value does not fit; nothing was sent.
        """
        file = Upload(source, name=name, progress=progress)
        create = version_creation(self.model, file.name, document_id, version=version, values=values, fields=fields)
        return self._send(create(self._send(file_upload(file))))
