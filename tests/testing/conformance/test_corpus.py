"""The corpus of facts: every one holds on the sandbox, says where it stands, and can fail. docs/conformance.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from tests.support.loopback import Answer, Received, loopback
from tests.support.places import ROOT
from tests.testing.conformance.tenant import ROOT as API
from tests.testing.conformance.tenant import server_of, tenant
from workfront_testing import SandboxKit
from workfront_testing.conformance import CORPUS, Outcome, Server, examine
from workfront_testing.conformance.runner import CheckResult
from workfront_testing.conformance.samples import Samples
from workfront_testing.conformance.selection import Selection

PROTOCOL = (ROOT / "docs/protocol.md").read_text("utf-8")
PAGE = (ROOT / "docs/conformance.md").read_text("utf-8")
CHECKS = tuple(chain.from_iterable(CORPUS.values()))
LEAST = 250
EMPTY = {
    "null": Answer(None),
    "an empty list": Answer([]),
    "an empty object": Answer({}),
    "a count of 0": Answer({"count": 0}),
    "success": Answer({"success": True}),
    "nothing at all": Answer(raw=b""),
    "a page": Answer(raw=b"<html>Sign in</html>", headers={"Content-Type": "text/html"}),
    "an error without a text": Answer(raw=b'{"error": {}}', status=422),
    "another error": Answer(raw=b'{"error": {"message": "Out of order"}}', status=500),
    "another error under 200": Answer(raw=b'{"error": {"message": "Out of order"}}'),
    "rows without anything": Answer([{}, {}]),
    "no permission": Answer(raw=b'{"error": {"message": "No."}}', status=403),
}


@pytest.fixture(scope="module")
def kit() -> Iterator[SandboxKit]:
    with tenant() as found:
        yield found


@pytest.fixture(scope="module")
def samples(kit: SandboxKit) -> Iterator[Samples]:
    with server_of(kit) as server:
        found = Samples(server)
        assert len(list(examine(server, CORPUS, found))) == len(CHECKS)
        yield found


def server_that_says(answer: Answer, asked: list[str]) -> Server:
    """A server that gives one answer to everything, in the place of the network: it is asked ten thousand times."""

    def reply(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(answer.status, headers=dict(answer.headers), content=answer.body())

    return Server("http://one.example" + API, {}, httpx.MockTransport(reply))


@pytest.fixture(scope="module")
def results(kit: SandboxKit) -> list[CheckResult]:
    with server_of(kit) as server:
        return list(examine(server, CORPUS))


@pytest.mark.parametrize("subject", CORPUS)
def test_every_fact_holds_on_the_sandbox(subject: str, results: list[CheckResult]) -> None:
    found = {one.check.rule: (one.outcome, one.because) for one in results if one.subject == subject}
    assert len(found) == len(CORPUS[subject])
    assert {rule: what for rule, what in found.items() if what[0] is not Outcome.HOLDS} == {}


def test_nothing_but_get_was_sent(kit: SandboxKit, results: list[CheckResult]) -> None:
    assert results
    assert {sent.method for sent in kit.log.sent} == {"GET"}


@pytest.mark.parametrize("kind", EMPTY)
def test_no_fact_holds_where_a_server_gives_the_same_empty_answer_to_everything(kind: str) -> None:
    asked: list[str] = []
    with server_that_says(EMPTY[kind], asked) as server:
        found = list(examine(server, CORPUS))
    assert asked
    assert [one.check.rule for one in found if one.outcome is Outcome.HOLDS] == []


@pytest.mark.parametrize("kind", EMPTY)
def test_no_fact_holds_where_values_were_found_and_its_own_requests_are_answered_so(
    kind: str, samples: Samples
) -> None:
    with server_that_says(EMPTY[kind], []) as server:
        found = list(examine(server, CORPUS, samples))
    assert len(found) == len(CHECKS)
    assert [one.check.rule for one in found if one.outcome is Outcome.HOLDS] == []


def test_no_fact_about_a_filter_holds_where_a_server_takes_no_notice_of_filters(
    kit: SandboxKit, samples: Samples
) -> None:
    def without_filters(received: Received) -> Answer:
        kept = urlencode([pair for pair in received.query if pair[0] in ("fields", "$$LIMIT", "ID")])
        answer = httpx.get(kit.url + received.path + "?" + kept, headers={"apiKey": kit.api_key})
        return Answer(raw=answer.content, status=answer.status_code)

    filters = {"filters": [check for check in CHECKS if isinstance(check, Selection)]}
    with loopback(without_filters) as host, Server(host.url + API, {}) as server:
        found = list(examine(server, filters, samples))
    assert len(found) > 90
    assert [one.check.rule for one in found if one.outcome is Outcome.HOLDS] == []


def test_a_fact_that_cannot_be_tried_says_why() -> None:
    with loopback(lambda _: Answer([])) as host, Server(host.url + API, {}) as server:
        found = {one.because for one in examine(server, CORPUS) if one.outcome is Outcome.NOT_TRIED}
    assert "no rows to take values from (task)" in found
    assert "" not in found


@pytest.mark.parametrize(
    ("status", "because"),
    [(401, "not signed in"), (403, "not allowed"), (429, "too many requests"), (503, "not available")],
)
def test_a_server_that_does_not_let_one_ask_is_not_judged(status: int, because: str) -> None:
    body = b'{"error": {"message": "You are not currently logged in."}}'
    with loopback(lambda _: Answer(raw=body, status=status)) as host, Server(host.url + API, {}) as server:
        found = list(examine(server, {"errors": CORPUS["errors"][:5]}))
    assert {(one.outcome, one.because) for one in found} == {(Outcome.NOT_TRIED, because)}


def test_a_server_that_is_gone_is_not_judged() -> None:
    with loopback(lambda _: Answer([])) as host:
        url = host.url
    with Server(url + API, {}, seconds=10) as server:
        found = list(examine(server, {"errors": CORPUS["errors"][:2]}))
    assert {(one.outcome, one.because) for one in found} == {(Outcome.NOT_TRIED, "no answer")}


def test_every_fact_is_one_sentence_of_its_own() -> None:
    rules = [check.rule for check in CHECKS]
    assert sorted({rule for rule in rules if rules.count(rule) > 1}) == []
    assert [rule for rule in rules if not rule.endswith(".") or not 8 < len(rule) <= 120] == []


def test_every_source_is_a_section_of_the_protocol() -> None:
    assert {check.source for check in CHECKS if f'<a id="{check.source}"></a>' not in PROTOCOL} == set()


def test_there_are_at_least_250_facts_and_the_page_says_how_many() -> None:
    assert len(CHECKS) >= LEAST
    found = re.search(r"(\d+) facts in (\d+) subjects", PAGE)
    assert found is not None
    assert (int(found[1]), int(found[2])) == (len(CHECKS), len(CORPUS))


def test_every_module_of_facts_is_in_the_corpus() -> None:
    folder = ROOT / "sandbox/workfront_testing/conformance/subjects"
    names = {path.stem for path in Path(folder).glob("*.py")} - {"__init__"}
    assert len(names) == len(CORPUS)
