"""Pages whose commands and Python run from top to bottom against the demo tenant, and print what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.page_runner import agrees, examples, reader
from tests.support.places import DOCS

pytestmark = pytest.mark.long

PAGES = sorted(
    path.relative_to(DOCS).as_posix() for folder in ("how-to", "tutorials") for path in (DOCS / folder).rglob("*.md")
)
COOKBOOK = sorted((DOCS / "how-to/cookbook").glob("*.md"))
JOB = re.compile(r"^## (\d+)\. (.+)$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_does_what_it_says(page: str, tmp_path: Path) -> None:
    with reader(tmp_path) as somebody:
        for example in examples(page):
            for source, said, printed in somebody.does(example):
                assert agrees(said, printed), f"block {example.number} of {page}\n{source}\nprints\n{printed}"


def test_twenty_jobs_have_a_recipe_each() -> None:
    jobs = [job for path in COOKBOOK for job, _ in JOB.findall(path.read_text(encoding="utf-8"))]
    assert sorted(map(int, jobs)) == list(range(1, 21))


def test_a_recipe_has_a_command_and_python_and_ends_in_a_result() -> None:
    for path in COOKBOOK:
        for recipe in JOB.split(path.read_text(encoding="utf-8"))[3::3]:
            kinds = re.findall(r"^```(\w+)$", recipe, re.MULTILINE)
            assert kinds == ["console", "python", "text"], (path.name, recipe[:200])
            assert "**What can go wrong.**" in recipe
            assert not re.search(r"^```text\n\s*```", recipe, re.MULTILINE)


def test_the_index_of_the_cookbook_names_every_job() -> None:
    index = (DOCS / "how-to/cookbook/index.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\d.*) \| \[[^\]]+\]\((.+)\) \|$", index, re.MULTILINE))
    for text, name in rows.items():
        listed = re.findall(r"(\d+)\. ", text)
        jobs = JOB.findall((DOCS / "how-to/cookbook" / name).read_text(encoding="utf-8"))
        assert sorted(listed) == sorted(number for number, _ in jobs)


def test_a_text_of_a_page_is_compared_line_by_line() -> None:
    assert agrees("a  b\n...\nz", "a b\nc\nd\nz\n")
    assert agrees("0a1b... done", "0a1bffff done")
    assert not agrees("a\nb", "a\nc")
    assert not agrees("", "anything")
