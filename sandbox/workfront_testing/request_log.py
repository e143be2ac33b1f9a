"""What a sandbox was asked, and assertions about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from workfront_core.arguments import checked_choice, checked_text, checked_whole, optional_map
from workfront_core.errors.redaction import API_PATH, redact_json, redact_parameter, redact_path
from workfront_sandbox import Exchange, Sandbox
from workfront_sandbox.wire.errors import ApiError
from workfront_sandbox.wire.exchange import ExchangeLog
from workfront_sandbox.wire.parameters import Parameters, method_of, read_parameters
from workfront_testing.called_path import asked_path, called_path

_SHOWN: Final = 15
_VERBS: Final = ("GET", "POST", "PUT", "DELETE")
_NOT_SHOWN: Final = frozenset({"method", "updates"})


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as the service understands it. What it shows of itself holds no secret.

    Attributes:
        method: the verb that counts: a search tunnelled through POST is a GET.
        path: what follows the version, the object by its objCode: ``TASK/search``; other paths are whole.
        parameters: values by name, of query and form.
        json: the JSON of the body or of ``updates``.
        headers: by lower-case name.
        status: of the answer.
        at: when, by the sandbox's clock.
    """

    method: str
    path: str
    parameters: Mapping[str, Sequence[str]] = field(repr=False)
    json: Any = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    status: int
    at: datetime

    def __str__(self) -> str:
        pairs = [(key, value) for key, values in self.parameters.items() for value in values]
        signs_in = self.path.startswith("/") and not self.path.startswith(API_PATH)
        shown = [
            f"{key}={redact_parameter(key, value, signs_in=signs_in)}" for key, value in pairs if key not in _NOT_SHOWN
        ]
        asked = "&".join(shown)
        body = f" {redact_json(self.json)}" if self.json is not None else ""
        return f"{self.method} {redact_path(self.path)}{'?' if asked else ''}{asked}{body} -> {self.status}"

    __repr__ = __str__


class RequestLog:
    """The requests a sandbox answered, oldest first; it remembers the last thousand, and 64 MB of them at most.

    What counts requests or says that there was none is an error once some are forgotten; `clear` begins anew.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def __repr__(self) -> str:
        return f"<RequestLog of {len(self)} requests>"

    @property
    def sent(self) -> list[Sent]:
        """All requests."""
        return [self._read(exchange) for exchange in self._exchanges()]

    def __len__(self) -> int:
        return len(self._exchanges())

    def clear(self) -> None:
        """Forgets what was sent so far."""
        self._exchanges().clear()

    def found(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, object] | None = None,
        *,
        json: Any = None,
        status: int | None = None,
    ) -> list[Sent]:
        """Returns the requests that fit; see `assert_sent`."""
        verb = checked_choice(checked_text(method, "method").upper(), "method", _VERBS)
        checked_text(path, "path")
        named = optional_map(parameters, "parameters")
        if status is not None:
            checked_whole(status, "status=")
        wanted = (verb, asked_path(self._sandbox, path))
        return [
            item
            for item in self.sent
            if (item.method, item.path) == wanted
            and all(_fits(item.parameters.get(name, ()), value) for name, value in named.items())
            and (json is None or _holds(item.json, json))
            and (status is None or item.status == status)
        ]

    def assert_sent(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, object] | None = None,
        *,
        json: Any = None,
        status: int | None = None,
        times: int | None = None,
    ) -> Sent:
        """Returns the last request that fits.

        Args:
            method: the verb that counts.
            path: what follows the version; objects by objCode, name or alias: ``TASK/search``, ``task/search``.
            parameters: names and values it must have, besides others; a list for a repeated parameter.
            json: what the JSON of the body must have: an object may have more members.
            status: of the answer.
            times: how many requests must fit; by default at least one.

        Raises:
            AssertionError: there is none, or another number of them; the message lists what was sent.
        """
        if times is not None:
            checked_whole(times, "times=", least=0)
            self._check_whole()
        found = self.found(method, path, parameters, json=json, status=status)
        if len(found) != times if times is not None else not found:
            values = redact_json({key: str(value) for key, value in (parameters or {}).items()})
            asked = f"{method} {path} {values}" + (f" {redact_json(json)}" if json is not None else "")
            number = "at least one" if times is None else str(times)
            raise AssertionError(f"Wanted {number} of {asked}, found {len(found)}. {self._listed()}")
        return found[-1] if found else _NOTHING

    def assert_not_sent(self, method: str, path: str, parameters: Mapping[str, object] | None = None) -> None:
        """Raises AssertionError where a request fits."""
        self.assert_sent(method, path, parameters, times=0)

    def assert_count(self, number: int) -> None:
        """Raises AssertionError where another number of requests was sent in all."""
        checked_whole(number, "assert_count()", least=0)
        self._check_whole()
        if len(self) != number:
            raise AssertionError(f"Wanted {number} requests, found {len(self)}. {self._listed()}")

    def _check_whole(self) -> None:
        """Raises AssertionError where requests were forgotten, so that nobody can say how many there were."""
        if forgotten := self._exchanges().forgotten:
            raise AssertionError(
                f"The log remembers the last {len(self):,} requests, and {forgotten:,} were sent before them: "
                "call log.clear() before what you count"
            )

    def _exchanges(self) -> ExchangeLog:
        return self._sandbox.log

    def _listed(self) -> str:
        lines = [f"  {item}"[:400] for item in self.sent[-_SHOWN:]]
        return "\n".join(["Sent:", *lines]) if lines else "Nothing was sent."

    def _read(self, exchange: Exchange) -> Sent:
        request = exchange.request
        try:
            parameters = read_parameters(request.query, request.headers.get("content-type", ""), request.body)
            method = method_of(request.method, parameters)
        except ApiError:
            parameters, method = Parameters(), request.method
        path = called_path(self._sandbox, request.path)
        named = {key: tuple(parameters.all(key)) for key in dict.fromkeys(key for key, _ in parameters.pairs)}
        status = exchange.response.status
        return Sent(method, path, named, parameters.document, request.headers, status, exchange.at)


_NOTHING: Final = Sent("", "", {}, None, {}, 0, datetime.min)  # noqa: DTZ901


def _fits(found: Sequence[str], wanted: object) -> bool:
    if isinstance(wanted, list | tuple):
        return list(found) == [str(item) for item in wanted]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    text = str(wanted).lower() if isinstance(wanted, bool) else str(wanted)
    return text in found


def _holds(found: Any, wanted: Any) -> bool:
    """Returns whether an object has at least the wanted members; anything else must be equal."""
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        return all(key in found and _holds(found[key], value) for key, value in wanted.items())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return bool(found == wanted)
