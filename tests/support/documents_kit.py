"""Services that send and fetch files, for threads and for asyncio, against a server of the test."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.loopback import Answer, Loopback, Received
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from workfront_client.v22 import Document, DocumentVersion
from workfront_core.auth import ApiKey, Auth
from workfront_core.services._async.documents import AsyncDownloadDocument, AsyncUploadDocument, AsyncUploadVersion
from workfront_core.services._sync.documents import DownloadDocument, UploadDocument, UploadVersion
from workfront_core.transport.retry import Retry

KEY = "k3y0000000000000000000000000000000"
PROJECT = "5a020000000000000000000000000001"
ROW = {"ID": "5a0d0000000000000000000000000001", "objCode": "DOCU", "name": "plan.pdf"}
NO_RETRY = Retry(max_retries=0)
BY_KEY = ApiKey(KEY)
AT_ONCE = Retry(initial_delay=0.001, max_delay=0.001)


class Documents(UploadDocument[Document], DownloadDocument[Document]):
    model = Document


class AsyncDocuments(AsyncUploadDocument[Document], AsyncDownloadDocument[Document]):
    model = Document


class Versions(UploadVersion[DocumentVersion]):
    model = DocumentVersion


class AsyncVersions(AsyncUploadVersion[DocumentVersion]):
    model = DocumentVersion


SERVICES: dict[str, tuple[Any, Any]] = {
    "client": (lambda wf: wf, lambda wf: wf),
    "documents": (Documents, AsyncDocuments),
    "versions": (Versions, AsyncVersions),
}


def call_sync(
    server: Loopback,
    service: str,
    method: str,
    *args: Any,
    retry: Retry = NO_RETRY,
    signing: Auth = BY_KEY,
    **options: Any,
) -> Any:
    with Workfront(server.url, auth=signing, retry=retry) as wf:
        return getattr(SERVICES[service][0](wf), method)(*args, **options)


def call_async(
    server: Loopback,
    service: str,
    method: str,
    *args: Any,
    retry: Retry = NO_RETRY,
    signing: Auth = BY_KEY,
    **options: Any,
) -> Any:
    async def run() -> Any:
        async with AsyncWorkfront(server.url, auth=signing, retry=retry) as wf:
            return await getattr(SERVICES[service][1](wf), method)(*args, **options)

    return asyncio.run(run())


both = pytest.mark.parametrize("call", [call_sync, call_async])
Call = Callable[..., Any]


def file_answer(content: bytes, **headers: str) -> Answer:
    named = {"Content-Type": "application/pdf", "Content-Disposition": 'attachment; filename="x"'}
    return Answer(raw=content, headers={**named, **headers})


def documents(
    content: bytes, url: str = "/document/download?ID=5a0d&x=%2F", **row: Any
) -> Callable[[Received], Answer]:
    def answer(asked: Received) -> Answer:
        if asked.path.startswith("/attask/"):
            return Answer({**ROW, "downloadURL": url, **row})
        return file_answer(content)

    return answer
