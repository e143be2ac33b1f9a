"""A result together with the answer it came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import httpx

from workfront_core.errors.kinds import QueryError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RawResponse(Generic[T]):
    """What a call returned, and how it travelled.

    Attributes:
        status: HTTP status of the last answer.
        headers: of the last answer, in any case of letters, without cookies.
        parsed: the result.
    """

    status: int
    headers: httpx.Headers
    parsed: T


def raw_response(answers: Sequence[httpx.Response], parsed: T) -> RawResponse[T]:
    """The result with the last of the answers.

    Raises:
        QueryError: nothing was sent, as by a search that nobody has read yet.
    """
    if not answers:
        raise QueryError("The call sent nothing.", hint="Read the rows inside: lambda wf: wf.task.search().to_list().")
    last = answers[-1]  # without its cookies: one of them is a credential
    headers = httpx.Headers([pair for pair in last.headers.multi_items() if pair[0].lower() != "set-cookie"])
    return RawResponse(last.status_code, headers, parsed)
