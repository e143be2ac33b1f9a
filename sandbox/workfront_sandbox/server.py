"""The sandbox: a tenant, its clock, its faults and its log, answering requests whatever carries them."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Self

from workfront_sandbox.actions.dispatch import CustomHandler, needs_login
from workfront_sandbox.api.router import ObjectApi, describe, metadata_of
from workfront_sandbox.call.call import Call
from workfront_sandbox.events import event_api
from workfront_sandbox.events.delivery import Deliveries, Send, post
from workfront_sandbox.events.subscription import Subscriptions
from workfront_sandbox.query.wildcard import Caller
from workfront_sandbox.reading.reads import Shuffle
from workfront_sandbox.schema.catalogue import Catalogue
from workfront_sandbox.signin import oauth, session
from workfront_sandbox.signin.credential import Accounts, read_credential
from workfront_sandbox.tenant.clock import Clock
from workfront_sandbox.tenant.limits import Limits
from workfront_sandbox.tenant.tenant import Tenant, read_seed
from workfront_sandbox.wire import faults
from workfront_sandbox.wire.address import Address, parse_address, parse_target
from workfront_sandbox.wire.errors import ApiError, not_logged_in, too_many_requests
from workfront_sandbox.wire.faults import Faults
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.wire.messages import HttpRequest, HttpResponse, json_reply
from workfront_sandbox.wire.parameters import Parameters, method_of, read_parameters
from workfront_sandbox.writing import document
from workfront_schema.snapshot import Snapshot
from workfront_schema.store import load_snapshot, standard_schema, versions

_LOG = logging.getLogger("workfront.sandbox")
_KEPT: Final = 1000
_TOKEN: Final = "/integrations/oauth2/api/v1/token"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and how it was answered."""

    at: datetime
    request: HttpRequest
    reply: HttpResponse
    seconds: float


class Sandbox:
    """A Workfront tenant of one's own.

    ``seed`` is ``empty``, a file, or a document (``now``, ``me``, rows by objCode), laid when the database is empty.
    ``strict`` accepts only credentials the sandbox issued, and takes the stricter reading where it is disputed what
    the service does. ``unstable`` is a seed for the order of rows nobody sorts. ``send`` posts events. Raises
    ValueError for a seed that cannot be read.
    """

    def __init__(
        self,
        seed: str | Path | Mapping[str, Any] = "empty",
        *,
        db: str | Path = ":memory:",
        strict: bool = False,
        clock: Clock | None = None,
        unstable: int | None = None,
        limits: Limits | None = None,
        faults: Faults | None = None,
        snapshots: Sequence[Snapshot] | None = None,
        send: Send = post,
    ) -> None:
        catalogue = Catalogue(snapshots) if snapshots is not None else _standard_catalogue()
        self.tenant: Tenant = Tenant(catalogue, clock or Clock(), str(db), strict, limits or Limits())
        self.faults: Faults = faults or Faults()
        self.api: ObjectApi = ObjectApi(Shuffle(unstable))
        self.subscriptions: Subscriptions = Subscriptions(self.tenant)
        self.deliveries: Deliveries = Deliveries(self.subscriptions, send)
        self.tenant.watchers.append(self.deliveries.watch)
        self.log: deque[Exchange] = deque(maxlen=_KEPT)
        self._turn = threading.RLock()
        if self.tenant.found_empty():
            self.tenant.seed(read_seed(seed))

    @property
    def clock(self) -> Clock:
        """The tenant's clock."""
        return self.tenant.clock

    @property
    def accounts(self) -> Accounts:
        """Tokens, API keys and passwords."""
        return Accounts(self.tenant)

    @property
    def tokens(self) -> oauth.TokenService:
        """The OAuth2 service."""
        return oauth.TokenService(self.tenant)

    def insert(self, code: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
        """Adds rows as they are; answers with their IDs. Raises ApiError where an ID is taken."""
        with self._turn:
            return self.tenant.insert(code, rows)

    def rows(self, code: str) -> list[Row]:
        """All rows of an object type as they are kept, oldest first."""
        with self._turn:
            return list(self.tenant.store.every(code))

    def upload(self, content: bytes, file_name: str = "", handle: str | None = None) -> str:
        """Keeps content as if it was uploaded; answers with its handle."""
        with self._turn:
            return document.keep_upload(self.tenant, content, file_name, handle)

    def on_action(self, code: str, name: str, handler: CustomHandler) -> None:
        """Runs ``handler`` for an action from now on."""
        self.api.handlers[code, name] = handler

    def advance(self, by: timedelta) -> int:
        """Moves the clock and sends the events that became due; answers how many arrived."""
        self.clock.advance(by)
        return self.deliver()

    def deliver(self) -> int:
        """Sends the events that are due; answers how many arrived."""
        return self.deliveries.deliver()

    def close(self) -> None:
        """Lets go of the database."""
        with self._turn:
            self.tenant.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answers one request. Whatever is asked, the answer is one the service could give."""
        started = time.perf_counter()
        fault = self.faults.choose(request.headers, request.path)
        reply = faults.before(fault) or faults.after(fault, self._answer(request))
        reply = replace(reply, delay=self.faults.delay(request.headers))
        self.log.append(Exchange(self.clock.now(), request, reply, time.perf_counter() - started))
        return reply

    def refuse(self, request: HttpRequest) -> HttpResponse:
        """Answers a request that is one too many at a time."""
        reply = json_reply(too_many_requests().body(), 429)
        self.log.append(Exchange(self.clock.now(), request, reply, 0.0))
        return reply

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            with self._turn:
                return self._route(request)
        except ApiError as error:
            return json_reply(error.body(), error.status)
        except oauth.TokenError as error:
            return json_reply(error.body(), 400)
        except Exception:
            _LOG.exception("%s %s", request.method, request.path)
            return json_reply(ApiError(500, "Internal server error").body(), 500)

    def _route(self, request: HttpRequest) -> HttpResponse:
        limits = self.tenant.limits
        limits.check_uri(f"{request.path}?{request.query}" if request.query else request.path)
        if len(request.body) > limits.body:
            raise ApiError(413, f"The body is larger than {limits.body} bytes")
        parameters = read_parameters(request.query, request.headers.get("content-type", ""), request.body)
        if request.path.startswith(("/integrations/", "/ims/")):
            return self._sign_in(request, parameters)
        if request.path.startswith(event_api.ROOT):
            return self._events(request, parameters)
        if request.path == "/attask/document/download":
            return self._download(request, parameters)
        return self._object_call(request, parameters)

    def _sign_in(self, request: HttpRequest, parameters: Parameters) -> HttpResponse:
        match request.method, request.path:
            case "GET", "/integrations/oauth2/authorize":
                return HttpResponse(302, b"", {"location": self.tokens.authorize(parameters)})
            case "POST", path if path == _TOKEN:
                return json_reply(self.tokens.token(parameters, request.headers))
            case "POST", "/integrations/oauth2/api/v1/jwt/exchange":
                return json_reply(self.tokens.exchange_jwt(parameters))
            case "POST", "/ims/token/v3":
                return json_reply(self.tokens.ims_token(parameters))
            case _:
                raise ApiError(404, f"There is no {request.method} {request.path[:200]}")

    def _events(self, request: HttpRequest, parameters: Parameters) -> HttpResponse:
        user = self._user(request, parameters, writes=request.method != "GET")
        event_api.check_admin(self.tenant, user)
        return event_api.answer(self.subscriptions, request.method, request.path, parameters)

    def _download(self, request: HttpRequest, parameters: Parameters) -> HttpResponse:
        self._user(request, parameters, writes=False)
        wanted = parameters.first("ID") or parameters.first("id") or ""
        name, content = document.content_of(self.tenant, wanted, parameters.first("versionID"))
        plain = "".join(
            letter if letter.isascii() and letter.isprintable() and letter not in '"\\' else "_" for letter in name
        )
        disposition = {"content-disposition": f'attachment; filename="{plain}"'}
        return HttpResponse(200, content, {"content-type": "application/octet-stream", **disposition})

    def _object_call(self, request: HttpRequest, parameters: Parameters) -> HttpResponse:
        address = parse_address(request.path)
        method = method_of(request.method, parameters)
        data = self._session(request, address, parameters, method)
        if data is not None:
            cookie = (
                {"set-cookie": f"attask={data['sessionID']}; Max-Age={session.LIFETIME}"} if "sessionID" in data else {}
            )
            return json_reply({"data": data}, headers=cookie)
        if metadata_of(address, address.parts):
            return json_reply({"data": describe(self._call(address, parameters, {}), request.base_url)})
        call = self._call(address, parameters, self._caller(request, address, parameters, method))
        try:
            return json_reply({"data": self.api.answer(call, method)})
        finally:
            self._tell(call)

    def _session(self, request: HttpRequest, address: Address, parameters: Parameters, method: str) -> Row | None:
        match address.parts:
            case ("login",):
                return session.log_in(self.tenant, parameters)
            case ("logout",):
                return session.log_out(self.tenant, read_credential(request.headers, parameters))
            case ("session",):
                credential = read_credential(request.headers, parameters)
                user = self._user(request, parameters, writes=False)
                return session.describe(self.tenant, user, credential.value if credential else "")
            case ("info",):
                return session.information(request.base_url)
            case _:
                return None

    def _caller(self, request: HttpRequest, address: Address, parameters: Parameters, method: str) -> Row:
        target = parse_target(address.parts[1:]) if len(address.parts) <= 3 else None
        first = address.parts[0].lower() if address.parts else ""
        own_login = target and first == "user" and needs_login(target.verb, parameters.first("action"), "USER")
        if own_login and (read_credential(request.headers, parameters) is None or parameters.first("username")):
            return self.accounts.log_in(parameters.first("username") or "", parameters.first("password") or "")
        return self._user(request, parameters, writes=method != "GET")

    def _user(self, request: HttpRequest, parameters: Parameters, *, writes: bool) -> Row:
        credential = read_credential(request.headers, parameters)
        if credential is None:
            raise not_logged_in()
        return self.accounts.identify(credential, parameters, writes=writes)

    def _call(self, address: Address, parameters: Parameters, user: Row) -> Call:
        caller = Caller(self.clock.now(), self.clock.zone, user, self.tenant.customer_id)
        return Call(self.tenant, address, caller, parameters)

    def _tell(self, call: Call) -> None:
        for change in call.changes:
            for watcher in self.tenant.watchers:
                watcher(change)


@lru_cache(maxsize=1)
def _standard_catalogue() -> Catalogue:
    schema = standard_schema()
    return Catalogue([load_snapshot(schema, version) for version in versions(schema)])
