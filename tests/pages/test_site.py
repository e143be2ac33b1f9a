"""The pages as a site: every page and every public name has its place, the strict build has nothing to warn of."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import tools.field_dictionary as field_dictionary

import workfront_core
from tests.support.places import DOCS, ROOT
from tests.support.waiting import PATIENCE
from workfront_core import events, sync

pytestmark = pytest.mark.long

BUILDER = ROOT / ".venvs/docs/bin/zensical"
"""Made by `make test-long` and `make docs`."""

CONFIGURED = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
DOCUMENTED = re.compile(r"^::: (\S+)$", re.MULTILINE)
LONGEST = 200_000
"""Bytes of a page as markup (search engines and phones read it whole)."""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the site is made of, and nothing else."""
    if not BUILDER.exists():
        pytest.skip("no builder of the site here: `make docs` installs it, which takes a package index")
    folder = tmp_path_factory.mktemp("pages")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(DOCS, folder / "docs")
    field_dictionary.main(folder / "docs/reference/fields")
    for name in ("runtime", "sandbox"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(BUILDER), "build", "--strict"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def site(sources: Path) -> Path:
    done = build(sources)
    assert done.returncode == 0, done.stdout + done.stderr
    return sources / "site"


def pages() -> list[str]:
    return sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def test_the_strict_build_makes_a_page_of_every_page(site: Path) -> None:
    made = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")}
    assert made == {page.removesuffix(".md").removesuffix("index").rstrip("/") or "." for page in pages()}


def test_no_page_of_the_site_is_too_long(site: Path) -> None:
    assert not {path: size for path in site.rglob("*.html") if (size := path.stat().st_size) > LONGEST}


def test_the_docstrings_are_on_the_pages(site: Path) -> None:
    markup = (site / "reference/python/conditions/index.html").read_text(encoding="utf-8")
    assert 'id="workfront_core.not_exists"' in markup
    assert "Examples:" in markup


def test_a_second_build_changes_nothing(sources: Path, site: Path) -> None:
    before = contents(site)
    assert build(sources).returncode == 0
    assert contents(site) == before


@pytest.mark.usefixtures("site")
def test_a_link_that_leads_nowhere_stops_the_build(sources: Path) -> None:
    page = sources / "docs/spark.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n[gone](no-such-page.md)\n", encoding="utf-8")
    try:
        assert build(sources).returncode != 0
    finally:
        page.write_text(text, encoding="utf-8")


def test_every_page_stands_once_in_the_navigation() -> None:
    assert sorted(re.findall(r"^ +- (?:[^:\n]+: )?(\S+\.md)$", CONFIGURED, re.MULTILINE)) == pages()


def test_every_public_name_is_documented_once() -> None:
    rooms = {"workfront_core": workfront_core, "workfront_core.sync": sync, "workfront_core.events": events}
    public = sorted(f"{room}.{name}" for room, module in rooms.items() for name in module.__all__)
    listed = [page.read_text(encoding="utf-8") for page in (DOCS / "reference/python").glob("*.md")]
    documented = [name for text in listed for name in DOCUMENTED.findall(text)]
    assert len(documented) == len(set(documented))
    assert sorted(name for name in documented if name.rpartition(".")[0] in rooms) == public


def test_the_build_is_strict_and_pinned() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^docs:.*\n(?:\t.+\n)*\t.*zensical build --strict$", makefile, re.MULTILINE)
    assert re.search(r"^environments(?:-long)?:.*\$\(DOCS\)/\.ready", makefile, re.MULTILINE)
    pins = (ROOT / "requirements/docs.txt").read_text(encoding="utf-8").splitlines()[1:]
    assert {"zensical", "mkdocstrings"} <= {pin.partition("==")[0] for pin in pins}
    assert all("==" in pin for pin in pins)
