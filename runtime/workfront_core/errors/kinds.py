"""The errors a caller can meet, one class a kind of remedy.

The kind is read from the body first and from the HTTP status second: the server reports one and the same failure under
several statuses, ``200`` included. Every error can be pickled and shows no secret.
"""

from __future__ import annotations

from collections.abc import Iterable

from workfront_core.errors.printable import printable
from workfront_core.errors.redaction import RedactedRequest, redact_text


class WorkfrontError(Exception):
    """Base of everything this package raises on purpose.

    Attributes:
        message: what went wrong, in the server's words where the server spoke.
        status: HTTP status, ``None`` where no answer came.
        workfront_class: the server's exception class, where it named one.
        hint: what to do about it, where we know.
        request: the request, without its secrets.
        call_id: names this call in errors and in the log; made here, not sent.
        retry_after: seconds the server asked to wait, where it did.

    Examples:
        >>> from workfront_client import WorkfrontError
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     try:
        ...         wf.task.get("5d800000000000000000000000000001")
        ...     except WorkfrontError as error:
        ...         print(type(error).__name__, error.status)
        NotFound 404
    """

    call_id: str | None = None
    retry_after: float | None = None

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        workfront_class: str | None = None,
        hint: str | None = None,
        request: RedactedRequest | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.workfront_class = workfront_class
        self.hint = hint
        self.request = request

    def __str__(self) -> str:
        response = " ".join(str(part) for part in (self.status, self.workfront_class) if part)
        lines = [f"{self.message} [{response}]" if response else self.message]
        lines += [f"Hint: {self.hint}"] if self.hint else []
        lines += [f"Request: {self.request}"] if self.request else []
        lines += [f"Call: {self.call_id}"] if self.call_id else []
        return printable("\n".join(lines))


class QueryError(WorkfrontError):
    """The call makes no sense to the API; noticed here, nothing was sent.

    Examples:
        >>> from workfront_client import QueryError, days
        >>> try:
        ...     days("7")
        ... except QueryError as error:
        ...     print(error)
        days() takes a whole number, not str '7'.
    """


class NotSupported(QueryError, TypeError):
    """A value was used with an operator of Python that it does not have, such as ``len()`` of a search.

    A TypeError as well, which is what Python itself looks for before it tries another way.
    """


class UnfitValue(QueryError, ValueError):
    """A value that cannot be read as what it should be.

    A ValueError as well, which is what Python's own readers raise.
    """


class Uninitialised(QueryError, AttributeError):
    """An object of a program's own class lacks what the ``__init__`` of its base sets.

    An AttributeError as well, so that ``hasattr`` answers.
    """


class WriteRefused(QueryError):
    """The client was told not to change anything here; nothing was sent.

    Examples:
        >>> from workfront_client import WriteRefused
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront, allow_writes=False) as wf:
        ...     try:
        ...         wf.task.create(name="Brief")
        ...     except WriteRefused as error:
        ...         print(error.message)
        This client must not change anything anywhere; nothing was sent.
    """


class FileError(WorkfrontError, OSError):
    """A file of this machine cannot be read or written: it is not there, is a folder, belongs to somebody else.

    An OSError as well, with its ``errno`` and ``filename``.

    Examples:
        >>> from workfront_client import FileError
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     try:
        ...         wf.upload("no such plan.pdf")
        ...     except FileError as error:
        ...         print(error.message)
        no such plan.pdf cannot be read: No such file or directory.
    """


class TransportError(WorkfrontError):
    """No complete answer came: name, connection, TLS, timeout, connection lost.

    Attributes:
        sent: whether the request may have reached the server, and so a write may have happened.

    Examples:
        >>> from workfront_client import ApiKey, Retry, TransportError
        >>> from workfront_client.v22 import Workfront
        >>> with Workfront("http://127.0.0.1:9", auth=ApiKey("k3y"), retry=Retry(max_retries=0)) as wf:
        ...     try:
        ...         wf.task.count()
        ...     except TransportError as error:
        ...         print(error.sent)
        False
    """

    sent: bool = True


class Unreachable(TransportError):
    """The address leads nowhere: an unknown host name, a certificate that is not trusted. Waiting does not help.

    Examples:
        >>> from workfront_client import TransportError, Unreachable
        >>> error = Unreachable("acme.my.workfront.con is not a known host")
        >>> isinstance(error, TransportError), error.sent
        (True, False)
    """

    sent = False


class DeadlineExceeded(TransportError):
    """The time for the call is used up.

    Examples:
        >>> from socket import create_server
        >>> from workfront_client import ApiKey, DeadlineExceeded, Retry
        >>> from workfront_client.v22 import Workfront
        >>> with create_server(("127.0.0.1", 0)) as silent:
        ...     url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        ...     with Workfront(url, auth=ApiKey("k3y"), retry=Retry(total_timeout=0.1)) as wf:
        ...         try:
        ...             wf.task.count()
        ...         except DeadlineExceeded as error:
        ...             print(error.message)
        The time for the call is used up; with_options(total_timeout=...) allows more.
    """


class ProtocolError(WorkfrontError):
    """An answer came that is not the API speaking: HTML, cut-off JSON, a redirect, a body of another shape.

    Examples:
        >>> from workfront_client import ProtocolError
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import RecordedFault, in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     kit.fail_next(RecordedFault(200, "<html>Sign in</html>"))
        ...     try:
        ...         wf.task.count()
        ...     except ProtocolError as error:
        ...         print(error.message)
        The answer is HTML: '<html>Sign in</html>'
    """


class Truncated(ProtocolError):
    """An answer that stops before its end. A write may have happened.

    Examples:
        >>> from workfront_client import Truncated
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     kit.fail_next("truncated")
        ...     try:
        ...         wf.task.create(name="Brief")
        ...     except Truncated as error:
        ...         print(error.message)
        The answer is not complete JSON (Expecting value: line 1 column 10 (char 9)): '{"data":['
    """


class AuthenticationError(WorkfrontError):
    """The credential is missing, wrong or expired.

    Examples:
        >>> from workfront_client import AuthenticationError
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import RecordedFault, in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     kit.fail_next(RecordedFault(401, '{"error": {"message": "You are not currently logged in"}}'))
        ...     try:
        ...         wf.task.count()
        ...     except AuthenticationError as error:
        ...         print(error.message)
        You are not currently logged in
    """


class PermissionDenied(WorkfrontError):
    """Signed in, but not allowed to do this.

    Examples:
        >>> from workfront_client import PermissionDenied
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import RecordedFault, in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     kit.fail_next(RecordedFault(403, '{"error": {"message": "You do not have permission"}}'))
        ...     try:
        ...         wf.task.count()
        ...     except PermissionDenied as error:
        ...         print(error.message)
        You do not have permission
    """


class NotFound(WorkfrontError):
    """No such object, or none this user may see.

    Examples:
        >>> from workfront_client import NotFound
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     try:
        ...         wf.task.get("5d800000000000000000000000000001")
        ...     except NotFound as error:
        ...         print(error.status)
        404
    """


class Gone(WorkfrontError):
    """The operation no longer exists in this API version.

    Examples:
        >>> from workfront_client import Gone
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import RecordedFault, in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     kit.fail_next(RecordedFault(410, '{"error": {"message": "The endpoint is gone"}}'))
        ...     try:
        ...         wf.task.count()
        ...     except Gone as error:
        ...         print(error.message)
        The endpoint is gone
    """


class InvalidRequest(WorkfrontError):
    """The server understood the request and refuses it: unknown field, wrong argument, business rule.

    Attributes:
        field: the wire name the server complains about, where it names one.
        suggestions: names that exist and look like it.

    Examples:
        >>> from workfront_client import InvalidRequest, raw_field
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     try:
        ...         wf.task.search(fields=[raw_field("nmae")]).to_list()
        ...     except InvalidRequest as error:
        ...         print(error.field, error.suggestions)
        nmae ('name',)
    """

    field: str | None = None
    suggestions: tuple[str, ...] = ()


class Conflict(InvalidRequest):
    """The object, name or attachment is there already.

    Examples:
        >>> from workfront_client import Conflict
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import RecordedFault, in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     kit.fail_next(RecordedFault(422, '{"error": {"message": "Task already exists"}}'))
        ...     try:
        ...         wf.task.create(name="Brief")
        ...     except Conflict as error:
        ...         print(error.message)
        Task already exists
    """


class RateLimited(WorkfrontError):
    """Too many requests at once for this customer; nothing was done.

    Examples:
        >>> from workfront_client import RateLimited, Retry
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront, retry=Retry(max_retries=0)) as wf:
        ...     kit.fail_next("429")
        ...     try:
        ...         wf.task.count()
        ...     except RateLimited as error:
        ...         print(error.status)
        429
    """


class ServerError(WorkfrontError):
    """The server failed. A write may or may not have happened.

    Examples:
        >>> from workfront_client import ServerError
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     kit.fail_next("500")
        ...     try:
        ...         wf.task.create(name="Brief")  # a POST is not repeated: it may have happened
        ...     except ServerError as error:
        ...         print(error.status)
        500
    """


def discard_error(error: WorkfrontError, secrets: Iterable[str]) -> None:
    """Empties an error that goes nowhere, since what watches a program for errors may keep it."""
    redact_error(error, secrets)
    error.__traceback__ = error.__cause__ = error.__context__ = None


def redact_error(error: WorkfrontError, secrets: Iterable[str]) -> WorkfrontError:
    """Returns the error itself, without secrets the other side may have echoed."""
    error.message = redact_text(error.message, secrets)
    error.args = (error.message,)
    return error
