"""What a client does with every call, and what one part of a program may change about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Final, Literal, TypeAlias

from workfront_core.http_library import httpx
from workfront_core.request.encoding import Params
from workfront_core.request.request import Request
from workfront_core.request.write_guard import WritePolicy, checked_policy
from workfront_core.transport.answer_body import MOST, checked_most
from workfront_core.transport.concurrency import DEFAULT_CONCURRENCY, checked_concurrency
from workfront_core.transport.deadline import Timeout
from workfront_core.transport.hooks import Hooks
from workfront_core.transport.retry import Retry


class _Unchanged(Enum):
    UNCHANGED = "unchanged"


UNCHANGED: Final = _Unchanged.UNCHANGED
"""Leaves an option as it is, where ``None`` has a meaning of its own."""

Unchanged: TypeAlias = Literal[_Unchanged.UNCHANGED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of a client; ``SyncClient`` describes them."""

    timeout: Timeout
    retry: Retry = field(default_factory=Retry)
    extra_params: Params = ()
    hooks: Hooks = ()
    concurrency: int = DEFAULT_CONCURRENCY
    allow_writes: WritePolicy = True
    strict: bool = False
    dry: bool = False
    planned: list[Request[Any]] = field(default_factory=list)
    answers: list[httpx.Response] | None = None
    max_answer_bytes: int = MOST

    def changed(
        self,
        *,
        timeout: Timeout | Unchanged,
        extra_params: Params,
        max_retries: int | None,
        total_timeout: float | Unchanged | None,
        repeat_writes: bool | None,
        max_answer_bytes: int | None,
    ) -> Options:
        """These options with some of them replaced, and parameters added."""
        retry = replace(
            self.retry,
            max_retries=self.retry.max_retries if max_retries is None else max_retries,
            total_timeout=self.retry.total_timeout if isinstance(total_timeout, _Unchanged) else total_timeout,
            repeat_writes=self.retry.repeat_writes if repeat_writes is None else repeat_writes,
        )
        time = self.timeout if isinstance(timeout, _Unchanged) else timeout
        most = self.max_answer_bytes if max_answer_bytes is None else checked_most(max_answer_bytes)
        return replace(
            self, timeout=time, retry=retry, extra_params=(*self.extra_params, *extra_params), max_answer_bytes=most
        )


def options_of(
    timeout: Timeout,
    retry: Retry | None,
    *,
    concurrency: int,
    allow_writes: WritePolicy,
    hooks: Hooks,
    strict: bool,
    max_answer_bytes: int,
) -> Options:
    """The options a client was made with.

    Raises:
        QueryError: one is out of range.
    """
    return Options(
        timeout=timeout,
        retry=retry or Retry(),
        concurrency=checked_concurrency(concurrency),
        allow_writes=checked_policy(allow_writes),
        hooks=tuple(hooks),
        strict=strict,
        max_answer_bytes=checked_most(max_answer_bytes),
    )
