"""Answers requests: finds the route, who calls, and tells the tenant's watchers what changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from workfront_sandbox.actions.dispatch import CustomHandler, needs_login
from workfront_sandbox.api.objects import refuse
from workfront_sandbox.api.request import ApiRequest, CallRequest
from workfront_sandbox.api.route import find
from workfront_sandbox.api.routes import CALL_ROUTES, METADATA_ROUTES, SESSION_ROUTES, WEB_ROUTES, CallHandler
from workfront_sandbox.call.call import Call
from workfront_sandbox.call.operation import SESSION, check_closed
from workfront_sandbox.events.subscription import Subscriptions
from workfront_sandbox.query.wildcard import Caller
from workfront_sandbox.reading.reads import Shuffle
from workfront_sandbox.signin.credential import Accounts
from workfront_sandbox.tenant.tenant import Tenant, merged
from workfront_sandbox.wire.address import Address, parse_address
from workfront_sandbox.wire.errors import not_computed
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.wire.messages import HttpRequest, HttpResponse, json_response
from workfront_sandbox.wire.parameters import Parameters, method_of
from workfront_sandbox.writing import recycle_bin, side_effects

_API = "{api}"


@dataclass
class Router:
    """Answers requests. ``custom`` are actions somebody added, by objCode and name; ``shuffle`` orders the unsorted."""

    tenant: Tenant
    subscriptions: Subscriptions
    shuffle: Shuffle = field(default_factory=Shuffle)
    custom: dict[tuple[str, str], CustomHandler] = field(default_factory=dict[tuple[str, str], CustomHandler])

    def answer(self, http: HttpRequest, parameters: Parameters) -> HttpResponse:
        """Returns the answer to a request. Raises ApiError and TokenError."""
        request = ApiRequest(http, parameters, self.tenant, self.subscriptions, {})
        parts = [part for part in http.path.split("/") if part]
        if found := find(WEB_ROUTES, http.method, parts):
            handler, variables = found
            return handler(replace(request, variables=variables))
        return self._answer_api(request, parse_address(http.path, self.tenant.catalogue.newest_version))

    def _answer_member(self, outer: ApiRequest, call: Call, method: str) -> Any:
        """Returns the data of the answer to one address of a batch. Raises ApiError."""
        parts = (_API, *call.address.parts)
        if session := find(SESSION_ROUTES, method, parts):
            check_closed(call.parameters, SESSION)
            return json.loads(session[0](outer).body)["data"]
        if metadata := find(METADATA_ROUTES, method, parts):
            return metadata[0](call, outer.http.base_url)
        return self._run(outer, call, method, *_call_route(call.address, method))

    def _run(
        self, outer: ApiRequest, call: Call, method: str, handler: CallHandler | None, variables: Mapping[str, str]
    ) -> Any:
        request = CallRequest(call, variables, self.shuffle, self.custom, partial(self._answer_member, outer))
        if handler is None:
            raise refuse(request)
        sight = self.tenant.sight.of(str(call.caller.user.get("ID"))) if method == "GET" else nullcontext()
        try:
            with sight:
                return handler(request)
        except OverflowError as error:
            raise not_computed(f"A number or date too far out ({error})") from None

    def _answer_api(self, request: ApiRequest, address: Address) -> HttpResponse:
        method, parts = method_of(request.http.method, request.parameters), (_API, *address.parts)
        if session := find(SESSION_ROUTES, method, parts):
            check_closed(request.parameters, SESSION)
            return session[0](request)
        if metadata := find(METADATA_ROUTES, method, parts):
            open_call = self._call(request, address, {})
            return json_response({"data": metadata[0](open_call, request.http.base_url)})
        handler, variables = _call_route(address, method)
        call = self._call(request, address, self._caller(request, variables, method))
        try:
            return json_response({"data": self._run(request, call, method, handler, variables)})
        finally:
            self._notify(call)

    def _call(self, request: ApiRequest, address: Address, user: Row) -> Call:
        clock = self.tenant.clock
        caller = Caller(clock.now(), clock.zone, user, self.tenant.customer_id)
        return Call(self.tenant, address, caller, request.parameters)

    def _caller(self, request: ApiRequest, variables: Mapping[str, str], method: str) -> Row:
        """Returns the user who calls; actions that bring their own login need no credential. Raises ApiError 401."""
        parameters = request.parameters
        own_login = needs_login(variables.get("object", ""), variables.get("verb") or parameters.first("action"))
        if own_login and (request.credential is None or parameters.first("username")):
            username, password = parameters.first("username") or "", parameters.first("password") or ""
            return Accounts(self.tenant).log_in(username, password)
        return request.user(writes=method != "GET")

    def restore(self, code: str, object_id: str) -> None:
        """Brings a deleted row back from the bin. Raises ApiError 404 where the bin does not hold it."""
        clock, me = self.tenant.clock, self.tenant.store.get("USER", self.tenant.me) or {"ID": self.tenant.me}
        caller = Caller(clock.now(), clock.zone, me, self.tenant.customer_id)
        address = parse_address("/attask/api", self.tenant.catalogue.newest_version)
        call = Call(self.tenant, address, caller, Parameters())
        with call.atomically():
            recycle_bin.restore(call, code, object_id)
            side_effects.follow_restoring(call, code, object_id)
        self._notify(call)

    def _notify(self, call: Call) -> None:
        for change in merged(call.changes):
            for watcher in self.tenant.watchers:
                watcher(change)


def _call_route(address: Address, method: str) -> tuple[CallHandler | None, Mapping[str, str]]:
    """Returns the handler of a call, None where no route fits, and what its path names."""
    named = {"object": address.parts[0]} if address.parts else {}
    return find(CALL_ROUTES, method, (_API, *address.parts)) or (None, named)
