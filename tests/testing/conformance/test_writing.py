"""Facts that only a write shows: they hold on the sandbox, can fail, stay in one project. docs/conformance.md."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.support.loopback import Answer as Reply
from tests.support.loopback import loopback
from tests.support.places import ROOT
from tests.testing.conformance.breaking import BREAKS, Break
from tests.testing.conformance.tenant import ROOT as API
from tests.testing.conformance.tenant import tenant
from tests.testing.conformance.test_corpus import EMPTY
from workfront_core.errors import QueryError, TransportError
from workfront_core.http_library import httpx
from workfront_testing import SandboxKit
from workfront_testing.conformance import CORPUS, WRITTEN, Outcome, Trial, examine_writing, project
from workfront_testing.conformance.answer import Answer, answer_of
from workfront_testing.conformance.check import Observed
from workfront_testing.conformance.samples import CannotTry
from workfront_testing.conformance.writing.change import Change
from workfront_testing.conformance.writing.step import Step, act, edit, issue, task
from workfront_testing.conformance.writing.trial import NAME

PAGE = (ROOT / "docs/conformance.md").read_text("utf-8")
PROTOCOL = (ROOT / "docs/protocol.md").read_text("utf-8")
CHANGES = tuple(chain.from_iterable(WRITTEN.values()))
LEAST = 150
MADE, OTHER = f"{1:032x}", f"{2:032x}"
KEPT = ("PROJ", "TASK", "OPTASK", "ASSGN", "NOTE", "HOUR", "USER", "PRED", "DOCU")


@dataclass
class Run:
    """What came of all checks on one sandbox.

    Attributes:
        kit: the sandbox.
        before: its rows before, by objCode.
        after: its rows after.
        seen: what each check saw, or why it could not be tried.
    """

    kit: SandboxKit
    before: Mapping[str, list[dict[str, Any]]]
    after: Mapping[str, list[dict[str, Any]]]
    seen: Mapping[str, Observed | str]


def rows(kit: SandboxKit) -> dict[str, list[dict[str, Any]]]:
    return {code: [dict(row) for row in kit.sandbox.rows(code)] for code in KEPT}


def bench_of(kit: SandboxKit, transport: httpx.BaseTransport | None = None) -> Trial:
    return Trial(kit.url + API, {"apiKey": kit.api_key}, transport=transport)


def observed(trial: Trial, change: Change) -> Observed | str:
    try:
        return change.observe(trial)
    except CannotTry as reason:
        return str(reason)


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    with tenant(strict=True) as kit:
        before = rows(kit)
        with project(bench_of(kit)) as trial:
            seen = {change.rule: observed(trial, change) for change in CHANGES}
        yield Run(kit, before, rows(kit), seen)


def seen_by(run: Run, change: Change) -> Observed:
    found = run.seen[change.rule]
    assert isinstance(found, Observed), (change.rule, found)
    return found


@pytest.mark.parametrize("subject", WRITTEN)
def test_every_fact_holds_on_the_sandbox(subject: str, run: Run) -> None:
    wrong = {
        change.rule: [answer.text for answer in seen.answers] if isinstance(seen, Observed) else seen
        for change in WRITTEN[subject]
        if not isinstance(seen := run.seen[change.rule], Observed) or not change.judge(seen)
    }
    assert wrong == {}


def test_the_project_is_gone_and_everything_else_as_it_was(run: Run) -> None:
    assert run.after == run.before
    assert len(run.before["TASK"]) > 500


@pytest.mark.parametrize("kind", EMPTY)
def test_no_fact_holds_where_a_server_gives_the_same_empty_answer_to_everything(kind: str, run: Run) -> None:
    body = EMPTY[kind]
    empty = answer_of(body.status, "application/json", _text(body))
    held = [
        change.rule
        for change in CHANGES
        if change.judge(replace(seen := seen_by(run, change), answers=tuple(empty for _ in seen.answers)))
    ]
    assert held == []


def _text(reply: Reply) -> str:
    return reply.raw.decode() if reply.raw is not None else json.dumps({"data": reply.data})


def broken(how: Break, seen: Observed) -> Observed:
    """What a check saw, each answer broken in one way."""
    return replace(seen, answers=tuple(_broken(how, answer) for answer in seen.answers))


def _broken(how: Break, answer: Answer) -> Answer:
    document = {name: how(member) for name, member in answer.members.items()}
    return answer_of(answer.status, answer.content_type, json.dumps(document))


@pytest.fixture(scope="module")
def noticed(run: Run) -> dict[str, set[str]]:
    """The breaks that each check notices, by its rule."""
    return {
        change.rule: {name for name, how in BREAKS.items() if not change.judge(broken(how, seen_by(run, change)))}
        for change in CHANGES
    }


def test_every_check_notices_a_broken_answer_and_looks_at_more_than_whether_there_is_one(
    noticed: dict[str, set[str]],
) -> None:
    assert len(noticed) == len(CHANGES)
    assert [rule for rule, breaks in noticed.items() if breaks <= {"nulls"}] == []


class Lying(httpx.BaseTransport):
    """Answers edits, actions and deletions with what they wrote, and does nothing."""

    def __init__(self) -> None:
        self._inner = httpx.HTTPTransport()
        self.lies = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not self.lies or request.method not in ("PUT", "DELETE"):
            return self._inner.handle_request(request)
        written = json.loads(request.read() or b"{}")
        said = written if isinstance(written, list) else {"ID": MADE, "success": True, "result": None, **written}
        return httpx.Response(200, json={"data": said})

    def close(self) -> None:
        self._inner.close()


def lied_to(trial: Trial, transport: Lying, change: Change) -> bool:
    """Whether a fact holds where what goes before is done, and the steps themselves are not."""
    known = dict(trial.project)
    for step in change.prepare:
        assert trial.send(step, known).is_success
    transport.lies = True
    try:
        answers = tuple(trial.send(step, known) for step in change.steps)
        return change.judge(Observed(answers, known, trial.version))
    except LookupError:
        return False
    finally:
        transport.lies = False


def test_no_fact_holds_where_edits_actions_and_deletions_are_answered_and_not_done() -> None:
    transport = Lying()
    with tenant(strict=True) as kit, project(bench_of(kit, transport)) as trial:
        writing = [one for one in CHANGES if {"PUT", "DELETE"} & {step.verb for step in one.steps}]
        held = [change.rule for change in writing if lied_to(trial, transport, change)]
    assert held == []
    assert len(writing) > 100


def test_every_fact_is_one_sentence_of_its_own_with_a_section_of_the_protocol() -> None:
    rules = [check.rule for check in chain(CHANGES, *CORPUS.values())]
    assert sorted({rule for rule in rules if rules.count(rule) > 1}) == []
    assert [change.rule for change in CHANGES if not change.rule.endswith(".") or len(change.rule) > 120] == []
    assert {change.source for change in CHANGES if f'<a id="{change.source}"></a>' not in PROTOCOL} == set()
    assert len(CHANGES) >= LEAST
    told = re.search(r"(\d+) further facts in (\d+) subjects", PAGE)
    assert told is not None
    assert (int(told[1]), int(told[2])) == (len(CHANGES), len(WRITTEN))


def test_every_module_of_facts_is_in_the_corpus() -> None:
    folder = ROOT / "sandbox/workfront_testing/conformance/changes"
    assert len({path.stem for path in Path(folder).glob("*.py")} - {"__init__"}) == len(WRITTEN)


def test_a_check_that_cannot_be_prepared_is_not_judged() -> None:
    unheard = Change("It is so.", CHANGES[0].mark, "11.1", (edit("task"),), lambda _: True, (task(noSuchField=1),))
    unnamed = replace(unheard, prepare=())
    with tenant(strict=True) as kit, project(bench_of(kit)) as trial:
        found = list(examine_writing(trial, {"none": (unheard, unnamed)}))
    assert {one.outcome for one in found} == {Outcome.NOT_TRIED}
    assert {one.because for one in found} == {
        "what it is tried with was refused",
        "what it is tried with was not answered as a row",
    }


class Interrupting(httpx.BaseTransport):
    """Does something when a request of one verb has been answered.

    Args:
        verb: of the request.
        then: what is done.
    """

    def __init__(self, verb: str, then: Any) -> None:
        self._inner = httpx.HTTPTransport()
        self._verb, self._then = verb, then

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(request)
        if request.method == self._verb:
            answer.read()
            self._then()
        return answer

    def close(self) -> None:
        self._inner.close()


def lose() -> None:
    raise httpx.ReadError("connection lost")


def stop() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("then", "error"),
    [
        (lose, TransportError),
        (stop, KeyboardInterrupt),
        (lambda: signal.raise_signal(signal.SIGTERM), SystemExit),
        (lambda: signal.raise_signal(signal.SIGINT), KeyboardInterrupt),
    ],
    ids=["lost", "interrupted", "terminated", "ctrl-c"],
)
def test_a_project_whose_creation_was_cut_short_is_removed(then: Any, error: type[BaseException]) -> None:
    with tenant(strict=True) as kit:
        before = rows(kit)
        with pytest.raises(error), project(bench_of(kit, Interrupting("POST", then))):
            pytest.fail("it was not cut short")
        assert [sent.method for sent in kit.log.sent].count("POST") == 1
        assert rows(kit) == before


def end_midway(trial: Trial, number: signal.Signals) -> None:
    with project(trial):
        for step in (task(), issue(), act("task", "assign", objID="{me.ID}", objCode="USER")):
            assert trial.send(step, trial.project).is_success
        signal.raise_signal(number)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_midway_removes_its_project_and_signals_do_not_stop_that(number: signal.Signals) -> None:
    again = Interrupting("DELETE", lambda: signal.raise_signal(number))
    with tenant(strict=True) as kit:
        before = rows(kit)
        with pytest.raises((SystemExit, KeyboardInterrupt)):
            end_midway(bench_of(kit, again), number)
        assert rows(kit) == before
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_hours_that_outlive_a_project_are_removed_by_themselves() -> None:
    hour = {"hours": 1, "entryDate": "2026-03-02", "ownerID": "{me.ID}", "projectID": "{project.ID}"}
    with tenant(strict=True) as kit:
        before = rows(kit)
        with project(bench_of(kit)) as trial:
            assert trial.send(Step("POST", "hour", hour), trial.project).is_success
        assert rows(kit) == before


def test_a_project_that_stays_is_said_by_its_name() -> None:
    row = {"ID": MADE, "name": ""}

    def answer(received: Any) -> Reply:
        if received.method == "POST":
            row["name"] = json.loads(received.body)["name"]
            return Reply(row)
        return Reply([row] if "search" in received.path else {"ID": OTHER})

    with loopback(answer) as host:
        trial = Trial(host.url + API, {})
        with pytest.raises(QueryError, match=f'"{NAME}.*" could not be removed'), project(trial):
            pass


def test_a_user_who_may_not_make_projects_is_told() -> None:
    refusal = b'{"error": {"message": "You do not have sufficient access."}}'
    with loopback(lambda got: Reply(raw=refusal, status=422) if got.method == "POST" else Reply([])) as host:
        with (
            pytest.raises(QueryError, match="does not let this user make a project"),
            project(Trial(host.url + API, {})),
        ):
            pytest.fail("there is no project")
        assert [asked.method for asked in host.asked].count("POST") == 1


def test_projects_of_runs_that_were_killed_are_counted() -> None:
    with tenant(strict=True) as kit:
        trial = bench_of(kit)
        trial.open()
        trial.close()
        later = bench_of(kit)
        assert later.earlier() == 1
        later.close()
