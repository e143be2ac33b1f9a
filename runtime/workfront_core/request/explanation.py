"""What a request looks like on the wire, for people to read: nothing is sent, and no secret is shown."""

from __future__ import annotations

import json
from dataclasses import dataclass

from workfront_core.errors.redaction import redact_json, redact_request
from workfront_core.request.address import UNKNOWN_ROOT
from workfront_core.request.encoding import FORM, Call, Params, query_text


@dataclass(frozen=True)
class Explanation:
    """A call as it travels; its text is made for reading. Credentials are in headers, which are left out.

    Attributes:
        method: HTTP verb; a GET too long for a URL travels as POST.
        address: scheme, host and path.
        parameters: names and values before encoding, in the order of sending; secret values are ``***``.
        is_form: whether the parameters travel in the body instead of the URL.
        body: the JSON body without secrets, or what else the body is; ``None`` for none.

    Examples:
        >>> from workfront_client.v22 import Task, Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     explanation = wf.task.search(Task.f.percent_complete < 100, fields=[Task.f.name]).explain()
        >>> explanation.method, explanation.encoded
        ('GET', 'percentComplete=100&percentComplete_Mod=lt&fields=name&ID_Sort=asc&$$FIRST=0&$$LIMIT=200')
    """

    method: str
    address: str
    parameters: Params = ()
    is_form: bool = False
    body: str | None = None

    @property
    def encoded(self) -> str:
        """The parameters percent-encoded, as they stand behind ``?`` or in the body."""
        return query_text(self.parameters)

    @property
    def url(self) -> str:
        """The whole URL."""
        return f"{self.address}?{self.encoded}" if self.parameters and not self.is_form else self.address

    def __str__(self) -> str:
        parts = [f"{self.method} {self.address}"]
        if self.parameters:
            lines = "".join(f"\n  {name} = {value}" for name, value in self.parameters)
            encoded = self.encoded.replace("&", "\n  &")
            parts += [f"Parameters:{lines}", f"{'Form body' if self.is_form else 'Query string'}:\n  {encoded}"]
        if self.body is not None:
            parts.append("Body:\n  " + self.body.replace("\n", "\n  "))
        return "\n".join(parts)


def explanation(call: Call) -> Explanation:
    """Returns what a call looks like, for people to read."""
    is_form = call.content_type == FORM
    shown = redact_request(call.method, call.url, call.params, None).params
    return Explanation(call.method, call.url.partition("?")[0], shown, is_form, None if is_form else _body(call))


def _body(call: Call) -> str | None:
    if call.file_name is not None:
        return f"multipart/form-data with the file {call.file_name!r}"
    if call.content is None:
        return None
    return json.dumps(redact_json(json.loads(call.content)), indent=2, ensure_ascii=False)


def root_of(client: object) -> str:
    """Returns the API root of a client; a stand-in for what sends requests without being one."""
    root: object = getattr(client, "root", None)
    return root if isinstance(root, str) else UNKNOWN_ROOT
