"""The page in a real browser: light, dark, narrow, without its script. Screenshots are kept in artefacts/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.sandbox.demo.browser import Browser, installed
from tests.support.places import ROOT
from workfront_sandbox import HttpRequest
from workfront_sandbox.asgi import index_page
from workfront_testing import SandboxKit, live

ARTEFACTS = ROOT / "artefacts"
DARK = "--blink-settings=preferredColorScheme=0"

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(installed() is None, reason="no chromium here: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def kit() -> Iterator[SandboxKit]:
    with live("demo") as found:
        found.sandbox.faults.plan("500", 3, "/nowhere/")
        _use(found.url)
        yield found


def _use(url: str) -> None:
    with httpx.Client(base_url=f"{url}/attask/api/v22.0", headers={"sessionID": "any"}) as http:
        http.get("/task/search", params={"status": "INP", "fields": "name,project:name", "$$LIMIT": "50"})
        http.get("/hour/report", params={"hours_AggFunc": "sum", "project:name_1_GroupBy": "true"})
        http.get("/work/myWork")
        http.post("/project", json={"name": "Made by hand"})
        http.get("/nothing/search")
        http.get("/user/search", params={"apiKey": "hush-hush", "name": "<script>document.title='taken'</script>"})


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return Browser(installed() or "", tmp_path / "profile")


def test_it_is_light_by_day(kit: SandboxKit, browser: Browser) -> None:
    picture = browser.picture(kit.url, ARTEFACTS / "index-light.png")
    assert (picture.width, picture.height) == (1280, 1400)
    assert picture.brightness > 215
    assert len(picture.colours) > 50
    assert {(245, 246, 248), (255, 255, 255), (37, 87, 214)} <= set(picture.colours)


def test_it_is_dark_by_night(kit: SandboxKit, browser: Browser) -> None:
    picture = browser.picture(kit.url, ARTEFACTS / "index-dark.png", DARK)
    assert picture.brightness < 45
    assert {(16, 20, 26), (24, 30, 39)} <= set(picture.colours)


def test_it_fits_a_phone(kit: SandboxKit, browser: Browser) -> None:
    picture = browser.picture(kit.url, ARTEFACTS / "index-narrow.png", size=(500, 2600))
    assert picture.width == 500
    assert picture.brightness > 215


def test_it_looks_the_same_without_its_script(kit: SandboxKit, browser: Browser, tmp_path: Path) -> None:
    html = httpx.get(kit.url).text
    without, scripts = re.subn(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert scripts == 1
    (tmp_path / "page.html").write_text(without, encoding="utf-8")
    plain = browser.picture(f"file://{tmp_path}/page.html", ARTEFACTS / "index-without-script.png")
    usual = browser.picture(kit.url, tmp_path / "usual.png")
    assert abs(plain.brightness - usual.brightness) < 0.5
    assert len(plain.colours) > 50


def test_values_are_shown_and_not_run(kit: SandboxKit, browser: Browser) -> None:
    document = browser.document(kit.url)
    assert "<title>Larkspur Outdoor: Workfront sandbox</title>" in document
    assert "&lt;script&gt;document.title='taken'&lt;/script&gt;" in document
    assert "hush-hush" not in document


def test_its_script_brings_in_what_is_new(kit: SandboxKit, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []

    def render_later_with_news(*arguments: Any) -> str:
        if looks:
            kit.sandbox.answer(HttpRequest("GET", "/attask/api/v22.0/proj/count", headers={"sessionid": "any"}))
        looks.append(render(*arguments))
        return looks[-1]

    render = index_page.render
    monkeypatch.setattr(index_page, "render", render_later_with_news)
    document = browser.document(kit.url, after=10_000)
    assert "/proj/count" not in looks[0]
    assert "/proj/count" in document
    assert document.count("<main>") == 1
