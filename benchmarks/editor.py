"""How soon an editor completes: the language server on this package and on httpx, in turns."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from benchmarks.language_server import LanguageServer, language_server

_OURS = """from workfront_client.v22 import Task, Workfront
wf = Workfront("https://acme.my.workfront.com", auth=None)
"""
_HTTPX = """import httpx
client = httpx.Client()
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a program is completed, and a member that has to be offered there."""

    who: str
    start: str
    line: str
    member: str

    def seconds(self, server: LanguageServer) -> float:
        """The time from the last key to the list."""
        begin = time.perf_counter()
        offered = server.complete(self.start + self.line)
        seconds = time.perf_counter() - begin
        if self.member not in offered:
            raise RuntimeError(f"{self.line}: {self.member} is not among the {len(offered)} names offered")
        return seconds


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds until a list is there, and until that of ``client.`` is, a server for each, in turns."""

    here: float
    httpx: float

    @property
    def ratio(self) -> float:
        """How much longer it takes than the peer."""
        return self.here / self.httpx


FIRST = Place("workfront_client.v22", _OURS, "wf.", "task")
FIRST_OF_HTTPX = Place("httpx", _HTTPX, "client.", "get")
LATER = (
    FIRST,
    Place("workfront_client.v22", _OURS, "wf.task.", "search"),
    Place("workfront_client.v22", _OURS, "Task.f.", "planned_completion_date"),
    Place("workfront_client.v22", _OURS, 'row = wf.task.get("1")\nrow.', "planned_completion_date"),
    Place("httpx", _HTTPX, 'response = client.get("/")\nresponse.', "headers"),
)


def first(rounds: int = 5) -> tuple[float, float]:
    """The quickest first list of ``wf.`` and of ``client.``, in seconds; each round starts a server for either."""
    times = [(_first(FIRST), _first(FIRST_OF_HTTPX)) for _ in range(rounds)]
    return min(ours for ours, _ in times), min(theirs for _, theirs in times)


def later(rounds: int = 9) -> list[tuple[Place, Times]]:
    """The median times of each place when servers have completed there before, and of ``client.`` in turns with it."""
    return [(place, _later(place, rounds)) for place in LATER]


def _first(place: Place) -> float:
    with language_server() as server:
        return place.seconds(server)


def _later(place: Place, rounds: int) -> Times:
    with language_server() as server, language_server() as peer:
        both = [(_after_a_key(place, server), _after_a_key(FIRST_OF_HTTPX, peer)) for _ in range(rounds + 1)][1:]
    return Times(statistics.median(here for here, _ in both), statistics.median(there for _, there in both))


def _after_a_key(place: Place, server: LanguageServer) -> float:
    server.show(place.start + place.line.removesuffix("."))
    return place.seconds(server)


def table() -> str:
    """The section of the report."""
    ours, theirs = first()
    lines = [
        "| The language server lists | Who | ms | Budget |",
        "|---|---|---|---|",
        f"| first: `client.` of `httpx.Client()` | httpx | {theirs * 1000:.0f} | |",
        f"| first: `wf.` | workfront_client.v22 | {ours * 1000:.0f}, {ours / theirs:.2f} x httpx | 1.5 x |",
    ]
    for place, times in later():
        shown = f"{times.here * 1000:.0f}, {times.ratio:.2f} x `client.` ({times.httpx * 1000:.0f})"
        budget = "" if place.who == "httpx" else "2 x"
        lines.append(f"| later: `{place.line.splitlines()[-1]}` | {place.who} | {shown} | {budget} |")
    return "\n".join(lines)
