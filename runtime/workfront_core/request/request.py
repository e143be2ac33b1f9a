"""A call as a value: everything to send, and how to read what comes back. No network here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar
from urllib.parse import parse_qsl

from workfront_core.arguments import described
from workfront_core.errors.frames import hiding_arguments
from workfront_core.errors.kinds import QueryError
from workfront_core.errors.redaction import RedactedRequest, redact_request, secrets_sent
from workfront_core.request.address import UNKNOWN_ROOT
from workfront_core.request.encoding import Call, Method, Params, Tunnel, encode

if TYPE_CHECKING:
    from workfront_core.json_type import JsonValue
    from workfront_core.request.download import Destination
    from workfront_core.request.explanation import Explanation
    from workfront_core.request.upload import Upload

T_co = TypeVar("T_co", covariant=True)


class Decoder(Protocol[T_co]):
    """Reads the unwrapped answer of a call. ``strict`` makes a value of an unexpected type an error."""

    def __call__(self, data: object, /, *, strict: bool = False) -> T_co: ...


@dataclass(frozen=True, repr=False)
class Request(Generic[T_co]):
    """One call to the API.

    Attributes:
        method: HTTP verb.
        path: below the versioned API root, without a leading slash: ``TASK/search``; with one, from the host on; of a
            download, the address of the file as the server gave it.
        parse: turns the unwrapped ``data`` of the answer into the result.
        params: decoded names and values in sending order; a name may repeat.
        json: body, ``None`` for none.
        reads: whether the call changes nothing, and so may be sent again.
        upload: file to send as the body.
        saves: file the answer is written to, instead of being read into memory.
        form: whether the parameters travel as a form in the body, whatever their length.
        tunnel: the one verb it may travel by, ``None`` for its own.
        may_be_empty: whether an answer without a body is one; ``parse`` is given its header ``Location``, or ``None``.

    Examples:
        >>> from workfront_client.v22 import Task
        >>> from workfront_core.operations import operation
        >>> request = operation.get(Task, "5d800000000000000000000000000001", fields=["name"])
        >>> request.method, request.path, request.params
        ('GET', 'TASK/5d800000000000000000000000000001', (('fields', 'name'),))
    """

    method: Method
    path: str
    parse: Decoder[T_co]
    params: Params = ()
    json: JsonValue = None
    reads: bool = False
    upload: Upload | None = None
    saves: Destination | None = None
    form: bool = False
    tunnel: Tunnel | None = None
    may_be_empty: bool = False

    @property
    def repeatable(self) -> bool:
        """Whether it can be sent a second time at all; a body that comes out of a pipe cannot."""
        return self.upload is None or self.upload.repeatable

    @property
    def has_files(self) -> bool:
        """Whether a file is read or written while it is on its way."""
        return self.upload is not None or self.saves is not None

    def redact_secrets(self) -> RedactedRequest:
        """Returns this request without secrets, for errors and logs."""
        path = self.path if self.saves is None else self.path.partition("?")[0]  # the query may be a signature
        body: JsonValue = self.json if self.upload is None else {self.upload.part_name: self.upload.name}
        return redact_request(self.method, path, self.params, body)

    def secrets(self) -> set[str]:
        """Returns the passwords, keys and tokens that this call itself sends, beside the credential."""
        query = self.path.partition("?")[2] if self.saves is not None else ""
        return secrets_sent((*self.params, *parse_qsl(query)), self.json)

    @hiding_arguments
    def call(self, root: str) -> Call:
        """Returns what goes to the HTTP client.

        Args:
            root: the versioned API root with a slash at the end; its length counts for the limit of URLs.
        """
        if self.saves is not None:
            from workfront_core.request.download import file_address

            url, trusted = file_address(root, self.path)
            return Call(self.method, url, accept="*/*", trusted=trusted)
        name = None if self.upload is None else self.upload.name
        return encode(
            self.method,
            f"{root.partition('/attask/')[0]}{self.path}" if self.path.startswith("/") else f"{root}{self.path}",
            self.params,
            self.json,
            form=self.form,
            file_name=name,
            tunnel=self.tunnel,
        )

    def explain(self, root: str = UNKNOWN_ROOT) -> Explanation:
        """Returns the exact call for reading, without secrets: ``print(request.explain())``. Nothing is sent.

        The address stands for that of a client; ``client.explain(request)`` shows the real one.
        """
        from workfront_core.request.explanation import explanation

        return explanation(self.call(root))

    def __repr__(self) -> str:
        shown = self.redact_secrets()
        return f"<Request {shown}{' ' if shown.body else ''}{shown.body}>"


def checked_request(request: object, /) -> None:
    """Raises a QueryError unless this is a request."""
    if not isinstance(request, Request):
        raise QueryError(
            f"A request is sent, not {described(request)}.",
            hint="Write request_of(wf.task.get, task_id).",
        )
