"""Names that were given up for terms of the field stay away, from code, templates, generated code, tests and pages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from tests.support.places import ROOT

ENGINE = "runtime/workfront_core"
EVERYWHERE = ("runtime", "generator", "sandbox", "tests", "benchmarks", "examples", "tools")

GIVEN_UP: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "Fate": (EVERYWHERE, "RowStatus"),
    "fate": (EVERYWHERE, "RowStatus"),
    "Party": (EVERYWHERE, "CallContext"),
    "conversation": (EVERYWHERE, "call"),
    "Steps": (EVERYWHERE, "RequestFlow, CallFlow"),
    "Attempt": (EVERYWHERE, "SendStep, AttemptInfo"),
    "Ask": (EVERYWHERE, "TokenStep"),
    "Renew": (EVERYWHERE, "RenewStep"),
    "Pause": (EVERYWHERE, "SleepStep"),
    "TokenAnswer": (EVERYWHERE, "TokenResponse"),
    "answer": ((ENGINE,), "response"),
    "answers": ((f"{ENGINE}/transport", f"{ENGINE}/client"), "responses"),
    "join": ((f"{ENGINE}/auth",), "begin_or_join"),
    "land": ((f"{ENGINE}/auth",), "complete"),
    "Abandoned": (EVERYWHERE, "RenewalAbandoned"),
    "leads": (("runtime",), "is_leader"),
    "flight": (("runtime",), "renewal"),
    "corrects": (EVERYWHERE, "adjust_clock"),
    "still_good": (EVERYWHERE, "is_usable"),
    "forget": (("runtime",), "discard"),
    "REST": (("runtime",), "RENEWAL_COOLDOWN"),
    "lost": (("runtime",), "map_transport_error"),
    "lost_token": (EVERYWHERE, "map_token_error"),
    "over_budget": (EVERYWHERE, "deadline_exceeded"),
    "BudgetExceeded": (EVERYWHERE, "DeadlineExceeded"),
    "budget": (("runtime",), "total_timeout"),
    "shortest": (("runtime",), "initial_delay"),
    "longest": (("runtime",), "max_delay"),
    "draw": (("runtime",), "random"),
    "Fault": ((ENGINE,), "Repeatability"),
    "guard": (("runtime",), "write_guard"),
    "AllowWrites": (EVERYWHERE, "WritePolicy"),
    "supposed_result": (EVERYWHERE, "dry_run_result"),
    "checked_allowance": (EVERYWHERE, "checked_policy"),
    "keeps_back": (EVERYWHERE, "hold_back_write"),
    "after_response": (EVERYWHERE, "on_response"),
    "before_retry": (EVERYWHERE, "on_retry"),
    "started": ((f"{ENGINE}/transport", f"{ENGINE}/paging"), "on_call_start, prefetching"),
    "ended": ((f"{ENGINE}/transport",), "on_call_end"),
    "tell": ((f"{ENGINE}/transport", f"{ENGINE}/bulk", f"{ENGINE}/models"), "notify"),
    "Spans": (EVERYWHERE, "OpenTelemetryHook"),
    "Counters": (EVERYWHERE, "CounterHook"),
    "mask": ((f"{ENGINE}/errors", "sandbox/workfront_testing"), "redact_..."),
    "scrub": (EVERYWHERE, "redact_..."),
    "scrubbed": (EVERYWHERE, "redact_..."),
    "redact": (EVERYWHERE, "redact_..."),
    "redacted": (EVERYWHERE, "redact_..."),
    "masked_bytes": (EVERYWHERE, "redact_..."),
    "wrapped": (("runtime",), "as_secret"),
    "check_secret": (EVERYWHERE, "check_header_value"),
    "HostLimit": (EVERYWHERE, "HostConcurrency"),
    "async_slot": (EVERYWHERE, "HostConcurrency.acquire"),
    "slot": ((f"{ENGINE}/transport/concurrency.py",), "HostConcurrency.acquire"),
    "limit_of": (EVERYWHERE, "of_origin"),
    "Walk": (EVERYWHERE, "PagingStrategy"),
    "walk": ((f"{ENGINE}/paging",), "PagingStrategy"),
    "ByKey": (EVERYWHERE, "KeysetPages"),
    "ByOffset": (EVERYWHERE, "OffsetPages"),
    "Seen": (EVERYWHERE, "CompactIdSet"),
    "Taken": (EVERYWHERE, "NewRows"),
    "Asked": (EVERYWHERE, "RequestedPage"),
    "standstill": (EVERYWHERE, "no_progress"),
    "departure": (EVERYWHERE, "yield_to_loop"),
    "Starts": (EVERYWHERE, "StartsRequest"),
    "Several": (EVERYWHERE, "SequenceNotStr"),
    "Member": (("runtime",), "ModelField"),
    "Members": (("runtime",), "CollectionMembers"),
    "members": ((f"{ENGINE}/query/model_fields.py",), "model_fields"),
    "member_kind": (EVERYWHERE, "payload_checks"),
    "Collection": (("runtime",), "CollectionEdit"),
    "Plan": ((ENGINE,), "FieldSchemas"),
    "Shape": ((ENGINE,), "RowValidators"),
    "keep_sent": (EVERYWHERE, "drop_unset"),
    "misfit": (EVERYWHERE, "mismatch"),
    "Row": ((f"{ENGINE}/bulk", f"{ENGINE}/paging"), "RowInput"),
    "Progress": (EVERYWHERE, "BulkProgressCallback, TransferProgress"),
    "Span": (EVERYWHERE, "TimeSpan, TextSpan"),
    "Block": (EVERYWHERE, "ExistsBlock, TextBlock"),
    "Delete": ((f"{ENGINE}/bulk",), "DeleteJob"),
    "Create": ((f"{ENGINE}/bulk",), "CreateJob"),
    "Update": ((f"{ENGINE}/bulk",), "UpdateJob"),
    "Outcome": ((ENGINE,), "BatchResult"),
    "settle": ((f"{ENGINE}/services", "sandbox"), "set_result, side_effects.apply"),
    "confirm": ((f"{ENGINE}/services",), "set_result"),
    "Filling": (EVERYWHERE, "PendingBatch"),
    "Catcher": (EVERYWHERE, "RecordingClient"),
    "capture": (("runtime",), "request_of"),
    "ranged": (("runtime", "sandbox"), "merge_bounds"),
    "positive": ((f"{ENGINE}/query",), "push_down_not"),
    "as_lists": (EVERYWHERE, "merge_equal_values"),
    "bounded": ((f"{ENGINE}/query",), "limit_groups"),
    "around": ((f"{ENGINE}/query",), "before_and_after"),
    "is_span": (EVERYWHERE, "is_time_range"),
    "Site": (EVERYWHERE, "TokenSite"),
    "Incoming": (EVERYWHERE, "HttpRequest"),
    "Reply": (("sandbox", "runtime"), "HttpResponse"),
    "Front": (EVERYWHERE, "AsgiApp"),
    "trouble": (("sandbox", "runtime"), "faults"),
    "consequence": (("sandbox",), "side_effects"),
    "supplement": (("sandbox",), "overrides"),
    "Entry": (("sandbox",), "InputRow"),
    "moment": (("sandbox",), "datetimes"),
    "comparable": (("sandbox",), "sort_value"),
    "keep": (("sandbox",), "put"),
    "kept": (("sandbox/workfront_sandbox/store",), "get"),
    "told": (("runtime", "sandbox"), "notify, described"),
    "lay": (EVERYWHERE, "insert_seed"),
    "laid": (EVERYWHERE, "insert_seed"),
    "withdraw": (EVERYWHERE, "revoke"),
    "Bench": (EVERYWHERE, "SandboxKit"),
    "bench": (("sandbox", "tests"), "kit"),
    "rehearse": (EVERYWHERE, "plan_fault"),
    "rehearsal": (EVERYWHERE, "fault_injection, dry_run"),
    "Rehearsal": (EVERYWHERE, "DryRun"),
    "RehearsingSandbox": (EVERYWHERE, "FaultInjectingSandbox"),
    "Greeting": (EVERYWHERE, "ServiceInfo"),
    "greet": (EVERYWHERE, "fetch_service_info"),
    "Finding": (EVERYWHERE, "CheckResult"),
    "Verdict": (EVERYWHERE, "Severity"),
    "Setup": (EVERYWHERE, "Diagnosis"),
    "Choice": (EVERYWHERE, "ConnectionOptions"),
    "swap": (("generator", "runtime"), "atomic_write"),
    "notation": (EVERYWHERE, "document_format"),
    "companion": (EVERYWHERE, "find_with_fallback"),
    "tree": (("generator/workfront_codegen/tree",), "output"),
    "Patience": (EVERYWHERE, "RetryPolicy"),
    "vocabulary": (EVERYWHERE, "type_map"),
}  # fmt: skip
"""Where each name is not to be used, and what is used there. Plain words are given up only where they were names."""

_NO_WORDS = "|".join(name for name in GIVEN_UP if "_" in name or re.search("[a-z][A-Z]", name))
_ANYWHERE = "|".join(name for name, (where, _) in GIVEN_UP.items() if where is EVERYWHERE)

UNMISTAKABLE: Final = re.compile(rf"\b(?:{_NO_WORDS})\b")
"""Names that are no words: they stand in no text for anything else."""
IN_CODE: Final = re.compile(rf"`_?(?:{_ANYWHERE})\b")
ARGUMENTS: Final = re.compile(r"\bRetry\([^)]*\b(?:budget|shortest|longest|draw)=|\btrouble=")
DIALECT: Final = re.compile(r"\b(?:fates?|conversations?|standstill|rehears\w+|scrub(?:s|bed)?)\b", re.IGNORECASE)
"""Words of those names, in sentences. 'Answer' is not among them: it is what a server gives in plain English."""


def _bare(name: str) -> Iterator[str]:
    """Yields a name, and what is left of it without the marks of private and asynchronous ones."""
    plain = name.lstrip("_")
    yield from (plain, plain.removeprefix("Async"), plain.removeprefix("async_"))


def _named(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yields line and name of whatever a module names: classes, functions, arguments, variables, attributes."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.keyword(arg=str(name)):
                yield node.value.lineno, name
            case _:
                pass


@cache
def _names() -> tuple[tuple[str, int, str], ...]:
    """Returns path, line and name of every module, class, function, argument and variable, line 0 for modules."""
    found: list[tuple[str, int, str]] = []
    for folder in EVERYWHERE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            if place.startswith(("tests/golden/", "tests/typing/")) or path == Path(__file__):
                continue
            found.append((place, 0, path.stem))
            found += [(place, line, name) for line, name in _named(ast.parse(path.read_text("utf-8")))]
    return tuple(found)


def _is_given_up(place: str, name: str) -> bool:
    return any(place.startswith(GIVEN_UP[bare][0]) for bare in _bare(name) if bare in GIVEN_UP)


def test_no_name_that_was_given_up_is_left() -> None:
    assert len(_names()) > 20_000
    assert [f"{place}:{line} {name}" for place, line, name in _names() if _is_given_up(place, name)] == []


def _texts() -> Iterator[tuple[str, str]]:
    """Yields path and text of each page, template and module, and of what is generated for one version."""
    folders = [(folder, kind) for folder in (*EVERYWHERE, "docs", "templates") for kind in ("*.py", "*.md", "*.jinja")]
    generated = ("generated/workfront_client/__init__.py", *_ROOTS)
    paths = [*ROOT.glob("*.md"), *(ROOT / name for name in generated)]
    paths += [path for folder, kind in folders for path in sorted((ROOT / folder).rglob(kind))]
    for path in paths:
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith(("tests/golden/", "tests/house/")):
            yield place, path.read_text("utf-8")


_ROOTS: Final = tuple(
    path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "generated/workfront_client/v22").rglob("*.py"))
)


def test_no_page_template_or_docstring_speaks_of_one() -> None:
    found = [
        f"{place}: {match[0]}"
        for place, text in _texts()
        for pattern in (UNMISTAKABLE, IN_CODE, ARGUMENTS, DIALECT)
        for match in pattern.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    ["class Fate: ...", "class _Filling: ...", "def supposed_result(): ...", "x = Retry(over_budget=1)", "Seen = 1",
     "class AsyncCatcher: ..."],
)  # fmt: skip
def test_a_name_that_comes_back_is_seen(source: str) -> None:
    assert any(_is_given_up("runtime/workfront_core/new.py", name) for _, name in _named(ast.parse(source)))


@pytest.mark.parametrize("name", ["Plan", "Row", "entry", "answer", "walk", "members", "tree"])
def test_plain_words_stay_words_elsewhere(name: str) -> None:
    assert not _is_given_up("runtime/workfront_cli/new.py", name)
