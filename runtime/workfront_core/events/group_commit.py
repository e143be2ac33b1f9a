"""Messages that wait are stored together: one write to the disk for all that came during the one before."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from workfront_core.events.errors import InboxError, InboxFull
from workfront_core.events.inbox_file import InboxFile
from workfront_core.events.message import Message
from workfront_core.process_state import bind_to_process

_AT_ONCE: Final = 500
_MOST: Final = 2000
"""Messages that may wait; with more, the disk is too slow for the service, which sends them again."""


class GroupCommit:
    """The line in front of an inbox, for one event loop."""

    def __init__(self, file: InboxFile) -> None:
        self._file = file
        self.restart_in_child()
        bind_to_process(self)

    def restart_in_child(self) -> None:
        """Forgets what waits in the parent, and its thread."""
        self._waiting: list[tuple[Message, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, "workfront-inbox")

    async def put(self, message: Message) -> None:
        """Returns when the message is on the disk.

        Raises:
            InboxFull: too many wait, or the disk is full.
            InboxError: the file cannot be written.
        """
        if len(self._waiting) >= _MOST:
            raise InboxFull("Too many messages wait to be stored.")
        stored = asyncio.get_running_loop().create_future()
        self._waiting.append((message, stored))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        await stored

    async def _write(self) -> None:
        """Stores what waits until nothing does; those who wait hear how it went."""
        while self._waiting:
            batch, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
            failed = await self._stored([message for message, _ in batch])
            for _, stored in batch:
                if not stored.done():
                    stored.set_result(None) if failed is None else stored.set_exception(failed)

    async def _stored(self, messages: list[Message]) -> Exception | None:
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._file.add, messages)
        except InboxError as error:
            return error
        except RuntimeError as error:
            return InboxError(f"The inbox is closed: {error}.")
        except Exception as error:  # else those who wait never hear of it
            return InboxError(f"The messages cannot be stored: {type(error).__name__}: {error}.")
        return None

    def close(self) -> None:
        """Lets the write under way end, and takes no more."""
        self._thread.shutdown(wait=True)
