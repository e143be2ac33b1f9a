"""What to do about the server's known complaints, and which name they complain about. docs/protocol.md 5.2."""

from __future__ import annotations

import re
from typing import Final

HINTS: Final[tuple[tuple[str, str], ...]] = (
    (r"not currently logged in|Invalid session ?ID", "Sign in again. API keys go into ApiKey(), not SessionId()."),
    (r"Untrusted request", "The tenant asks for a client certificate; give it to the http_client."),
    (r"AuthenticationException", "Check the API key: is it of this environment, and has it expired?"),
    (r"does not support field", "This API version has no such field; take names from X.f or the field enum."),
    (r"no such field: '\*'", "Name the custom fields one by one, or load parameterValues, which holds them all."),
    (r"does not support action", "Take actions from the object's service; its methods are what the metadata lists."),
    (r"does not support namedQuery", "Actions are sent with PUT; take named queries from the object's service."),
    (r"does not support argument", "Take the argument's name from the action's method on the service."),
    (r"you must specify an action", "Name the action: PUT OBJ/ID/action."),
    (r"unrecognized URI format", "A path is OBJ, OBJ/ID or OBJ/ID/action; an action needs the verb PUT."),
    (r"not a top level object|invalid objCode: null", "Read and write this object through its parent."),
    (r"Unknown object type", "Take the objCode from the services of the client."),
    (r"service endpoint type: (ADD|EDIT)", "This object cannot be written here; change it through its parent."),
    (r"maximum allowed limit", "Ask for at most 2000 rows a page and let the pager fetch the rest."),
    (r"more than 100 objects", "Send at most 100 objects at once."),
    (r"already exists", "Choose another name, or update the object that has it."),
    (r"are already attached", "Leave out the custom forms the object has already."),
    (r"primary key value\(s\) .* not found|ObjectNotFound", "Is the ID of this environment, and not deleted?"),
    (r"Invalid custom enum value", "Take the value from the customer's own list (CSTEM), not from its label."),
    (r"Invalid Parameter:", "Take the value from the field's enum."),
    (r"Invalid character in", "Leave the character out of the name."),
    (r"cannot be deleted since it is referenced", "Delete with force=True, which also removes what depends on it."),
    (r"cannot be assigned to Role", "Give the user this role first, or assign without it."),
    (r"Too many concurrent", "Send fewer requests at a time, or wait and repeat."),
    (r"argument type mismatch|cannot be cast to class java\.util\.Map", "Pass lists and maps as such, not as text."),
    (r"JSON parsing error", "Send lists and maps as JSON; keys with [] are not understood."),
)
"""Patterns of a message, and what to do; the first that fits counts."""

_FIELD: Final = re.compile(
    r"does not support (?:field|argument named|action|namedQuery) (?P<a>[\w:.$-]+)"
    r"|Invalid Parameter: (?P<b>[\w:.]+) value"
    r"|for field '(?P<c>[^']+)'"
    r"|Invalid character in '(?P<d>[^']+)'"
    r"|no such field: '(?P<e>[^']+)'"
    r"|(?:PropertyNotFound|Unknown field):? '?(?P<g>[\w:.]+)"
)
_OBJECT: Final = re.compile(r"does not support field \S+ \((\w+)\)")


def hint_for(message: str) -> str | None:
    """The advice for a message, ``None`` where we have none."""
    return next((hint for pattern, hint in HINTS if re.search(pattern, message, re.IGNORECASE)), None)


def named_field(message: str) -> str | None:
    """The field, argument or action a message complains about, by its wire name."""
    found = _FIELD.search(message)
    return found[found.lastgroup] if found and found.lastgroup else None


def named_object(message: str) -> str | None:
    """The object type, by the server's name for it, that lacks the field."""
    found = _OBJECT.search(message)
    return found[1] if found else None


def unknown_object_type(message: str) -> str | None:
    """The object type a message does not know."""
    found = re.search(r"Unknown object type: (\w+)", message)
    return found[1] if found else None
