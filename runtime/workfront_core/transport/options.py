"""What a client does with every call, and what one part of a program may change about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from workfront_core.arguments import checked_flag, checked_list, described
from workfront_core.base_class import check_initialised
from workfront_core.errors.kinds import QueryError
from workfront_core.http_library import httpx
from workfront_core.request.encoding import Params, Tunnel
from workfront_core.request.write_guard import WritePolicy, checked_policy
from workfront_core.transport.concurrency import DEFAULT_CONCURRENCY, checked_concurrency
from workfront_core.transport.deadline import Timeout, checked_timeout
from workfront_core.transport.hooks import Hook, Hooks
from workfront_core.transport.response_body import MOST, checked_most
from workfront_core.transport.retry import Retry

if TYPE_CHECKING:
    from workfront_core.request.dry_run import DryRun


class _Unchanged(Enum):
    UNCHANGED = "unchanged"


UNCHANGED: Final = _Unchanged.UNCHANGED
"""Leaves an option as it is, where ``None`` has a meaning of its own."""

Unchanged: TypeAlias = Literal[_Unchanged.UNCHANGED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of a client; ``SyncClient`` describes them, seconds, bytes and requests alike."""

    timeout: Timeout
    retry: Retry = field(default_factory=Retry)
    extra_params: Params = ()
    hooks: Hooks = ()
    concurrency: int = DEFAULT_CONCURRENCY
    allow_writes: WritePolicy = True
    strict: bool = False
    tunnel: Tunnel | None = None
    dry_run: DryRun | None = None
    responses: list[httpx.Response] | None = None
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
        tunnel: Tunnel | Unchanged | None,
    ) -> Options:
        """Returns these options with some of them replaced, and parameters added; units as for ``SyncClient``: seconds,
        bytes, attempts.
        """
        retry = replace(
            self.retry,
            max_retries=self.retry.max_retries if max_retries is None else max_retries,
            total_timeout=self.retry.total_timeout if isinstance(total_timeout, _Unchanged) else total_timeout,
            repeat_writes=self.retry.repeat_writes if repeat_writes is None else repeat_writes,
        )
        time = self.timeout if isinstance(timeout, _Unchanged) else checked_timeout(timeout)
        most = self.max_answer_bytes if max_answer_bytes is None else checked_most(max_answer_bytes)
        way = self.tunnel if isinstance(tunnel, _Unchanged) else checked_tunnel(tunnel)
        extra = (*self.extra_params, *extra_params)
        return replace(self, timeout=time, retry=retry, extra_params=extra, max_answer_bytes=most, tunnel=way)


def options_of(
    timeout: Timeout,
    retry: Retry | None,
    *,
    concurrency: int,
    allow_writes: WritePolicy,
    hooks: Hooks,
    strict: bool,
    max_answer_bytes: int,
    tunnel: Tunnel | None = None,
) -> Options:
    """Returns the options a client was made with; units as for ``SyncClient``: seconds, bytes, requests.

    Raises:
        QueryError: one is out of range.
    """
    return Options(
        timeout=checked_timeout(timeout),
        retry=Retry() if retry is None else _checked_retry(retry),
        concurrency=checked_concurrency(concurrency),
        allow_writes=checked_policy(allow_writes),
        hooks=_checked_hooks(hooks),
        strict=checked_flag(strict, "strict"),
        max_answer_bytes=checked_most(max_answer_bytes),
        tunnel=checked_tunnel(tunnel),
    )


def _checked_retry(value: Retry) -> Retry:
    if not isinstance(value, Retry):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"retry= takes a Retry, not {described(value)}.", hint="Write retry=Retry(max_retries=2).")
    return value


def _checked_hooks(values: Hooks) -> Hooks:
    hooks = checked_list(values, "hooks=", "Write hooks=[hook].")
    for hook in hooks:
        if not isinstance(hook, Hook):
            raise QueryError(
                f"hooks= takes instances of Hook, not {described(hook)}.", hint="Derive a class from Hook."
            )
        check_initialised(hook)
    return tuple(hook for hook in hooks if isinstance(hook, Hook))


def checked_tunnel(value: object) -> Tunnel | None:
    """Returns ``value`` itself.

    Raises:
        QueryError: it is no verb that all calls can travel by.
    """
    match value:
        case None:
            return None
        case "GET":
            return "GET"
        case "POST":
            return "POST"
        case _:
            raise QueryError(f'tunnel={value!r:.80}: write "GET", "POST" or None.')
