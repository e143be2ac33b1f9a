"""What the server's complaints mean: the kind of error, what to do about it, and which name it complains about.

The texts on record are in docs/protocol.md 5.2. One and the same failure comes under several statuses, so that the text
counts before the status.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from workfront_core.errors.kinds import (
    AuthenticationError,
    Conflict,
    Gone,
    InvalidRequest,
    NotFound,
    PermissionDenied,
    RateLimited,
    ServerError,
    WorkfrontError,
)
from workfront_core.errors.redaction import RedactedRequest

_NO_ACCESS: Final = "Ask for access to this object, or sign in as somebody who has it."
_MISSING: Final = "Is the ID of this environment, and not deleted?"
USER_REFUSED: Final = (
    "Check user name and password. They sign nobody in where the customer uses single sign-on or Adobe IMS."
)
"""What to do about a user name and password that were refused."""
_NO_SUCH_VALUE: Final = "Write the value in the form of the field: a number, true or false, an ISO date."


class Complaint(NamedTuple):
    """A text of the server: the pattern that tells it, the error it becomes, and what to do."""

    pattern: str
    kind: type[WorkfrontError]
    hint: str


COMPLAINTS: Final[tuple[Complaint, ...]] = (
    Complaint("Too many (concurrent|API|requests)", RateLimited, "Send fewer requests at a time, or wait and repeat."),
    Complaint(
        "not (currently )?logged in|Invalid session ?ID|session (has )?(ended|expired)",
        AuthenticationError,
        "Sign in again. API keys go into ApiKey(), not SessionId().",
    ),
    Complaint(
        "Untrusted request",
        AuthenticationError,
        "The tenant asks for a client certificate; give it to the http_client.",
    ),
    Complaint(
        r"\b(user ?name|password)\b.*\b(incorrect|invalid|wrong|not match|wasn.t quite right)",
        AuthenticationError,
        USER_REFUSED,
    ),
    Complaint(
        "AuthenticationException",
        AuthenticationError,
        "Check the credential, such as the API key: is it of this environment, and has it expired?",
    ),
    Complaint(
        r"AccessDenied|SecurityException|PermissionException|not authori[sz]ed|(access|permission) (is |was )?denied"
        r"|(\bnot|n't|\bno|\black|\blacks|\binsufficient) (have )?((the|sufficient|enough|necessary|required|any) )*"
        r"(permission|access|right|privilege)s?\b",
        PermissionDenied,
        _NO_ACCESS,
    ),
    Complaint(r"primary key value\(s\) .* not found|ObjectNotFound", NotFound, _MISSING),
    Complaint("already exists", Conflict, "Choose another name, or update the object that has it."),
    Complaint("are already attached", Conflict, "Leave out the custom forms the object has already."),
    Complaint(
        "does not support field",
        InvalidRequest,
        "This API version has no such field; take names from X.f or the field enum.",
    ),
    Complaint(
        r"no such field: '\*'",
        InvalidRequest,
        "Name the custom fields one by one, or load parameterValues, which holds them all.",
    ),
    Complaint(
        "does not support action",
        InvalidRequest,
        "Take actions from the object's service; its methods are what the metadata lists.",
    ),
    Complaint(
        "does not support namedQuery",
        InvalidRequest,
        "Actions are sent with PUT; take named queries from the object's service.",
    ),
    Complaint(
        "does not support argument",
        InvalidRequest,
        "Take the argument's name from the action's method on the service.",
    ),
    Complaint("unknown copy option", InvalidRequest, "Take the words for options= from the page on copying."),
    Complaint("Unsupported HTTP method", InvalidRequest, "The verbs are GET, POST, PUT and DELETE."),
    Complaint(
        "Cannot mix 'updates'",
        InvalidRequest,
        "Give all values in one place: in the JSON body, in updates, or as plain parameters.",
    ),
    Complaint("you must specify an action", InvalidRequest, "Name the action: PUT OBJ/ID/action."),
    Complaint(
        "unrecognized URI format",
        InvalidRequest,
        "A path is OBJ, OBJ/ID or OBJ/ID/action; an action needs the verb PUT.",
    ),
    Complaint(
        "not a top level object|invalid objCode: null",
        InvalidRequest,
        "Read and write this object through its parent.",
    ),
    Complaint("Unknown object type", InvalidRequest, "Take the objCode from the services of the client."),
    Complaint(
        "service endpoint type: (ADD|EDIT)",
        InvalidRequest,
        "This object cannot be written here; change it through its parent.",
    ),
    Complaint(
        "maximum allowed limit",
        InvalidRequest,
        "Ask for at most 2000 rows a page and let the pager fetch the rest.",
    ),
    Complaint("more than 100 objects", InvalidRequest, "Send at most 100 objects at once."),
    Complaint(
        "Invalid custom enum value",
        InvalidRequest,
        "Take the value from the customer's own list (CSTEM), not from its label.",
    ),
    Complaint(
        "Invalid Parameter:",
        InvalidRequest,
        "Take the value from the field's enum, or from the options of the custom field.",
    ),
    Complaint("For input string|Unparseable date|NumberFormatException", InvalidRequest, _NO_SUCH_VALUE),
    Complaint("is not a Category of the type", InvalidRequest, "Attach a custom form made for this object type."),
    Complaint("cannot be null", InvalidRequest, "Give the value the text names; the server makes none up."),
    Complaint("Invalid character in", InvalidRequest, "Leave the character out of the name."),
    Complaint(
        "cannot be deleted since",
        InvalidRequest,
        "Delete with force=True, which also removes what depends on it.",
    ),
    Complaint("cannot be assigned to Role", InvalidRequest, "Give the user this role first, or assign without it."),
    Complaint(
        r"argument type mismatch|cannot be cast to class",
        InvalidRequest,
        "Pass lists and maps as such, not as text.",
    ),
    Complaint("JSON parsing error", InvalidRequest, "Send lists and maps as JSON; keys with [] are not understood."),
    Complaint(
        "does not support|no such field",
        InvalidRequest,
        "Take names from the object's service and from X.f: they are what the metadata lists.",
    ),
    Complaint(
        "invalid objCode|service endpoint type",
        InvalidRequest,
        "Take the objCode from the services of the client.",
    ),
)
"""Every complaint we know; the first that fits counts, so that the rarer text stands before the more general one."""

_BY_STATUS: Final[dict[int, type[WorkfrontError]]] = {
    401: AuthenticationError,
    403: PermissionDenied,
    404: NotFound,
    409: Conflict,
    410: Gone,
    429: RateLimited,
}

_FIELD: Final = re.compile(
    r"does not support (?:field|argument named|action|namedQuery) (?P<a>(?:\w+:)*DE:.+?(?= \(\w+\)|$)|[\w:.$-]+)"
    r"|Invalid Parameter: (?P<b>.+?) value\b"
    r"|for field '(?P<c>[^']+)'"
    r"|Invalid character in '(?P<d>[^']+)'"
    r"|no such field: '(?P<e>[^']+)'"
    r"|(?:PropertyNotFound|Unknown field):? '?(?P<g>[\w:.]+)"
)
_OBJECT: Final = re.compile(r"does not support field .+ \((\w+)\)")
_KEY: Final = re.compile(r"(?:(?P<label>[\w ]+) with )?primary key value\(s\) \"(?P<key>.*)\" not found", re.DOTALL)
_QUOTED: Final = re.compile(r'"[^"]*"')
_NAMES: Final = re.compile(
    r"(?P<phrase>does not support (?:field|action|namedQuery|collection|argument named) |Invalid Parameter: "
    r"|Invalid custom enum value\(s\) for field |Invalid character in |no such field: (?!'\*')|unknown copy option: "
    r"|Unknown object type: |Unsupported HTTP method: |invalid objCode: (?!null)|are already attached: ).*",
    re.IGNORECASE | re.DOTALL,
)
"""Behind what, in texts on record, names stand that people gave, without quotes: of fields, forms, options."""
_BEHIND_NAMES: Final = (" is not a Category of the type: ", " cannot be assigned to Role: ")
"""What stands behind names, of forms and users, and before further ones."""
_SIGN_IN_PAGE: Final = re.compile(  # no part of unlimited length: a page of the worst kind takes no seconds
    r"<title[^>]{0,300}>[^<]{0,300}\b(?:log|sign)[ -]?(?:in|on)\b"
    r"|<input[^>]{0,500}\btype\s*=\s*[\"']?password"
    r"|name\s*=\s*[\"']?SAMLRequest"
    r"|(?:action|url|location(?:\.href)?)\s*=\s*[\"']?[^\"'\s>]{0,300}/(?:login|log-in|signin|sign-in|saml2?|sso|authorize)\b",
    re.IGNORECASE,
)
_SIGN_IN_ADDRESS: Final = re.compile(
    r"(?<!/)/(?:login|log-in|signin|sign-in|saml2?|sso|authorize)\b|adobelogin\.com", re.IGNORECASE
)


def failure(
    message: str,
    *,
    status: int,
    workfront_class: str | None = None,
    request: RedactedRequest | None = None,
) -> WorkfrontError:
    """Returns the error for an answer that reports a failure, chosen by its text first and by its status second."""
    said = f"{workfront_class or ''} {message}"
    known = complaint_of(said)
    kind, hint = (known.kind, known.hint) if known else (_by_status(status), None)
    error = kind(message, status=status, workfront_class=workfront_class, hint=hint, request=request)
    if isinstance(error, InvalidRequest):
        error.field = named_field(message)
    return error


def _by_status(status: int) -> type[WorkfrontError]:
    if status >= 500:
        return ServerError
    return _BY_STATUS.get(status, InvalidRequest)


def complaint_of(message: str) -> Complaint | None:
    """Returns the complaint a message is, ``None`` for a text we do not know.

    What stands in double quotes are values, which may hold any words, and so may names; they do not count.
    """
    said = _QUOTED.sub('""', message)
    said = next((phrase for phrase in _BEHIND_NAMES if phrase in said), None) or _NAMES.sub(r"\g<phrase>", said)
    flags = re.IGNORECASE | re.DOTALL
    return next((known for known in COMPLAINTS if re.search(known.pattern, said, flags)), None)


def named_field(message: str) -> str | None:
    """Returns the field, argument or action a message complains about, by its wire name."""
    found = _FIELD.search(message)
    return found[found.lastgroup] if found and found.lastgroup else None


def named_object(message: str) -> str | None:
    """Returns the object type, by the server's name for it, that lacks the field."""
    found = _OBJECT.search(message)
    return found[1] if found else None


def missing_key(message: str) -> tuple[str, str] | None:
    """Returns the object type, by the server's name for it, and the ID that a message says was not found."""
    found = _KEY.search(message)
    return ((found["label"] or "").strip(), found["key"]) if found else None


def quoted_value(message: str) -> str | None:
    """Returns the value a message complains about, where it quotes exactly one."""
    found = _QUOTED.findall(message)
    return found[0][1:-1] if len(found) == 1 else None


def is_sign_in_page(page: str) -> bool:
    """Returns whether a page asks who is there: a web server answers so in place of an error once the session has
    ended.
    """
    return _SIGN_IN_PAGE.search(page) is not None


def is_sign_in_address(address: str) -> bool:
    """Returns whether a redirect leads to where one signs in."""
    return _SIGN_IN_ADDRESS.search(address) is not None


def unknown_object_type(message: str) -> str | None:
    """Returns the object type a message does not know."""
    found = re.search(r"Unknown object type: ([\w-]+)", message)
    return found[1] if found else None
