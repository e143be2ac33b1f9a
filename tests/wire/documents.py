"""Files and the documents made of them."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from tests.wire.case import TASK, Answer, Case, Covered
from workfront_client.v22 import Document
from workfront_core.errors import InvalidRequest
from workfront_core.operations.document import creation

HANDLE: Final = "00112233445566778899aabbccddeeff"
NEW: Final = "6b1d20c40000dddd0123456789abcdef"

CASES: Final = [
    Case(
        "upload-02", "the part has the one name the server takes; a refusal without words is an error too",
        lambda wf: wf.upload(BytesIO(b"sand"), name="sample.bin"),
        "POST upload", multipart=("uploadedFile", "sample.bin", b"sand"),
        answer=Answer(status=422, body=""), raises=(InvalidRequest, "422"),
        differs="Another part name is the mistake this answer is about.",
    ),
    Case(
        "upload-03", "a file that was sent becomes a document by its handle",
        lambda wf: wf.send(creation(Document, "sample.bin", ("TASK", TASK), version="3")(HANDLE)),
        "POST DOCU",
        json={
            "name": "sample.bin", "handle": HANDLE, "docObjCode": "TASK", "objID": TASK,
            "currentVersion": {"version": "3", "fileName": "sample.bin"},
        },
        answer=Answer({"ID": NEW, "name": "sample.bin", "objCode": "DOCU"}),
        reads=lambda row: (type(row), row.id, row.name), gives=(Document, NEW, "sample.bin"),
    ),
]  # fmt: skip

TABLE: Final[list[Covered]] = []
