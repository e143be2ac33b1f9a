"""The page at ``/``: what it shows, that nothing on it is taken for markup, and that it gives no secret away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser

import httpx
import pytest

from workfront_sandbox import Clock, Sandbox
from workfront_sandbox.asgi.index_page import render
from workfront_testing import SandboxKit, live

URL = "http://127.0.0.1:8484"
EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"


class Page(HTMLParser):
    """The elements of a page in order, and its text."""

    VOID = frozenset({"meta", "br", "img", "rect", "path", "circle"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in {"style", "script"}:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(f"{word} " for word in self.words).split())


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    with live(clock=Clock(datetime(2027, 5, 12, 10, 30, tzinfo=UTC))) as found:
        yield found


def page(kit: SandboxKit) -> Page:
    answer = httpx.get(kit.url)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)


def ask(kit: SandboxKit, path: str, **more: str) -> httpx.Response:
    return httpx.get(f"{kit.url}/attask/api/v22.0/{path}", headers={"sessionID": "any"}, params=more)


def test_it_counts_the_objects(kit: SandboxKit) -> None:
    kit.sandbox.insert("TASK", [{"name": f"Task {number}"} for number in range(1234)])
    assert "Task TASK 1,234" in page(kit).text
    assert "Project PROJ" not in page(kit).text


def test_it_shows_recent_requests_newest_first(kit: SandboxKit) -> None:
    assert "Nothing yet." in page(kit).text
    ask(kit, "proj/search", name="Oven")
    ask(kit, "nothing/search")
    text = page(kit).text
    first = text.index("/attask/api/v22.0/nothing/search 404")
    assert first < text.index("/attask/api/v22.0/proj/search?name=Oven 200")
    assert re.search(r"10:30:00 GET /attask/api/v22.0/nothing/search 404 \d+\.\d", text)


def test_looking_at_it_leaves_no_trace(kit: SandboxKit) -> None:
    page(kit)
    assert len(kit.log) == 0


def test_it_says_how_to_connect_with_the_address_that_was_called(kit: SandboxKit) -> None:
    text = page(kit).text
    assert f'url = "{kit.url}"' in text
    assert f"'{kit.url}/attask/api/v22.0/task/search'" in text
    assert "Sam Sandbox" in text
    assert "sam@example.com" in text


def test_the_snippet_it_shows_runs(kit: SandboxKit, capsys: pytest.CaptureFixture[str]) -> None:
    kit.sandbox.insert("TASK", [{"name": "Paint", "percentComplete": 40}, {"name": "Done", "percentComplete": 100}])
    html = httpx.get(kit.url).text
    snippet = Page(html[html.index("<pre>") : html.index("</pre>") + 6]).words[0]
    assert "workfront_core" not in snippet
    exec(compile(snippet, "<snippet>", "exec"), {})  # noqa: S102
    assert capsys.readouterr().out == "Paint\n"


def test_a_strict_sandbox_says_so_and_links_nowhere() -> None:
    with live({"PROJ": [{"name": "Oven"}]}, strict=True) as kit:
        shown = page(kit)
        assert "issued" in shown.text
        assert not [tag for tag, _ in shown.tags if tag == "a"]


def test_its_links_lead_to_rows(kit: SandboxKit) -> None:
    kit.sandbox.insert("PROJ", [{"name": "Oven"}])
    links = [attributes["href"] for tag, attributes in page(kit).tags if tag == "a"]
    assert any("/PROJ/" in str(link) for link in links)
    assert not any("/CUST/" in str(link) for link in links), "a customer cannot be searched"
    assert all(httpx.get(f"{kit.url}{link}").json()["data"] for link in links)


def test_it_shows_the_faults_that_are_on(kit: SandboxKit) -> None:
    assert "None is on" in page(kit).text
    kit.sandbox.faults.plan("500", 2, "/task/")
    kit.sandbox.faults.plan("html")
    kit.sandbox.faults.latency = 0.25
    kit.sandbox.faults.rates = {"429": 0.05}
    text = page(kit).text
    assert "500 planned for the next 2 requests whose path contains /task/" in text
    assert "html planned for the next 1 requests whatever they are" in text
    assert "latency 250 ms" in text
    assert "429 5.0% of requests, drawn with seed 0" in text


def test_nothing_that_is_shown_is_taken_for_markup() -> None:
    seed = {"CUST": [{"ID": "c", "name": EVIL}], "me": "m", "USER": [{"ID": "m", "name": EVIL, "username": EVIL}]}
    with live(seed) as kit:
        kit.sandbox.faults.plan("500", 1, EVIL)
        ask(kit, "task/search", name=EVIL)
        httpx.request("<b>".replace("<", "X").replace(">", "X"), f"{kit.url}/{EVIL}")
        shown = page(kit)
    assert [tag for tag, _ in shown.tags if tag in {"script", "img"}] == ["script"]
    assert not [name for _, attributes in shown.tags for name in attributes if name.startswith("on")]
    assert shown.text.count("alert('x')") >= 4


def test_a_host_that_is_no_host_is_text_as_well() -> None:
    shown = Page(render(Sandbox(), f"http://{EVIL}", "n"))
    assert [tag for tag, _ in shown.tags if tag in {"script", "img"}] == ["script"]
    assert EVIL in "".join(shown.words)


def test_credentials_in_addresses_are_not_shown(kit: SandboxKit) -> None:
    ask(kit, "task/search", apiKey="hush-hush", sessionID="hush-hush")
    httpx.post(f"{kit.url}/attask/api/v22.0/login?username=sam@example.com&password=hush-hush")
    text = page(kit).text
    assert "hush-hush" not in text
    assert "apiKey=***&sessionID=***" in text


def test_nothing_on_it_comes_from_elsewhere(kit: SandboxKit) -> None:
    answer = httpx.get(kit.url)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'nonce-")
    nonce = policy.partition("nonce-")[2].partition("'")[0]
    shown = Page(answer.text)
    assert {attributes.get("nonce") for tag, attributes in shown.tags if tag in {"style", "script"}} == {nonce}
    assert not [attributes for _, attributes in shown.tags if "src" in attributes or "style" in attributes]
    assert "link" not in dict(shown.tags)
    assert "http" not in answer.text.replace(kit.url, "")


def test_other_methods_at_the_root_get_an_envelope(kit: SandboxKit) -> None:
    assert httpx.head(kit.url).status_code == 200
    for method in ("POST", "PUT", "DELETE"):
        answer = httpx.request(method, kit.url)
        assert 400 <= answer.status_code < 500
        assert "error" in answer.json()


def test_it_is_quick_beside_a_large_log_and_tenant(kit: SandboxKit) -> None:
    kit.sandbox.insert("TASK", [{"name": f"Task {number}"} for number in range(5000)])
    for _ in range(1000):
        kit.sandbox.log.append(kit.sandbox.log[0]) if kit.sandbox.log else ask(kit, "task/count")
    answer = httpx.get(kit.url)
    assert answer.elapsed.total_seconds() < 0.5
    assert answer.text.count("<tr>") == 26
