"""Every case of the protocol's collection is restated by exactly one of ours, or the table says what covers it.

The collection lies beside the project where it is developed and is no part of it; without it these tests are skipped.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.support.places import SHARED
from tests.wire.case import Answer, Case
from tests.wire.cases import CASES, TABLE
from tests.wire.exchange import AUTH, HOST, RETRY, Wire
from workfront_client.v22 import Workfront
from workfront_core.bulk.results import BulkResult
from workfront_core.errors import WorkfrontError
from workfront_core.models.model import WorkfrontObject
from workfront_core.paging._sync.pager import Pager

COLLECTION: Final = SHARED / "wire-cases.json"
OTHER_AREAS: Final = frozenset({"apikey", "auth", "delivery", "eventfilter", "events", "oauth", "rate", "session"})
"""What is tested elsewhere: signing in and being slowed down, and what only a server of events does."""

ANY_ID: Final = "6b1d20c4000099990123456789abcdef"

needs_collection = pytest.mark.skipif(not COLLECTION.exists(), reason="the collection of cases is not here")


def collection() -> dict[str, dict[str, Any]]:
    """The cases that concern this client, by their number."""
    cases = json.loads(COLLECTION.read_text(encoding="utf-8"))["cases"]
    return {case["id"]: case for case in cases if case["area"] not in OTHER_AREAS}


def answered() -> list[str]:
    """The numbers of the cases that fix more of the answer than its status."""
    cases = collection().items()
    return sorted(number for number, case in cases if {"body", "raw_body", "ids"} & (case["response"] or {}).keys())


def alike() -> list[Case]:
    """Our cases whose requests are to look like the collection's."""
    return [case for case in CASES if case.sends and not case.differs]


def test_what_covers_another_case_is_a_case_itself() -> None:
    ours = {case.restates for case in CASES}
    assert {covered.by for covered in TABLE} <= ours
    assert all(covered.why.endswith(".") for covered in TABLE)


@needs_collection
def test_every_case_is_claimed_exactly_once() -> None:
    claims = Counter([*(case.restates for case in CASES), *(covered.case for covered in TABLE)])
    assert sorted(collection().keys() - claims.keys()) == []
    assert sorted(claims.keys() - collection().keys()) == []
    assert {number for number, times in claims.items() if times > 1} == set()


@needs_collection
@pytest.mark.parametrize("case", alike() if COLLECTION.exists() else [], ids=str)
def test_a_restated_request_has_the_shape_of_the_original(case: Case) -> None:
    """Verb, kind of address, prefixes and suffixes of parameters and kind of body; names and values are our own."""
    original = collection()[case.restates]["request"]
    assert _shape_of_ours(case) == _shape_of_original(original)


@needs_collection
@pytest.mark.parametrize("number", answered() if COLLECTION.exists() else [])
def test_every_answer_of_the_collection_is_read(number: str) -> None:
    """The call that stands for a case reads the collection's own answer: rows by their IDs, a report of failure."""
    response = collection()[number]["response"]
    case = next(case for case in CASES if case.restates == _standing_for(number))
    body = _with_our_ids(_body(response), collection()[number]["request"], case)
    wire = Wire(Answer(status=response["status"], body=body))
    with Workfront(HOST, auth=AUTH, retry=RETRY, transport=httpx.MockTransport(wire)) as client:
        if response["status"] >= 400 or "raw_body" in response or "error" in response.get("body", ()):
            with pytest.raises(case.raises[0] if case.raises else WorkfrontError):
                _result(case.call(client))
            return
        result = _result(case.call(client))
    if isinstance(result, BulkResult):
        assert result.complete
    else:
        assert _ids(result) == _ids_of_answer(json.loads(body).get("data"))


def _body(response: dict[str, Any]) -> str:
    """The body of an example; rows where it only names IDs, nothing where it fixes no more than the status."""
    if "raw_body" in response:
        return str(response["raw_body"])
    body = {"data": [{"ID": row_id} for row_id in response["ids"]]} if "ids" in response else response["body"]
    return "" if body is None else json.dumps(_made_concrete(body))


def _with_our_ids(body: str, request: dict[str, Any], case: Case) -> str:
    """The answer about the objects that our case asks for, in place of those that the collection asks for."""
    theirs = _asked_ids(request["path"], *map(str, request.get("query", ())), json.dumps(request.get("json")))
    for their, our in zip(theirs, _asked_ids(case.sends or "", json.dumps(case.json)), strict=False):
        body = body.replace(their, our)
    return re.sub(r'"objCode": "[A-Z]+"', '"x": 1', body)


def _asked_ids(*texts: str) -> list[str]:
    return [row_id for text in texts for row_id in re.findall(r"\b[0-9a-f]{32}\b", text)]


def _standing_for(number: str) -> str:
    return next((covered.by for covered in TABLE if covered.case == number), number)


def _made_concrete(value: Any) -> Any:
    """The answer with an ID in place of each star."""
    if isinstance(value, dict):
        return {name: _made_concrete(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_made_concrete(member) for member in value]
    return ANY_ID if value == "*" else value


def _result(result: object) -> object:
    return result.to_list() if isinstance(result, Pager) else result


def _ids(result: object) -> list[str]:
    """The IDs in a result: of rows in any container, or themselves."""
    if isinstance(result, dict):
        result = list(result.values())
    entries: list[Any] = [*result] if isinstance(result, list | tuple) else [result]
    wire = [entry.to_wire() if isinstance(entry, WorkfrontObject) else {"ID": entry} for entry in entries]
    return [row["ID"] for row in wire if isinstance(row.get("ID"), str)]


def _ids_of_answer(data: Any) -> list[str]:
    """The IDs in an answer: of a row, of listed, mapped or enveloped rows, or what an action returned."""
    if isinstance(data, dict):
        mapped = [row for key, row in data.items() if isinstance(row, dict) and row.get("ID") == key]
        data = mapped or data.get("result", data)
    entries = [*data] if isinstance(data, list) else [data]
    rows = [entry.get("data", entry) if isinstance(entry, dict) else {"ID": entry} for entry in entries]
    return [row["ID"] for row in rows if isinstance(row.get("ID"), str)]


def _shape_of_ours(case: Case) -> object:
    verb, target = (case.sends or " ").split(" ", 1)
    split = urlsplit(target)
    body = "form" if case.form else "list" if isinstance(case.json, list) else "json" if case.json is not None else ""
    pairs = parse_qsl(split.query, keep_blank_values=True)
    return verb, _address(split.path), _parameters(pairs), body


def _shape_of_original(request: dict[str, Any]) -> object:
    path = re.sub(r"^/attask/(api/v\d+\.\d/|api/|api-\w+/)", "", request["path"])
    body = "form" if "form" in request else "" if "json" not in request else "json"
    body = "list" if isinstance(request.get("json"), list) else body
    return request["method"], _address(path), _parameters(map(tuple, request.get("query", []))), body


def _address(path: str) -> tuple[str, ...]:
    """The path with its object type left open, IDs as such, and other verbs than the API's own left open too."""
    own = {"search", "count", "report", "metadata", "share", "unshare", "replace"}
    first, *rest = path.split("/")
    kept = first if first in {"batch", "upload", "metadata"} else "OBJ"
    return (kept, *("ID" if re.fullmatch("[0-9a-f]{32}", part) else part if part in own else "verb" for part in rest))


def _parameters(pairs: Iterable[tuple[str, ...]]) -> Counter[str]:
    """Parameters with names left open, and values where they are words of the protocol; order and page left out."""
    return Counter(
        re.sub(r"^EXISTS:\w+:", "EXISTS:x:", _parameter(name, value))
        for name, value in pairs
        if not (name.startswith(("$$FIRST", "$$LIMIT")) or name == "ID_Sort")
    )


def _parameter(name: str, value: str) -> str:
    if name in {"id", "replacementID", "map", "atomic", "force", "filters", "copySourceID", "method"}:
        return name
    if name == "fields":
        return " ".join(sorted(_open(field) for field in value.split(",")) if not value.startswith("[") else ["[]"])
    suffix = re.search(r"(_\d+)?_(Mod|Range|Sort|GroupBy|AggFunc)$", name)
    bare = name[: suffix.start()] if suffix else name
    said = f"{suffix[0]}={value}" if suffix and suffix[2] != "Range" else suffix[0] if suffix else ""
    return f"{_open(bare)}{said}"


def _open(name: str) -> str:
    """A field with its levels and prefixes, its own name left open."""
    found = re.fullmatch(r"((?:OR:\d+:|EXISTS:\w+:)*)((?:DE:)?)(.*)", name)
    assert found is not None
    levels = [part if part == "*" or part.startswith("$$") else "f" for part in found[3].split(":")]
    return found[1] + found[2] + ":".join(levels)
