"""What a check is: a fact, how sure it is and where it stands, requests, and a test of their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from workfront_testing.conformance.answer import Answer
from workfront_testing.conformance.samples import CannotTry, Samples, filled
from workfront_testing.conformance.server import Server, encoded

_NO_OUTCOME: Final[Mapping[int, str]] = {
    401: "not signed in",
    403: "not allowed",
    429: "too many requests",
    502: "a proxy answered",
    503: "not available",
    504: "a proxy gave up",
}

OTHER_FORM: Final = (LookupError, TypeError, ValueError, AttributeError)
"""What tests of an answer raise where it has a form that nobody thought of."""


class Mark(StrEnum):
    """How sure a fact is, in the marks of docs/protocol.md 0."""

    DOC = "doc"
    SEEN = "seen"
    INFERRED = "inferred"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Observed:
    """The answers to the requests of a check, and the values these were made with.

    Attributes:
        answers: in the order of the requests.
        values: by ``object#1.field``.
        version: of the API.
    """

    answers: tuple[Answer, ...]
    values: Mapping[str, str]
    version: str = ""

    @property
    def answer(self) -> Answer:
        """The first answer."""
        return self.answers[0]

    def value(self, name: str) -> str:
        """Returns a value by ``object.field``."""
        kind, _, field = name.partition(".")
        return self.values[f"{kind if '#' in kind else f'{kind}#1'}.{field}"]


Test: TypeAlias = Callable[[Observed], bool]


@dataclass(frozen=True, slots=True)
class Fact:
    """What a check is about.

    Attributes:
        rule: one sentence.
        mark: how sure it is.
        source: section of docs/protocol.md, or a public address.
    """

    rule: str
    mark: Mark
    source: str


@dataclass(frozen=True, slots=True)
class Check(Fact):
    """A fact that a few requests show.

    Attributes:
        gets: requests, decoded, as ``task/search?name={task.name}``; what stands in braces is found on the server.
        holds: tells from the answers whether the fact holds.
        needs: further ``{object.field}`` that the test looks at.
        blank: what stands for a blank in the query.
        bare_keys: whether keys are not percent-encoded.
    """

    gets: tuple[str, ...]
    holds: Test
    needs: tuple[str, ...] = ()
    blank: str = "%20"
    bare_keys: bool = True

    def run(self, server: Server, samples: Samples) -> bool:
        """Returns whether the fact holds on a server.

        Raises:
            CannotTry: the server has nothing to try it with, or gives no answer to judge by.
        """
        values = samples.chosen((*self.gets, *self.needs))
        answers = tuple(judged(self._answer(server, text, values)) for text in self.gets)
        try:
            return self.holds(Observed(answers, values, server.version))
        except OTHER_FORM:
            return False

    def _answer(self, server: Server, text: str, values: Mapping[str, str]) -> Answer:
        path, _, query = text.replace("{version}", server.version).partition("?")
        pairs = [(filled(name, values), filled(value, values)) for name, value in pairs_of(query)]
        return server.get(filled(path, values), encoded(pairs, blank=self.blank, bare_keys=self.bare_keys))


def judged(answer: Answer) -> Answer:
    """Returns an answer that something can be told from.

    Raises:
        CannotTry: somebody or something else kept the server from answering.
    """
    if answer.status in _NO_OUTCOME:
        raise CannotTry(_NO_OUTCOME[answer.status])
    return answer


def pairs_of(query: str) -> list[tuple[str, str]]:
    """Returns the pairs of a decoded query; ``^`` stands for an ``&`` within a value."""
    parted = [pair.partition("=") for pair in query.split("&") if pair]
    return [(name, value.replace("^", "&")) for name, _, value in parted]
