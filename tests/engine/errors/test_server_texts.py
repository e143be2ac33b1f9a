"""Every text the server is on record with (docs/protocol.md 5.2) becomes the error it means, under whatever status."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import JsonValue

from tests.support.fault_host import fault_host, reply
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import Workfront
from workfront_core.auth import ApiKey
from workfront_core.errors import (
    AuthenticationError,
    Conflict,
    InvalidRequest,
    NotFound,
    PermissionDenied,
    RateLimited,
    WorkfrontError,
)
from workfront_core.errors.complaints import COMPLAINTS, complaint_of, failure
from workfront_core.operations import operation
from workfront_core.transport.retry import Retry

PROTOCOL: Final = (Path(__file__).parents[3] / "docs" / "protocol.md").read_text(encoding="utf-8")
ONCE: Final = Retry(max_retries=0)
ID: Final = "5e85e3f10000b99e8cef10af4e5c6c7b"

TEXTS: Final[list[tuple[str, type[WorkfrontError], str | None]]] = [
    ("You are not currently logged in.", AuthenticationError, None),
    ("Invalid session ID.", AuthenticationError, None),
    ("Invalid sessionID", AuthenticationError, None),
    ("AuthenticationException: {0}", AuthenticationError, None),
    ("Username or password is incorrect.", AuthenticationError, None),
    (
        "That username/password combination wasn't quite right.  Make sure your caps lock isn't on and try again.",
        AuthenticationError,
        None,
    ),
    ("Untrusted request", AuthenticationError, None),
    ("429 Too many concurrent API requests", RateLimited, None),
    ("Too many concurrent API requests for this customer", RateLimited, None),
    ("You do not have sufficient access to edit this issue.", PermissionDenied, None),
    ("You do not have permission to delete this task", PermissionDenied, None),
    ("You don't have the necessary access rights", PermissionDenied, None),
    ("User is not authorized to view this object", PermissionDenied, None),
    ("Insufficient permissions", PermissionDenied, None),
    ("Access denied", PermissionDenied, None),
    (f'Task with primary key value(s) "{ID}" not found', NotFound, None),
    ('Task with name "Brief" already exists.', Conflict, "name"),
    ("Categories with the following IDs are already attached: 5e", Conflict, None),
    ("APIModel V17_0 does not support field nmae (Task)", InvalidRequest, "nmae"),
    ("APIModel INTERNAL does not support field nmae (Task)", InvalidRequest, "nmae"),
    ("APIModel V17_0 does not support field DE:State Filing Code (Task)", InvalidRequest, "DE:State Filing Code"),
    (
        "APIModel V17_0 does not support action getAttachableCategories (OPTASK)",
        InvalidRequest,
        "getAttachableCategories",
    ),
    ("APIModel V17_0 does not support namedQuery move (CTGY)", InvalidRequest, "move"),
    ("action move does not support argument named IDs", InvalidRequest, "IDs"),
    ("argument type mismatch", InvalidRequest, None),
    ("class java.lang.String cannot be cast to class java.util.Map", InvalidRequest, None),
    ("you must specify an action", InvalidRequest, None),
    ("unrecognized URI format: too many parts", InvalidRequest, None),
    ("NONWKD is not a top level object and can't be requested directly in internal", InvalidRequest, None),
    ("invalid objCode: null", InvalidRequest, None),
    ("invalid objCode: XYZ", InvalidRequest, None),
    ("APIModel V17_0 does not support collection x (TASK)", InvalidRequest, None),
    ("unable to find method for service endpoint type: DELETE", InvalidRequest, None),
    ("unable to find method for service endpoint type: ADD", InvalidRequest, None),
    ("unable to find method for service endpoint type: EDIT", InvalidRequest, None),
    ("The requested limit 2001 is greater than the maximum allowed limit of 2000", InvalidRequest, None),
    ("Can not add more than 100 objects at once.", InvalidRequest, None),
    ('Invalid Parameter: percentComplete value "12"', InvalidRequest, "percentComplete"),
    ('Invalid Parameter: Market value "Atlantis"', InvalidRequest, "DE:Market"),
    ("Invalid custom enum value(s) for field 'Status': ['APV']", InvalidRequest, "Status"),
    ("no such field: '*'", InvalidRequest, "*"),
    ("Invalid character in 'name' : '('", InvalidRequest, "name"),
    (
        "This Template Task cannot be deleted since it is referenced by other objects. Please use force delete.",
        InvalidRequest,
        None,
    ),
    ("Ana Lopes cannot be assigned to Role: Designer", InvalidRequest, None),
    ("Unknown object type: GIZ", InvalidRequest, None),
    ("Unsupported HTTP method: COPY", InvalidRequest, None),
    (
        "Cannot mix 'updates' JSON parameter with non-JSON update parameter 'name'",
        InvalidRequest,
        None,
    ),
    ("JSON parsing error", InvalidRequest, None),
    ("unknown copy option: clearAll", InvalidRequest, None),
    ("Category: Brief is not a Category of the type: TASK", InvalidRequest, None),
    ("objCode cannot be null", InvalidRequest, None),
    ('For input string: "half"', InvalidRequest, "percentComplete"),
    ('Unparseable date: "tomorrow"', InvalidRequest, "plannedCompletionDate"),
]
"""Text, the class it becomes, and the wire name of the field at fault where the text or the request tells it."""

WRITTEN: Final[dict[str, JsonValue]] = {
    "name": "Brief",
    "percentComplete": "half",
    "plannedCompletionDate": "tomorrow",
    "DE:Market": "Atlantis",
}
FORMS: Final = ("message", "inner error", "text")


def body(text: str, form: str = "message") -> Any:
    """Returns an error body in one of the three forms on record."""
    return {"error": {"message": {"message": text, "code": 0}, "inner error": {"error": text}, "text": text}[form]}


def told(answer: object, *statuses: int) -> list[WorkfrontError]:
    """Returns the errors a write of ``WRITTEN`` ends with, where the answer comes under these statuses."""
    errors: list[WorkfrontError] = []
    with (
        fault_host(lambda _, number: reply(answer, statuses[number])) as host,
        Workfront(host.url, auth=ApiKey("key-of-ana"), retry=ONCE) as wf,
    ):
        for _ in statuses:
            with pytest.raises(WorkfrontError) as raised:
                wf.request("PUT", f"TASK/{ID}", json=WRITTEN)
            errors.append(raised.value)
    return errors


@pytest.mark.parametrize(("text", "kind", "field"), TEXTS)
def test_a_text_on_record_becomes_its_error_whatever_the_status(
    text: str, kind: type[WorkfrontError], field: str | None
) -> None:
    for error in told(body(text), 200, 400, 404, 409, 422, 500):
        assert type(error) is kind
        assert error.hint
        assert getattr(error, "field", None) == field


NAMES: Final = (
    "Access denied reason", "No access", "Not authorized by", "Insufficient rights", "Session expired on",
    "Too many requests", "Password wrong", "Untrusted request", "already exists", "cannot be null", "ObjectNotFound",
    "SecurityException", "are already attached", "does not support field x", "For input string", "Unknown object type",
)  # fmt: skip
"""What people may call a field, a form, an option or a user."""
WITH_NAMES: Final[dict[str, tuple[type[WorkfrontError], str | None]]] = {
    "APIModel V22_0 does not support field DE:{} (Task)": (InvalidRequest, "DE:{}"),
    "APIModel V22_0 does not support field project:DE:{} (Task)": (InvalidRequest, "project:DE:{}"),
    'Invalid Parameter: {} value "x"': (InvalidRequest, "{}"),
    "Invalid custom enum value(s) for field '{}': ['APV']": (InvalidRequest, "{}"),
    "Invalid custom enum value(s) for field 'Status': ['{}']": (InvalidRequest, "Status"),
    "Invalid character in '{}' : '('": (InvalidRequest, "{}"),
    "no such field: '{}'": (InvalidRequest, "{}"),
    "unknown copy option: {}": (InvalidRequest, None),
    "Unknown object type: {}": (InvalidRequest, None),
    "Unsupported HTTP method: {}": (InvalidRequest, None),
    "invalid objCode: {}": (InvalidRequest, None),
    "Category: {} is not a Category of the type: TASK": (InvalidRequest, None),
    "{} cannot be assigned to Role: Designer": (InvalidRequest, None),
    "Ana Lopes cannot be assigned to Role: {}": (InvalidRequest, None),
    "Categories with the following IDs are already attached: {}": (Conflict, None),
    'Task with name "{}" already exists.': (Conflict, None),
    'Parameter with primary key value(s) "{}" not found': (NotFound, None),
    'For input string: "{}"': (InvalidRequest, None),
    'You do not have sufficient access to edit "{}".': (PermissionDenied, None),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", WITH_NAMES)
def test_a_name_in_a_text_decides_nothing(text: str, name: str) -> None:
    """A form called "Access denied" made a refused value a matter of permissions, "Too many requests" one to repeat."""
    kind, field = WITH_NAMES[text]
    for status in (400, 422, 500):
        error = failure(text.format(name), status=status)
        assert type(error) is kind
        assert error.hint == failure(text.format("Region"), status=status).hint
        if field is not None:
            assert getattr(error, "field", None) == field.format(name)


@pytest.mark.parametrize(("text", "kind"), [row[:2] for row in TEXTS])
def test_a_text_on_record_becomes_the_same_error_in_a_batch(text: str, kind: type[WorkfrontError]) -> None:
    calls = [operation.update(Task, ID, {}, custom={"x": 1}), operation.count(Task)]
    answer = {"data": [body(text), {"data": {"count": 3}}]}
    with fault_host(lambda *_: reply(answer)) as host, Workfront(host.url, auth=ApiKey("key-of-ana")) as wf:
        error, count = wf.send_batch(tuple(calls))
    assert type(error) is kind
    assert isinstance(error, WorkfrontError)
    assert error.hint
    assert count == 3


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("text", "kind"), [row[:2] for row in TEXTS[:8]])
def test_every_form_of_an_error_body_is_read(form: str, text: str, kind: type[WorkfrontError]) -> None:
    assert [type(error) for error in told(body(text, form), 200)] == [kind]


def test_every_row_of_the_table_of_complaints_is_met_by_a_text() -> None:
    met = {complaint_of(text) for text, _, _ in TEXTS}
    assert [known.pattern for known in COMPLAINTS if known not in met] == []


@pytest.mark.parametrize("word", ["Too many concurrent requests", "AccessDenied", "Invalid session ID", "x"])
def test_a_value_within_a_text_does_not_decide_what_the_text_means(word: str) -> None:
    assert [type(error) for error in told(body(f'Parameter with name "{word}" already exists.'), 422)] == [Conflict]


def test_a_class_the_server_names_counts_as_text() -> None:
    answer = {"error": {"message": "no", "class": "com.attask.common.ObjectNotFoundException"}}
    assert [type(error) for error in told(answer, 422)] == [NotFound]


def test_the_table_is_the_one_of_the_protocol() -> None:
    """Each text of docs/protocol.md 5.2 stands in the table here, its placeholders filled in or not."""
    section = PROTOCOL.partition('<a id="5.2">')[2].partition("### ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ") and line.count("|") == 3]
    assert len(rows) >= 22
    unknown = [row for row in rows if "`" in row and complaint_of(row.replace("` `", " ").replace("`", "")) is None]
    assert unknown == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("word", ["m", "password ", "primary key value(s) with "])
def test_of_a_text_of_a_megabyte_the_beginning_is_read_and_shown(word: str, form: str) -> None:
    (error,) = told(body(word * (900_000 // len(word)), form), 422)
    assert len(str(error)) < 5_000
    assert "more characters)" in str(error)


def test_a_class_of_a_megabyte_is_shown_by_its_beginning() -> None:
    (error,) = told({"error": {"message": "no", "class": "x" * 900_000}}, 422)
    assert len(str(error)) < 5_000
