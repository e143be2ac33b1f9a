"""One row of the table: a typed call, the request it must become, an answer and what is made of it.

Requests are written as ``verb path?query`` below the versioned root, decoded as far as a reader likes: ``sends`` is
compared as decoded names and values in any order. Where bytes or their order matter, ``bytes_sent`` must stand
literally in the target or the body.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from workfront_client.v22 import Workfront
from workfront_core.errors import WorkfrontError

Call: TypeAlias = Callable[[Workfront], object]

ROOT: Final = "/attask/api/v22.0/"

PROJECT: Final = "6b1d20c40000a1f25e7733d9180c0a11"
OTHER_PROJECT: Final = "6b1d20c40000a1f25e7733d9180c0a12"
TASK: Final = "6b1d20c40000b2038d11c4e6027f5b21"
OTHER_TASK: Final = "6b1d20c40000b2038d11c4e6027f5b22"
ISSUE: Final = "6b1d20c40000c3149a02d7f5136e6c31"
PERSON: Final = "6b1d20c40000d425ab13e806247d7d41"
OTHER_PERSON: Final = "6b1d20c40000d425ab13e806247d7d42"
GROUP: Final = "6b1d20c40000e536bc24f917358c8e51"
ROLE: Final = "6b1d20c40000f647cd350a28469b9f61"
OTHER_ROLE: Final = "6b1d20c40000f647cd350a28469b9f62"

FIRST_PAGE: Final = "ID_Sort=asc&$$FIRST=0&$$LIMIT=200"
"""What a search asks for beside its conditions, where nothing is said about order or page."""


@dataclass(frozen=True)
class Answer:
    """What the server says: ``data`` in the usual envelope, or a whole body as it travels."""

    data: object = None
    status: int = 200
    body: str | bytes | None = None

    def content(self) -> bytes:
        body = json.dumps({"data": self.data}) if self.body is None else self.body
        return body if isinstance(body, bytes) else body.encode()


def refusal(message: str, status: int = 422, server_class: str | None = None) -> Answer:
    """An answer that reports an error, with the server's class for it."""
    error = {"message": message} if server_class is None else {"message": message, "class": server_class}
    return Answer(status=status, body=json.dumps({"error": error}))


@dataclass(frozen=True)
class Case:
    """One call.

    Attributes:
        restates: the case of the protocol's collection that it restates.
        says: the behaviour, in a sentence.
        call: the typed call; a pager it returns is read to its end.
        sends: verb, path below the root and query; ``None`` where nothing may be sent.
        form: fields of a form body.
        json: the JSON body.
        multipart: the one part of a multipart body: its name, the file's name and content.
        bytes_sent: must stand literally in the target or in the body.
        answer: what the server says.
        reads: what to look at in the result.
        gives: what is found there.
        raises: the error instead of a result, with a part of its text.
        differs: why the request is another one than the collection's.
        times: how often it is sent, where a failure makes the client repeat it.
    """

    restates: str
    says: str
    call: Call
    sends: str | None
    form: str | None = None
    json: object = None
    multipart: tuple[str, str, bytes] | None = None
    bytes_sent: str = ""
    answer: Answer = Answer()
    reads: Callable[[Any], object] = lambda result: result
    gives: object = None
    raises: tuple[type[WorkfrontError], str] | None = None
    differs: str = ""
    times: int = 1

    def __str__(self) -> str:
        return self.restates


def found(restates: str, says: str, call: Call, sends: str, *ids: str, differs: str = "", bytes_sent: str = "") -> Case:
    """A search on its first page: ``sends`` without sort and page, ``ids`` of the rows that come back."""
    rows: list[object] = [{"ID": row_id} for row_id in ids]
    return Case(
        restates, says, call,
        f"GET {sends}{'&' if '?' in sends else '?'}{FIRST_PAGE}",
        answer=Answer(rows), reads=lambda result: [row.id for row in result], gives=list(ids),
        differs=differs, bytes_sent=bytes_sent,
    )  # fmt: skip


def confirmed(case: Case) -> Case:
    """The same case, answered with a confirmation and nothing else."""
    return replace(case, answer=Answer({"success": True}), gives=None)


@dataclass(frozen=True)
class Covered:
    """A case of the collection without a row of its own: what covers it, and why that is enough."""

    case: str
    by: str
    why: str
