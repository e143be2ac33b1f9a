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
_FIELDS = 216
_PYDANTIC = f"""from pydantic import BaseModel
class Model(BaseModel):
{"".join(f"    field_{number}: str | None = None" + chr(10) for number in range(_FIELDS))}
def read() -> Model: ...
"""
"""A model of as many members as a task, all of them texts: the least that a row of pydantic is to a language server."""


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
    """Seconds of the processor until a list is there, and until the peer's is, a server for each, in turns."""

    here: float
    peer: float

    @property
    def ratio(self) -> float:
        """How much longer it takes than the peer."""
        return self.here / self.peer


FIRST = Place("workfront_client.v22", _OURS, "wf.", "task")
FIRST_OF_HTTPX = Place("httpx", _HTTPX, "client.", "get")
ROW_OF_PYDANTIC = Place("pydantic", _PYDANTIC, "row = read()\nrow.", "field_7")
LATER = (
    (FIRST, FIRST_OF_HTTPX),
    (Place("workfront_client.v22", _OURS, "wf.task.", "search"), FIRST_OF_HTTPX),
    (Place("workfront_client.v22", _OURS, "Task.f.", "planned_completion_date"), FIRST_OF_HTTPX),
    (Place("workfront_client.v22", _OURS, 'row = wf.task.get("1")\nrow.', "planned_completion_date"), ROW_OF_PYDANTIC),
)
"""Each place with what its list is held against: a client with a client, a row with a row."""


def first(rounds: int = 5) -> tuple[float, float]:
    """The quickest first list of ``wf.`` and of ``client.``, in seconds; each round starts a server for either."""
    times = [(_first(FIRST), _first(FIRST_OF_HTTPX)) for _ in range(rounds)]
    return min(ours for ours, _ in times), min(theirs for _, theirs in times)


def later(rounds: int = 9) -> list[tuple[Place, Times]]:
    """The median times of each place when servers have completed there before, and of its peer in turns with it."""
    return [(place, _later(place, peer, rounds)) for place, peer in LATER]


def _first(place: Place) -> float:
    with language_server() as server:
        return place.seconds(server)


def _later(place: Place, peer: Place, rounds: int) -> Times:
    with language_server() as server, language_server() as other:
        both = [(_after_a_key(place, server), _after_a_key(peer, other)) for _ in range(rounds + 2)][2:]
    return Times(statistics.median(here for here, _ in both), statistics.median(there for _, there in both))


def _after_a_key(place: Place, server: LanguageServer) -> float:
    server.show(place.start + place.line.removesuffix("."))
    begin = server.processor_seconds()
    place.seconds(server)
    return server.processor_seconds() - begin


def table() -> str:
    """The section of the report."""
    ours, theirs = first()
    lines = [
        "| The language server lists | Who | ms | Held against | Budget |",
        "|---|---|---|---|---|",
        f"| first: `wf.` | workfront_client.v22 | {ours * 1000:.0f} "
        f"| `client.` of httpx, {theirs * 1000:.0f}: {ours / theirs:.2f} x | 1.5 x |",
    ]
    for (place, times), (_, peer) in zip(later(), LATER, strict=True):
        against = f"`{peer.line.splitlines()[-1]}` of {peer.who}, {times.peer * 1000:.0f}: {times.ratio:.2f} x"
        shown = f"`{place.line.splitlines()[-1]}` | {place.who} | {times.here * 1000:.0f}"
        lines.append(f"| later: {shown} | {against} | 2 x |")
    return "\n".join(lines)
