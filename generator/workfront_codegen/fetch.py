"""Reads the metadata of one API version from a Workfront host: everything, or an error and nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from workfront_codegen.host import CONCURRENT, Host, document_of, refusal
from workfront_codegen.tenant_rows import TenantRows, tenant_rows
from workfront_core.client._async.client import AsyncClient
from workfront_core.errors import WorkfrontError
from workfront_core.transport.retry import Retry
from workfront_schema.errors import SchemaError
from workfront_schema.explorer import index_entries, normalise, unsendable_fields
from workfront_schema.snapshot import ObjectType, Snapshot
from workfront_schema.store import written_version
from workfront_schema.strict_json import Document

FetchProgress: TypeAlias = Callable[[int, int], None]
"""Told how many of how many objects have arrived."""

RETRY: Final = Retry(max_retries=3, total_timeout=120.0, initial_delay=0.5)
"""How long to try for one document. A server that asks for a longer wait than that is an error that says so."""


def fetch(
    source: Host,
    version: str,
    *,
    custom: bool = False,
    describe: bool = False,
    retry: Retry | None = None,
    progress: FetchProgress | None = None,
) -> Snapshot:
    """Returns the snapshot of ``version`` as ``source`` describes it; with ``custom`` the tenant's own fields and forms
    too, with ``describe`` also their descriptions.

    Raises CodegenError naming the object that failed; the requests still in flight are dropped.
    """
    fetching = _Fetch(source, written_version(version), custom, describe)
    return asyncio.run(fetching.snapshot(retry or RETRY, progress or _silent))


@dataclass(frozen=True, slots=True)
class _Fetch:
    source: Host
    version: str
    custom: bool
    describe: bool

    async def snapshot(self, retry: Retry, progress: FetchProgress) -> Snapshot:
        async with self.source.client(self.version, retry) as client:
            index = index_entries(await self._document(client, "metadata", "index of objects"), "index of objects")
            left_out: set[str] = set()
            objects = await self._objects(client, index, left_out, progress)
            rows = await tenant_rows(client, objects, self.source.name, describe=self.describe) if self.custom else None
        native = Snapshot(self.version, tuple(sorted(objects, key=lambda item: item.obj_code)), fetched=True)
        return native if rows is None else self._with_custom(native, rows, left_out)

    def _with_custom(self, native: Snapshot, rows: TenantRows, left_out: set[str]) -> Snapshot:
        """Returns the snapshot with the tenant's fields as a whole, in place of the parts of each document."""
        custom = rows.catalogue(native.objects, describe=self.describe)
        return replace(
            native,
            objects=tuple(replace(item, custom={}) for item in native.objects),
            custom=replace(custom, left_out=tuple(sorted(left_out))),
            parts={"custom": "metadata", **rows.parts},
        )

    async def _objects(
        self, client: AsyncClient, index: dict[str, Document], left_out: set[str], progress: FetchProgress
    ) -> list[ObjectType]:
        """Returns the object types of an index; names of custom fields that cannot be sent go into ``left_out``."""
        gate = asyncio.Semaphore(CONCURRENT)  # the time of a call begins when it is its turn
        done: list[ObjectType] = []

        async def one(code: str) -> None:
            async with gate:
                document = await self._document(client, f"{code.lower()}/metadata", f"{code} ({len(index)} objects)")
            done.append(normalise(document, index[code], custom=self.custom))
            left_out.update(unsendable_fields(document))
            progress(len(done), len(index))

        try:
            async with asyncio.TaskGroup() as group:
                for code in index:
                    group.create_task(one(code))
        except* SchemaError as failures:
            first = failures.exceptions[0]
        else:
            return done
        raise first

    async def _document(self, client: AsyncClient, path: str, what: str) -> Document:
        """Returns the document at one path, made of objCodes: the ``url`` keys of documents are not followed.

        It is parsed anew from its bytes, strictly: of a key given twice the client would keep one without a word.
        """
        where = f"{what} from {self.source.name}"
        try:
            answer = await client.with_raw_response(lambda wf: wf.request("GET", path))
        except WorkfrontError as error:
            raise refusal(error, where) from error
        return document_of(answer.content, where)


def _silent(done: int, of: int) -> None:
    """Shows no progress."""
