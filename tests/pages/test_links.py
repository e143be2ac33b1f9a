"""The pages: every link leads somewhere, the index is whole, and what pages and sources cite is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from tests.support.places import ROOT

DOCS = ROOT / "docs"
FOLDERS = ("runtime", "generator", "sandbox", "templates", "tests", "benchmarks", "examples")
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(page for folder in ("docs", "schema", *FOLDERS) for page in (ROOT / folder).rglob("*.md")),
    ]
)
SOURCES = sorted(
    path
    for folder in FOLDERS
    for kind in ("*.py", "*.jinja")
    for path in (ROOT / folder).rglob(kind)
    if path != Path(__file__)
)

FENCE = re.compile(r"^ *(`{3,})[^\n]*\n.*?^ *\1`*[ \t]*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(r"\[[^\[\]]*\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
ANCHOR = re.compile(r"<a (?:id|name)=\"([^\"]+)\">")
CONTENTS = "**Contents**"
SECTION = r"\d+(?:\.\d+)?"
YET_TO_COME = "changes/v22-v23.md"  # CONTRIBUTING.md: how a version is added
CITED = re.compile(rf"protocol\.md,?\s+(?:sections?\s+)?({SECTION}(?:(?:,\s+|-|\s+and\s+){SECTION})*)")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    """A page without its blocks of code."""
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def links() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for target in LINK.findall(CODE.sub("", text_of(page))):
            yield name_of(page), target


def slug(heading: str) -> str:
    """The anchor that a heading gets: without markup and signs, in small letters, with hyphens for blanks."""
    plain = LINK.sub(lambda link: link[0].partition("](")[0][1:], re.sub(r"<[^>]+>", "", heading))
    return re.sub(r"[^\w\- ]", "", plain).lower().replace(" ", "-")


@cache
def anchors(path: Path) -> frozenset[str]:
    """What can be linked to in a page; of headings with the same words, the later ones are numbered."""
    seen: Counter[str] = Counter()
    found = set(ANCHOR.findall(text_of(path)))
    for heading in HEADING.findall(text_of(path)):
        anchor = slug(heading)
        found.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
        seen[anchor] += 1
    return frozenset(found)


def sections_cited(text: str) -> set[str]:
    return {section for cited in CITED.findall(text) for section in re.findall(SECTION, cited)}


def trouble(page: str, target: str) -> str | None:
    """Why a link does not lead anywhere."""
    if re.match(r"[a-z]+:", target):
        return None if target.startswith("https://") else "is no https address"
    path, _, anchor = unquote(target).partition("#")
    found = ((ROOT / page).parent / path).resolve() if path else ROOT / page
    if not found.exists():
        return "does not exist"
    return None if not anchor or anchor in anchors(found) else "has no such anchor"


def test_every_link_leads_somewhere() -> None:
    found = set(links())
    assert len(found) > 50
    assert not {link: why for link in sorted(found) if (why := trouble(*link))}


def test_a_link_that_leads_nowhere_is_noticed() -> None:
    assert trouble("README.md", "docs/guide.md#install") is None
    assert trouble("docs/guide.md", "../README.md") is None
    assert trouble("docs/guide.md", "README.txt") == "does not exist"
    assert trouble("docs/guide.md", "#no-such-chapter") == "has no such anchor"
    assert trouble("docs/guide.md", "http://acme.example") == "is no https address"


def test_an_anchor_is_made_as_the_pages_are_shown() -> None:
    assert slug("`Task.f`, and [what](x.md) it's for") == "taskf-and-what-its-for"
    assert {"5.1", "51-success", "0", "17"} <= anchors(DOCS / "protocol.md")


def test_contents_at_the_top_of_a_page_name_every_chapter() -> None:
    heads = {page: text_of(page).partition("\n## ")[0] for page in PAGES}
    contents = {page: head.partition(CONTENTS)[2] for page, head in heads.items() if CONTENTS in head}
    assert contents
    for page, listed in contents.items():
        chapters = re.findall(r"^## +(.+)$", text_of(page), re.MULTILINE)
        expected = [(ANCHOR.findall(chapter) or [slug(chapter)])[0] for chapter in chapters]
        assert [link.removeprefix("#") for link in LINK.findall(listed)] == expected, name_of(page)


def test_the_index_names_every_page_once() -> None:
    listed = re.findall(r"^[-|] *\[[^\]]+\]\(([^()\s]+\.md)\)", text_of(DOCS / "index.md"), re.MULTILINE)
    assert sorted(listed) == sorted(
        path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md") if path != DOCS / "index.md"
    )


def test_the_page_for_programs_leads_to_pages() -> None:
    led = LINK.findall((DOCS / "llms.txt").read_text(encoding="utf-8"))
    assert len(led) > 10
    assert not [target for target in led if not (DOCS / target).exists()]


def test_sections_of_the_protocol_that_are_cited_exist() -> None:
    cited = {name_of(path): sections_cited(path.read_text(encoding="utf-8")) for path in [*SOURCES, *PAGES]}
    assert sum(map(len, cited.values())) > 50
    known = anchors(DOCS / "protocol.md")
    assert not {name: missing for name, sections in cited.items() if (missing := sections - known)}


def test_citations_are_read_in_all_their_forms() -> None:
    text = (
        "docs/protocol.md 1.2-1.4, protocol.md 5.1, 6. protocol.md, section 4 and\ndocs/protocol.md\n  8.2 and 8.3; 9"
    )
    assert sections_cited(text) == {"1.2", "1.4", "5.1", "6", "4", "8.2", "8.3"}


def test_pages_that_sources_and_pages_name_exist() -> None:
    named = {
        (name_of(path), name)
        for path in [*SOURCES, *PAGES]
        for name in re.findall(r"\bdocs/([\w-]+\.md)\b", path.read_text(encoding="utf-8"))
    }
    assert not {(path, name) for path, name in named if name != YET_TO_COME and not (DOCS / name).exists()}


def test_tests_that_pages_name_exist() -> None:
    named = {name for page in PAGES for name in re.findall(r"`(test_\w+)`", text_of(page))}
    held = {name for path in SOURCES for name in re.findall(r"\bdef (test_\w+)", path.read_text(encoding="utf-8"))}
    assert named
    assert not named - held


def test_a_page_names_no_place_on_the_machine_it_was_written_on() -> None:
    place = re.compile(r"(?<![\w.~])/(?:work|root|tmp|Users|home(?!/ana))/\S*")
    assert not {name_of(page): found for page in PAGES if (found := place.findall(page.read_text(encoding="utf-8")))}
