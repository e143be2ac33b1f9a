"""A server under examination: it is asked by GET, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Final, Self
from urllib.parse import parse_qsl, quote

from workfront_core.errors.kinds import TransportError, WriteRefused
from workfront_core.http_library import httpx
from workfront_core.request.write_guard import decoded_path, reads_only
from workfront_testing.conformance.answer import Answer, answer_of

_WRITES: Final = frozenset({"updates", "action", "copysourceid", "username", "password", "sessionid", "apikey"})
"""Parameters that write or sign in, in lower case."""
_SESSION_PATHS: Final = frozenset({"login", "logout", "upload"})
_BARE: Final = "$:_"
_SECONDS: Final = 60.0


class Server:
    """Asks a server.

    Args:
        root: the versioned root, ``https://acme.my.workfront.com/attask/api/v22.0/``.
        headers: those that sign in.
        transport: in place of the network.
        seconds: one answer may take.
        watch: hears of each answer.
    """

    def __init__(
        self,
        root: str,
        headers: Mapping[str, str],
        transport: httpx.BaseTransport | None = None,
        seconds: float = _SECONDS,
        watch: Callable[[httpx.Response], None] | None = None,
    ) -> None:
        self.root: str = root.rstrip("/") + "/"
        self._watch = watch
        self._http = httpx.Client(
            headers={"X-Requested-With": "XMLHttpRequest", **headers},
            transport=transport,
            timeout=seconds,
            event_hooks={"request": [refuse_writes]},
        )

    @property
    def version(self) -> str:
        """The version of the API: ``v22.0``."""
        return self.root.rstrip("/").rpartition("/")[2]

    def get(self, path: str, query: str = "") -> Answer:
        """Returns the answer to a GET below the root; a path that begins with ``/`` is below the host.

        Raises:
            WriteRefused: the request would change something; it was not sent.
            TransportError: no answer came.
        """
        url = httpx.URL(self.root).join(quote(path, safe="/$"))
        try:
            response = self._http.get(f"{url}?{query}" if query else url)
        except httpx.HTTPError as error:
            raise TransportError(f"The server sent no answer: {type(error).__name__}.") from None
        if self._watch is not None:
            self._watch(response)
        return answer_of(response.status_code, response.headers.get("Content-Type", ""), response.text)

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def encoded(pairs: list[tuple[str, str]], *, blank: str = "%20", bare_keys: bool = True) -> str:
    """Returns pairs as a query, percent-encoded: docs/protocol.md 3.2.

    Args:
        pairs: decoded.
        blank: what stands for a blank.
        bare_keys: whether ``$``, ``:`` and ``_`` stand in keys as they are.
    """
    safe = _BARE if bare_keys else ""
    return "&".join(f"{quote(key, safe=safe)}={quote(value, safe='')}" for key, value in pairs).replace("%20", blank)


def refuse_writes(request: httpx.Request) -> None:
    """Lets nothing through but a GET that is one: no verb in a parameter, no values, no call of a batch that writes.

    Raises:
        WriteRefused: the request would change something.
    """
    calls = [(request.url.path, request.url.query.decode("ascii"))]
    pairs = parse_qsl(calls[0][1], keep_blank_values=True)
    calls += [_call(text) for name, text in pairs if name.lower() == "uri"]
    is_read = request.method == "GET" and reads_only(request.url.path, pairs)
    if not is_read or not all(_reads(*call, inner=place > 0) for place, call in enumerate(calls)):
        raise WriteRefused("A check would not only read; nothing was sent.")


def _call(uri: str) -> tuple[str, str]:
    path, _, query = uri.partition("?")
    return path, query


def _reads(path: str, query: str, *, inner: bool) -> bool:
    pairs = [(name.lower(), value) for name, value in parse_qsl(query, keep_blank_values=True)]
    verbs = {value.upper() for name, value in pairs if name == "method"}
    is_get = verbs == {"GET"} if inner else verbs <= {"GET"}
    segments = set(decoded_path(path).lower().split("/"))
    return is_get and not _WRITES & {name for name, _ in pairs} and not _SESSION_PATHS & segments
