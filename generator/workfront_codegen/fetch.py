"""Reads the metadata of one API version from a Workfront host: everything, or an error and nothing."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

import httpx

from workfront_codegen.errors import CodegenError
from workfront_codegen.host import Host
from workfront_core.transport.retry import retry_after as wait_asked_for
from workfront_schema.errors import SchemaError
from workfront_schema.explorer import index_entries, normalise
from workfront_schema.snapshot import ObjectType, Snapshot
from workfront_schema.store import check_version
from workfront_schema.strict_json import Document

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many of how many objects have arrived."""

CONCURRENT = 8
"""Requests in flight: below the ten that a customer is allowed."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How long to try. Times are seconds; ``first`` doubles with every attempt up to ``longest``, less a random part.

    ``whole`` bounds one request including its body, however slowly it comes.
    """

    attempts: int = 4
    first: float = 0.5
    longest: float = 30
    whole: float = 120

    def pause(self, attempt: int, response: httpx.Response | None) -> float:
        """How long to wait after failed ``attempt`` (from 0): what the server asks for, else backoff with jitter."""
        asked = None if response is None else retry_after(response, datetime.now(UTC))
        if asked is not None:
            return min(asked, self.longest)
        backoff: float = min(self.longest, self.first * 2**attempt)
        return backoff * random.uniform(0.5, 1)  # noqa: S311 (not a secret)


def fetch(
    source: Host,
    version: str,
    *,
    custom: bool = False,
    patience: RetryPolicy | None = None,
    progress: Progress | None = None,
) -> Snapshot:
    """The snapshot of ``version`` as ``source`` describes it; with ``custom`` the tenant's own fields too.

    Raises CodegenError naming the object that failed; the requests still in flight are dropped.
    """
    return asyncio.run(_Fetch(source, check_version(version), custom, patience or RetryPolicy()).snapshot(progress))


def retry_after(response: httpx.Response, now: datetime) -> float | None:
    """Seconds the server asks to wait, given as a number or as a date; None where it does not ask."""
    return wait_asked_for(response.headers, now=now.timestamp())


@dataclass(frozen=True, slots=True)
class _Fetch:
    source: Host
    version: str
    custom: bool
    patience: RetryPolicy

    async def snapshot(self, progress: Progress | None) -> Snapshot:
        async with self.source.client() as client:
            index = index_entries(await self._data(client, "metadata", "index of objects"), "index of objects")
            objects = await self._objects(client, index, progress or _silent)
        return Snapshot(self.version, tuple(sorted(objects, key=lambda item: item.obj_code)))

    async def _objects(
        self, client: httpx.AsyncClient, index: dict[str, Document], progress: Progress
    ) -> list[ObjectType]:
        gate = asyncio.Semaphore(CONCURRENT)
        done: list[ObjectType] = []

        async def one(code: str) -> None:
            async with gate:
                document = await self._data(client, f"{code.lower()}/metadata", f"{code} ({len(index)} objects)")
            done.append(normalise(document, index[code], custom=self.custom))
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

    async def _data(self, client: httpx.AsyncClient, path: str, what: str) -> Document:
        """The ``data`` of one address. Paths are made of objCodes; the ``url`` keys of documents are not followed."""
        where = f"{what} from {client.base_url.host}"
        return self.source.data(await self._answer(client, f"attask/api/{self.version}/{path}", where), where)

    async def _answer(self, client: httpx.AsyncClient, path: str, where: str) -> httpx.Response:
        for attempt in range(self.patience.attempts - 1):
            response = None
            with suppress(httpx.TransportError, TimeoutError):
                response = await self._ask(client, path)
            if response is not None and response.status_code != 429 and response.status_code < 500:
                return response
            await asyncio.sleep(self.patience.pause(attempt, response))
        try:
            return await self._ask(client, path)
        except (httpx.TransportError, TimeoutError) as error:
            raise CodegenError(f"{where}: {_reason(error)}", "check --url and the network, then try again") from error

    async def _ask(self, client: httpx.AsyncClient, path: str) -> httpx.Response:
        async with asyncio.timeout(self.patience.whole):
            return await client.get(path)


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.ConnectError):
        return f"no connection ({error})"
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return "no answer in time"
    return f"the connection broke off ({error or type(error).__name__})"


def _silent(done: int, of: int) -> None:
    """No progress to show."""
