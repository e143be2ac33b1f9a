"""The site in a real browser: no page is wider than its window, and the field dictionary finds fields."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.site_server import probe, serving
from tests.pages.test_site import site as site
from tests.pages.test_site import sources as sources
from tests.sandbox.demo.browser import Browser, installed

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(installed() is None, reason="no chromium here: apt-get install chromium"),
]

PATIENCE = 60_000
"""Milliseconds of the page's own time."""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serving(site) as url:
        yield url


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return Browser(installed() or "", tmp_path / "profile")


def misfits(site: Path, address: str, browser: Browser, pages: list[str], width: int) -> list[str]:
    (site / f"probe-{width}.html").write_text(probe(pages, width), encoding="utf-8")
    shown = browser.document(f"{address}/probe-{width}.html", after=PATIENCE)
    said = re.search(r"found (\[.*?\]) end", shown, re.DOTALL)
    assert said is not None, "the pages were not all opened"
    found: list[str] = json.loads(html.unescape(said[1]))
    return found


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_its_window(site: Path, address: str, browser: Browser, width: int) -> None:
    pages = [f"/{path.parent.relative_to(site).as_posix()}/" for path in sorted(site.rglob("index.html"))]
    assert len(pages) > 40
    assert misfits(site, address, browser, pages, width) == []


def test_a_page_that_is_too_wide_is_noticed(site: Path, address: str, browser: Browser) -> None:
    markup = "<!doctype html><article><h1>Wide</h1><pre style='width: 900px'>x</pre></article>"
    (site / "wide.html").write_text(markup, encoding="utf-8")
    (found,) = misfits(site, address, browser, ["/wide.html"], 391)
    assert re.fullmatch(r"/wide.html is 9\d\d wide", found)


def test_the_dictionary_finds_a_field_by_its_address(address: str, browser: Browser) -> None:
    shown = browser.document(f"{address}/reference/fields/#TASK.percentComplete", after=PATIENCE)
    assert 'id="TASK.percentComplete"' in shown
    assert "Task.f.percent_complete" in shown
    assert "Percent Complete" in shown
    assert 'id="PROJ.name"' not in shown


def test_the_dictionary_begins_with_all_objects(address: str, browser: Browser) -> None:
    shown = browser.document(f"{address}/reference/fields/", after=PATIENCE)
    found = re.search(r"(\d+) found; the first 100 are shown", shown)
    assert found is not None
    assert int(found[1]) > 4000
    assert shown.count("<option") > 170


FILTER = """<!doctype html>
<iframe id="page" src="/reference/fields/" width="1200" height="800"></iframe><pre id="said"></pre>
<script>
const wait = setInterval(() => {
  const page = document.getElementById("page").contentDocument;
  const [objects, kinds, flags] = page.querySelectorAll("#dictionary select");
  if (!flags || flags.options.length < 3) return;
  clearInterval(wait);
  const choose = (select, value) => { select.value = value; select.dispatchEvent(new Event("change")); };
  const words = page.querySelector("#dictionary input");
  words.value = "percent complete"; words.dispatchEvent(new Event("input"));
  choose(objects, "TASK"); choose(kinds, "double"); choose(flags, "PERCENT");
  const named = (row) => row.id + " " + row.querySelector("a").hash;
  const rows = [...page.querySelectorAll("#dictionary tbody tr")].map(named);
  document.getElementById("said").textContent = "found " + rows.join("; ") + " end";
}, 50);
</script>"""


def test_the_dictionary_is_filtered_by_words_object_type_and_flag(site: Path, address: str, browser: Browser) -> None:
    (site / "filter.html").write_text(FILTER, encoding="utf-8")
    shown = browser.document(f"{address}/filter.html", after=PATIENCE)
    assert "found TASK.percentComplete #TASK.percentComplete end" in shown
