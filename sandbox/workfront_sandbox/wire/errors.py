"""What the API says when it refuses: docs/protocol.md 5.2. Only what is on record is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workfront_sandbox.wire.json_value import Row

ILLEGAL_ARGUMENT = "java.lang.IllegalArgumentException"
AUTHENTICATION = "com.attask.common.AuthenticationException"
UNSUPPORTED = "java.lang.UnsupportedOperationException"


@dataclass(eq=False)
class ApiError(Exception):
    """One refusal: HTTP status, message, and the members of the error body that are known for it.

    ``bare`` refusals are answered as text instead of an object.
    """

    status: int
    message: str
    class_name: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])
    bare: bool = False

    def body(self) -> Row:
        """Returns the whole body of the answer."""
        if self.bare:
            return {"error": self.message}
        known: Row = {"class": self.class_name} if self.class_name else {}
        return {"error": {"message": self.message, **known, **self.extra}}


def invalid(message: str, class_name: str | None = None, **extra: Any) -> ApiError:
    """Returns the error for a call that makes no sense to the API: 422."""
    return ApiError(422, message, class_name, extra)


def unknown_field(model: str, name: str, object_name: str) -> ApiError:
    """Returns the error for a field the version does not have, of a path its first part; it fails the whole call."""
    return invalid(f"APIModel {model} does not support field {name.partition(':')[0]} ({object_name})")


def not_searched(name: str) -> ApiError:
    """Returns the error for a parameter of a search that is no filter."""
    return invalid(f'Invalid Parameter: Search Parameter value "{name}"')


def not_computed(what: str) -> ApiError:
    """Returns the error for what the service computes and the sandbox does not: nothing was done."""
    return invalid(f"{what}: not computed by this sandbox")


def unknown_action(model: str, name: str, obj_code: str) -> ApiError:
    """Returns the error for an action the object type does not have."""
    return invalid(f"APIModel {model} does not support action {name} ({obj_code})")


def unknown_query(model: str, name: str, obj_code: str) -> ApiError:
    """Returns the error for a named query the object type does not have."""
    return invalid(f"APIModel {model} does not support namedQuery {name} ({obj_code})")


def no_such_verb(verb: str) -> ApiError:
    """Returns the error for a basic operation the object type lacks: 400."""
    return ApiError(400, f"unable to find method for service endpoint type: {verb.upper()}", UNSUPPORTED)


def not_found(object_name: str, object_id: str, *, was_deleted: bool = False) -> ApiError:
    """Returns the error for an ID that no row has: 404, with a key where a row had it before."""
    message = f'{object_name} with primary key value(s) "{object_id}" not found'
    return ApiError(404, message, extra={"msgKey": "exception.norecordfound"} if was_deleted else {})


def no_access(verb: str, what: str) -> ApiError:
    """Returns the error for somebody known who has no right to do this: 403."""
    return ApiError(403, f"You do not have sufficient access to {verb} this {what}.")


def too_many_parts() -> ApiError:
    """Returns the error for a path that goes on where nothing can follow; it is answered as text."""
    return ApiError(422, "unrecognized URI format: too many parts", bare=True)


def not_logged_in() -> ApiError:
    """Returns the error for a call without a credential, or with a worthless one: 401."""
    return ApiError(401, "You are not currently logged in.", AUTHENTICATION)


def too_many_requests() -> ApiError:
    """Returns the error for too many calls at once: 429."""
    return ApiError(429, "429 Too many concurrent API requests")
