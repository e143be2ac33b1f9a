"""What mypy and pyright accept and reject: of each pair of files one must pass, the other be wrong where it is marked.

Queries, writes, scripts with a hundred mistakes, a tenant's own fields: all of them in one run of each checker.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.places import TESTS
from tests.support.type_checkers import Errors, marked, mypy, pyright
from tests.typing.tenant_package import write_tenant_package
from workfront_client import WorkfrontError
from workfront_client.v22 import Workfront
from workfront_testing import in_process

pytestmark = pytest.mark.long

FOLDER = TESTS / "typing"
PAIRS: Mapping[str, tuple[str, int]] = {
    "mistakes_fail.py": ("correct_code.py", 100),
    "queries_fail.py": ("queries_pass.py", 60),
    "tenant_fails.py": ("tenant_passes.py", 16),
    "writes_fail.py": ("writes_pass.py", 25),
}
"""By the file with mistakes: the one without, and how many mistakes there are at least."""

UNSEEN = [text.strip() for text in marked(FOLDER / "mistakes_fail.py", "unseen").values()]
CHECKERS = {"mypy": mypy, "pyright": pyright}


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tenant")
    write_tenant_package(folder)
    return folder


@pytest.fixture(scope="module", params=CHECKERS)
def errors(request: pytest.FixtureRequest, tenant: Path, tmp_path_factory: pytest.TempPathFactory) -> Errors:
    files = [FOLDER / name for wrong, (right, _) in PAIRS.items() for name in (wrong, right)]
    return CHECKERS[request.param](tmp_path_factory.mktemp(request.param), files, [tenant])


@pytest.mark.parametrize("wrong", PAIRS)
def test_a_checker_sees_every_mistake(wrong: str, errors: Errors) -> None:
    expected = marked(FOLDER / wrong)
    assert len(expected) >= PAIRS[wrong][1]
    assert errors[wrong] == expected.keys()


def test_a_checker_sees_no_mistake_where_there_is_none(errors: Errors) -> None:
    """Nor in the packages that the files import."""
    assert errors.keys() - PAIRS.keys() == set()


def test_checkers_see_at_least_97_of_100_mistakes() -> None:
    seen, unseen = len(marked(FOLDER / "mistakes_fail.py")), len(UNSEEN)
    assert 100 * seen >= 97 * (seen + unseen)


@pytest.mark.parametrize("line", UNSEEN)
def test_what_no_checker_sees_is_refused_when_it_runs(line: str) -> None:
    with in_process() as kit, kit.client(Workfront) as wf, pytest.raises(WorkfrontError):
        eval(line, {"wf": wf})  # noqa: S307  the lines of our own file
    assert not kit.log.sent
