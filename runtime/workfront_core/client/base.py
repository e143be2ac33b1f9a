"""What both clients share: address, credential, options, and the steps before and after the network."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn, Self, TypeVar, cast

from pydantic import ValidationError

from workfront_core.arguments import checked_text
from workfront_core.auth.credential_headers import credential_headers
from workfront_core.auth.static import Auth, as_credential, check_credential, secrets_in
from workfront_core.auth.tokens import TokenSite
from workfront_core.base_class import BaseClass
from workfront_core.client.call import CallContext, CallFlow, call_flow
from workfront_core.client.http_clients import HttpClients
from workfront_core.client.support_warning import warn_near_end
from workfront_core.errors.complaints import is_sign_in_address
from workfront_core.errors.frames import HidesCalls
from workfront_core.errors.kinds import (
    AuthenticationError,
    InvalidRequest,
    ProtocolError,
    QueryError,
    WorkfrontError,
    discard_error,
    redact_error,
)
from workfront_core.errors.redaction import SecretHeaders, redact_bytes, redact_causes, shown_address
from workfront_core.http_library import all_errors, httpx
from workfront_core.request.address import Api, api_root, environment_name, of_api
from workfront_core.request.addressee import attributed
from workfront_core.request.encoding import USER_AGENT, Call, Tunnel
from workfront_core.request.explanation import Explanation
from workfront_core.request.inflation import ACCEPTED
from workfront_core.request.request import Request, checked_request
from workfront_core.request.response import inflated, unwrap
from workfront_core.request.write_guard import PERMITTED, changes, check_write
from workfront_core.services.base import BoundService
from workfront_core.transport.concurrency import HostConcurrency, concurrency_of
from workfront_core.transport.deadline import Deadline, Timeout
from workfront_core.transport.failure import map_transport_error, map_unnamed_error
from workfront_core.transport.hang_up import hang_up, is_out_of_step
from workfront_core.transport.options import UNCHANGED, Options, Unchanged
from workfront_core.transport.retry import retry_after

if TYPE_CHECKING:
    from workfront_core.operations.any_request import Parameters
    from workfront_core.request.dry_run import DryRun

T = TypeVar("T")
C = TypeVar("C", bound="Connection")
"""Stands where `Self` could: jedi, which many editors ask, takes that for the class that defines the method."""

DEFAULT_TIMEOUT: Final = 60.0
_JSON_STARTS: Final = (b"{", b"[")
_PROGRAM: Final = {"X-Requested-With": "XMLHttpRequest"}
"""Says that a program asks: without it a web server may answer an ended session with a page (docs/protocol.md 4.1)."""


class Connection(BaseClass, HidesCalls):
    """A customer's API as both clients see it. Copies with other options share the connections of the original."""

    api_version: ClassVar[str]
    support_ends: ClassVar[str | None] = None
    _http: HttpClients[Any]
    _is_plain: bool
    """Whether the network is this package's own: neither a client nor a transport was handed in."""

    _of_other_kind: str | None
    """What is wrong with a transport or HTTP client that was handed in, where the other kind of client needs it."""

    services: ClassVar[Mapping[str, str]] = {}
    """Attribute of each service by objCode."""

    def __init__(self, url: str, auth: Auth, options: Options, *, allow_insecure: bool, api: Api = "public") -> None:
        check_credential(auth)
        warn_near_end(self.api_version, self.support_ends)
        self.root: str = api_root(url, self.api_version, api, allow_insecure=allow_insecure)
        self._profile: str | None = None
        self._auth = auth
        self._options = options
        self._is_copy = False
        self._limit: HostConcurrency = concurrency_of(self._site.origin)

    @classmethod
    def from_env(cls: type[C], profile: str | None = None, **options: Any) -> C:
        """Returns a client for a profile, or for the ``WORKFRONT_*`` variables alone.

        Args:
            profile: a name in the file of profiles; by default ``WORKFRONT_PROFILE``, or the file's default.
            options: as for the client; they go before the profile's.

        Raises:
            QueryError: there is no such profile, no address, or no credential; the message says what to set.
        """
        from workfront_core.client.passed_over import loaded_profile  # with every way to sign in: who asks for it pays

        found = loaded_profile(None if profile is None else checked_text(profile, "The name of a profile"), options)
        auth = as_credential(found.credential() if options.get("auth") is None else options["auth"])
        options = {"allow_writes": found.allow_writes, **options, "auth": auth}
        client = cls(found.address, **options)
        client._profile = found.name
        return client

    def __reduce__(self) -> NoReturn:
        """Refuses to be pickled: a client has connections and a credential, which no other process can use.

        Raises:
            QueryError: always.
        """
        raise QueryError(
            "A client cannot be pickled, copied or sent to another process.",
            hint="Make one in each process; with_options() gives a light copy in this one.",
        )

    def __repr__(self) -> str:
        if not hasattr(self, "_options"):  # a traceback may ask halfway
            return f"<{type(self).__name__} without an address>"
        return f"<{type(self).__name__} {self.root}: {', '.join(self._traits())}>"

    def _traits(self) -> Iterator[str]:
        """Yields what a person wants to know before a write: where it goes, and whether it goes at all."""
        yield environment_name(self.root)
        if self._profile:
            yield f"profile {self._profile!r}"
        if self._options.dry_run is not None:
            yield f"dry run, {len(self._options.dry_run.planned)} writes planned"
        else:
            yield PERMITTED[self._options.allow_writes]
        if self._options.tunnel:
            yield f"all by {self._options.tunnel}"

    def explain(self, request: Request[Any], /) -> Explanation:
        """Returns the exact call that ``send`` would make, for reading, without secrets. Nothing is sent."""
        checked_request(request)
        return self._equipped(request).explain(self.root)

    @property
    def strict(self) -> bool:
        """Whether a value of an unexpected type is an error rather than kept as it came."""
        return self._options.strict

    @property
    def is_dry_run(self) -> bool:
        """Whether this client keeps writes back, as the one of ``dry_run()`` does."""
        return self._options.dry_run is not None

    @property
    def origin(self) -> str:
        """Scheme and host of the tenant: ``https://acme.my.workfront.com``."""
        return self._site.origin

    @property
    def planned(self) -> list[Request[Any]]:
        """The writes a dry run kept back, in their order."""
        return [] if self._options.dry_run is None else self._options.dry_run.planned

    @property
    def _site(self) -> TokenSite:
        """Where the API and the token service are; one signs in at the public API."""
        return TokenSite(self.root.partition("/attask/")[0], of_api(self.root, self.api_version, "public"))

    def with_options(
        self: C,
        *,
        timeout: Timeout | Unchanged = UNCHANGED,
        extra_params: Parameters | None = None,
        max_retries: int | None = None,
        total_timeout: float | Unchanged | None = UNCHANGED,
        repeat_writes: bool | None = None,
        max_answer_bytes: int | None = None,
        tunnel: Tunnel | Unchanged | None = UNCHANGED,
        api: Api | None = None,
    ) -> C:
        """Returns a light copy of this client with other options, for some calls:
        ``wf.with_options(timeout=5).task.get(...)``.

        It shares credential and connections with this one, which is the one to close.

        Args:
            timeout: seconds for connecting, each read and each write; ``None`` waits for ever.
            extra_params: further parameters of every request, decoded; a list repeats the name. None that makes another
                call of it: ``method``, ``action``, ``updates``.
            max_retries: further attempts after the first one.
            total_timeout: seconds for a call with all its attempts and pauses; ``None`` for no end.
            repeat_writes: whether PUT and DELETE may be repeated when it is uncertain that they were applied.
            max_answer_bytes: bytes an answer may have, unpacked.
            tunnel: the one verb that calls travel by, ``"GET"`` or ``"POST"``; ``None`` for their own.
            api: ``"public"``, ``"internal"`` or ``"unsupported"``: which of the APIs that stand side by side.
        """
        from workfront_core.operations.any_request import extra_pairs

        pairs = extra_pairs({} if extra_params is None else extra_params)
        other = self._copied(
            self._options.changed(
                timeout=timeout,
                extra_params=pairs,
                max_retries=max_retries,
                total_timeout=total_timeout,
                repeat_writes=repeat_writes,
                max_answer_bytes=max_answer_bytes,
                tunnel=tunnel,
            )
        )
        if api is not None:
            other.root = of_api(self.root, self.api_version, api)
        return other

    def dry_run(self: C) -> AbstractContextManager[C]:
        """Returns a client that reads, and keeps writes back: ``with wf.dry_run() as dry: ...; print(*dry.planned,
        sep="\n")``.

        ``planned`` holds the requests it would have sent, which print as what they would change. Rows that it would
        have created have an ID made up, so that a script can go on with them; ``get`` gives what was written of such a
        row, searches do not find it. Actions give no result.
        """
        from workfront_core.request.dry_run import DryRun, DryRunBlock

        return DryRunBlock(self._copied(replace(self._options, dry_run=DryRun())))

    def _read(self, request: Request[Any], response: httpx.Response, /) -> Any:
        """Returns the result of an answer.

        Raises:
            WorkfrontError: the one it reports, with the request attached and secrets the server echoed removed.
        """
        if self._options.responses is not None:
            self._options.responses.append(response)
        try:
            result: Any = self._parsed(request, response)
        except WorkfrontError as error:
            if isinstance(error, ProtocolError):
                hang_up(response)
            error.request = error.request or request.redact_secrets()
            error.status = error.status or response.status_code
            error.retry_after = retry_after(response.headers, now=time.time())
            if response.has_redirect_location and not isinstance(error, AuthenticationError):
                error.hint = f"It redirects to {self._shown_redirect(request, response)}."
            raise self._finished(request, attributed(error, request)) from None
        if request.path == "batch" and isinstance(result, list):
            result = self._finished_batch(request, response, cast("list[object]", result))
        if is_out_of_step(result):
            hang_up(response)
        return result

    def _finished_batch(self, request: Request[Any], response: httpx.Response, outcomes: list[object]) -> object:
        """Returns the outcomes of a batch; where errors are among them, read again without the secrets the answer
        echoes.
        """
        failed = [outcome for outcome in outcomes if isinstance(outcome, WorkfrontError)]
        if not failed:
            return outcomes
        for error in failed:
            discard_error(error, self._secrets(request))
        again = cast("list[object]", self._result(request, response, self._unechoed(request, response)))
        return [self._finished(request, one) if isinstance(one, WorkfrontError) else one for one in again]

    def _finished(self, request: Request[Any], error: WorkfrontError) -> WorkfrontError:
        """Returns the error with names that exist for one that does not, and without secrets the server echoed."""
        if isinstance(error, InvalidRequest):
            from workfront_core.client.suggestions import suggest  # with what it needs of the models

            suggest(error, error.request.path if error.request else "", self, self.services)
        return redact_error(error, self._secrets(request))

    def _check_ready(self) -> None:
        """Raises a QueryError where nothing can be sent: the client is closed, or its network is the other kind's."""
        if self._of_other_kind is not None:
            raise QueryError(self._of_other_kind)
        self._http.check_open()

    def _call_flow(self, request: Request[T]) -> CallFlow[T]:
        """Returns the steps of a call."""
        return call_flow(request, CallContext(self.root, self._auth, self._options, self._read))

    def _parsed(self, request: Request[T], response: httpx.Response) -> T:
        """Returns the result. What becomes an error is read without the secrets it echoes.

        A traceback with local variables shows the body, and what was made of it.
        """
        body = response.content
        if response.is_success and body[:1] in _JSON_STARTS and b'"error"' not in body:
            try:
                return self._result(request, response, body)
            except WorkfrontError as error:
                discard_error(error, self._secrets(request))
        del body
        return self._result(request, response, self._unechoed(request, response))

    def _unechoed(self, request: Request[Any], response: httpx.Response) -> bytes:
        """Returns the body without secrets the other side echoed."""
        body = response.content
        with suppress(EOFError, zlib.error, ProtocolError):
            body = inflated(body)
        return redact_bytes(body, self._secrets(request))

    def _result(self, request: Request[T], response: httpx.Response, body: bytes) -> T:
        redact_secrets = request.redact_secrets()
        if request.may_be_empty and response.is_success and not response.content:
            data: object = response.headers.get("Location")
        else:
            signed_out = response.has_redirect_location and is_sign_in_address(response.headers["Location"])
            data = unwrap(response.status_code, body, redact_secrets, signed_out=signed_out)
        try:
            return request.parse(data, strict=self.strict)
        except (ValidationError, RecursionError) as mismatch:
            raise ProtocolError(
                f"The answer does not fit the schema: {mismatch}", status=response.status_code, request=redact_secrets
            ) from mismatch

    def _shown_redirect(self, request: Request[Any], response: httpx.Response) -> str:
        """Returns where an answer redirects to, without secrets the other side echoed or added."""
        return shown_address(response.headers["Location"], self._secrets(request))

    def _headers(self, call: Call) -> SecretHeaders:
        body = {"Content-Type": call.content_type} if call.content_type else {}
        plain = {"Accept-Encoding": "identity" if call.accept == "*/*" else ACCEPTED}  # a file's length is its own
        own: Mapping[str, str] = {**_PROGRAM, **credential_headers(self._auth)} if call.trusted else {}
        return SecretHeaders({"Accept": call.accept, "User-Agent": USER_AGENT, **body, **plain, **own})

    def _is_ours(self, request: Request[Any], error: Exception) -> bool:
        """Returns whether an error came out of connections or the HTTP library, and not out of what the caller gave."""
        is_callers = request.has_files or not self._is_plain
        is_known = not is_callers or self._http.is_closed or isinstance(error, all_errors())
        return is_known and not isinstance(error, WorkfrontError)

    def _fallen_through(self, request: Request[Any], error: Exception) -> WorkfrontError:
        """Returns the error for a call whose connection broke in a way the HTTP library has no name for."""
        redact_causes(error, self._secrets(request))
        closed, own_way = self._http.is_closed, self._is_plain
        found = map_unnamed_error(error, request, where=self.root, closed=closed, own_way=own_way)
        return redact_error(found, self._secrets(request))

    def _transport_error(self, request: Request[Any], error: Exception, deadline: Deadline) -> WorkfrontError:
        redact_causes(error, self._secrets(request))
        shown, reads, own_way = request.redact_secrets(), request.reads, self._is_plain
        found = map_transport_error(error, shown, where=self.root, reads=reads, deadline=deadline, own_way=own_way)
        return redact_error(found, self._secrets(request))

    def _prepared(self, request: Request[T]) -> Request[T]:
        """Returns the request with the extra parameters of this client.

        Raises:
            WriteRefused: it would change something, and this client must not.
        """
        checked_request(request)
        if self._options.dry_run is None:
            check_write(request, self.root, self._options.allow_writes, self._options.extra_params)
        return self._equipped(request)

    def _equipped(self, request: Request[T]) -> Request[T]:
        """Returns the request with the extra parameters of this client, on the way that its calls travel."""
        extra, tunnel = self._options.extra_params, self._options.tunnel
        if not extra and tunnel is None:
            return request
        reads = not changes(request, extra)
        return replace(request, params=(*request.params, *extra), reads=reads, tunnel=tunnel)

    @property
    def _dry_run(self) -> DryRun | None:
        """The dry run, where this is the client of one."""
        return self._options.dry_run

    def _time_for(self, request: Request[Any], deadline: Deadline) -> Deadline:
        """Returns the time an attempt may take: a file takes as long as it is large."""
        is_file = request.upload is not None or request.saves is not None
        return deadline.open_ended() if is_file else deadline

    def _secrets(self, request: Request[Any]) -> list[str]:
        """Returns what proves who is calling, as it travels and in its parts, and the secrets of the call itself."""
        return [*secrets_in(credential_headers(self._auth)), *request.secrets()]

    def _copied(self, options: Options) -> Self:
        """Returns a copy with other options; services are made anew, since each is bound to its client."""
        other = object.__new__(type(self))
        vars(other).update(vars(self))
        other._options = options
        other._is_copy = True
        for name in [name for name, value in vars(other).items() if isinstance(value, BoundService)]:
            del vars(other)[name]
        return other

    def _service_name(self, obj_code: str) -> str:
        """Returns the attribute of the service of an objCode, in any case.

        Raises:
            QueryError: no service has it; the message suggests near ones.
        """
        code = checked_text(obj_code, "by_code()", "Write the objCode, like PROJ.").upper()
        name = self.services.get(code)
        if name is None:
            from workfront_core.client.suggestions import no_service

            raise no_service(obj_code, self.services, self.api_version)
        return name
