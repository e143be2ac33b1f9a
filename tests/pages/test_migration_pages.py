"""The pages for users of other clients: every name of theirs is there, every name of ours exists as it is written."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import workfront_client
from tests.support.places import DOCS
from workfront_client import v22

PAGES = sorted((DOCS / "how-to").glob("migrate-*.md"))
PYTHON_WORKFRONT = [
    "Session",
    "login",
    "logout",
    "get_api_key",
    "request",
    "get",
    "post",
    "put",
    "delete",
    "search",
    "load",
    "api",
    "url",
    "session_id",
    "user_id",
    "api_version",
    "ssl_context",
    "protocol",
    "url_template",
    "api_key",
    "save",
    "id",
    "fields",
    "api_url",
    "convert_name",
    "field_spec",
    "FieldNotLoaded",
    "WorkfrontAPIError",
    "data",
    "code",
]
JAVASCRIPT = [
    "Api",
    "apiKey",
    "setApiKey",
    "clearApiKey",
    "getApiKey",
    "login",
    "logout",
    "setSessionID",
    "get",
    "search",
    "count",
    "report",
    "create",
    "edit",
    "editMultiple",
    "copy",
    "remove",
    "replace",
    "execute",
    "namedQuery",
    "batch",
    "share",
    "unshare",
    "metadata",
    "uploadFromStream",
    "uploadFileContent",
    "request",
    "alwaysUseGet",
    "version",
]


def rows(page: Path) -> list[tuple[str, str]]:
    found = re.findall(r"^\| (.+?) \| (.+) \|$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1:]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize(
    ("page", "names"), [("migrate-python-workfront.md", PYTHON_WORKFRONT), ("migrate-js.md", JAVASCRIPT)]
)
def test_every_name_of_the_other_client_is_mapped(page: str, names: list[str]) -> None:
    theirs = " ".join(text for cell, _ in rows(DOCS / "how-to" / page) for text in code(cell))
    assert not [name for name in names if not re.search(rf"(?<!\w){name}(?!\w)", theirs)]


def snippets() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for _, ours in rows(page):
            yield from ((page.name, text) for text in code(ours))


def names() -> dict[str, Any]:
    known = {name: getattr(workfront_client, name) for name in workfront_client.__all__}
    return known | {name: getattr(v22, name) for name in ("Task", "Project", "User", "Hour", "TaskStatus", "Workfront")}


def expression(text: str) -> ast.AST | None:
    """A piece of code with its dots for "and so on" taken out; None where it is no code of ours."""
    for form in (text, f"call({text})", f"for _ in _: pass\n{text} ...", f"{text} pass"):
        try:
            return ast.parse(form.replace("[...]", "[]").replace("{...}", "{}").replace(", ...", ""))
        except SyntaxError:
            continue
    return None


def test_every_name_of_ours_exists_and_takes_what_is_written() -> None:
    known = names()
    seen = 0
    with v22.Workfront("https://acme.my.workfront.com", auth=workfront_client.ApiKey("k")) as wf:
        scope = known | {"wf": wf}
        for page, text in snippets():
            tree = expression(text)
            for node in ast.walk(tree) if tree else ():
                if isinstance(node, ast.Attribute) and root(node) in scope:
                    resolved(node, scope, f"{page}: {text}")
                    seen += 1
                if isinstance(node, ast.Call) and root(node.func) in scope:
                    target = resolved(node.func, scope, f"{page}: {text}")
                    taken = inspect.signature(target).parameters
                    free = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in taken.values())
                    unknown = {word.arg for word in node.keywords if word.arg} - set(taken)
                    assert free or not unknown, f"{page}: {text}: {unknown}"
    assert seen > 60


def root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def resolved(node: ast.AST, scope: dict[str, Any], where: str) -> Any:
    if isinstance(node, ast.Name):
        return scope[node.id]
    assert isinstance(node, ast.Attribute)
    owner = resolved(node.value, scope, where)
    assert hasattr(owner, node.attr), f"{where}: there is no {node.attr}"
    return getattr(owner, node.attr)


def test_a_name_that_does_not_exist_is_noticed() -> None:
    with v22.Workfront("https://acme.my.workfront.com", auth=workfront_client.ApiKey("k")) as wf:
        for text in ("wf.task.get_lots", "wf.tusk", "Task.f.no_such_field"):
            tree = ast.parse(text, mode="eval").body
            with pytest.raises(AssertionError, match="there is no"):
                resolved(tree, names() | {"wf": wf}, text)
