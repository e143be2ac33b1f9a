"""What handlers get: a request with what it is answered from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workfront_sandbox.actions.dispatch import CustomHandlers
from workfront_sandbox.call.call import Call
from workfront_sandbox.events.subscription import Subscriptions
from workfront_sandbox.reading.reads import Shuffle
from workfront_sandbox.schema.catalogue import ObjectSchema
from workfront_sandbox.signin.credential import Accounts, Credential, read_credential
from workfront_sandbox.tenant.tenant import Tenant
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.wire.messages import HttpRequest
from workfront_sandbox.wire.parameters import Parameters


@dataclass(frozen=True)
class ApiRequest:
    """An HTTP request; ``variables`` are the parts of its path that the route names."""

    http: HttpRequest
    parameters: Parameters
    tenant: Tenant
    subscriptions: Subscriptions
    variables: Mapping[str, str]

    @property
    def credential(self) -> Credential | None:
        """What the request shows to be let in, or None."""
        return read_credential(self.http.headers, self.parameters)

    def user(self, *, writes: bool) -> Row:
        """Returns the user whose credential the request shows. Raises ApiError 401."""
        return Accounts(self.tenant).identify(self.credential, self.parameters, writes=writes)


@dataclass(frozen=True)
class CallRequest:
    """A call of the object API by a known caller.

    Attributes:
        call: the call.
        variables: the parts of its path that the route names.
        shuffle: the order of rows nobody sorts.
        custom: handlers of actions somebody added.
        answer: answers another call in the same way, which is what a batch does.
    """

    call: Call
    variables: Mapping[str, str]
    shuffle: Shuffle
    custom: CustomHandlers
    answer: Callable[[Call, str], Any]

    def find_object_type(self) -> ObjectSchema:
        """Returns the object type of the path.

        Raises ApiError for unknown ones, and for those that are reached through their parent only.
        """
        found = self.call.schema.find(self.variables["object"])
        if found.code == "TASSGN":
            raise invalid("invalid objCode: null")
        if found.source.secondary:
            raise invalid(f"{found.code} is not a top level object and can't be requested directly in internal")
        return found

    @property
    def object_id(self) -> str | None:
        """The row of the path, if it names one."""
        return self.variables.get("id") or self.variables.get("row")
