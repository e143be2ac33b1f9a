"""Files of rows where the disk is full, or the place takes none: one clear error, and what was there before."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.waiting import PATIENCE
from workfront_client.v22 import AsyncWorkfront, Hour, Workfront
from workfront_core import QueryError
from workfront_core.frames.errors import ExportError
from workfront_core.frames.files import FORMATS
from workfront_testing import SandboxKit, in_process

SEED = {
    "TASK": [{"ID": f"{number:032x}", "name": f"Task {number * 7919}"} for number in range(1, 301)],
    "HOUR": [{"ID": f"{number:032x}", "hours": 1, "description": f"{number * 7919}"} for number in range(1, 301)],
}

FULL = """
import json, sys, tempfile
from pathlib import Path
from tests.engine.paging.test_unwritable_files import CASES, EXPORTS, SEED, before
from tests.support import full_disk
from workfront_core import WorkfrontError
from workfront_testing import in_process

told = []
with in_process(SEED) as kit:
    for way, ending in CASES:
        file, tempfile.tempdir = before(Path(sys.argv[1]), way, ending)
        full_disk.allow(1000)
        try:
            EXPORTS[way](kit, file)
        except WorkfrontError as error:
            told.append(f"{type(error).__name__} {error.hint}")
        else:
            told.append("nothing")
        full_disk.allow_all()
print(json.dumps(told))
"""
"""One process has no room on its disk, export by export."""


def of_a_search(kit: SandboxKit, file: Path) -> int:
    with kit.client(Workfront) as wf:
        return wf.task.search(fields=["*"], page_size=200).export(file)


def of_an_asynchronous_search(kit: SandboxKit, file: Path) -> int:
    async def exported() -> int:
        async with kit.client(AsyncWorkfront) as wf:
            return await wf.task.search(fields=["*"], page_size=200).export(file)

    return asyncio.run(exported())


def of_a_report(kit: SandboxKit, file: Path) -> int:
    with kit.client(Workfront) as wf:
        return wf.hour.report(group_by=[Hour.f.description], sum=[Hour.f.hours]).export(file)


EXPORTS: dict[str, Callable[[SandboxKit, Path], int]] = {
    "search": of_a_search,
    "asynchronous search": of_an_asynchronous_search,
    "report": of_a_report,
}
CASES = [(way, ending) for way in EXPORTS for ending in FORMATS]


@pytest.fixture(scope="module")
def kit() -> Iterator[SandboxKit]:
    with in_process(SEED) as made:
        yield made


def before(folder: Path, way: str, ending: str) -> tuple[Path, str]:
    """Returns a file that is there, and a folder for what is temporary."""
    place, temporary = (folder / f"{way} {ending}" / name for name in ("here", "temporary"))
    for made in (place, temporary):
        made.mkdir(parents=True)
    file = place / f"t{ending}"
    file.write_text("before")
    return file, str(temporary)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A folder with all exports onto a full disk, and what each of them told."""
    folder = tmp_path_factory.mktemp("full")
    command = [sys.executable, "-c", FULL, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    told: list[str] = json.loads(done.stdout)
    return folder, told


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="files have no limit here")
@pytest.mark.parametrize(("way", "ending"), CASES)
def test_a_full_disk(way: str, ending: str, full: tuple[Path, list[str]]) -> None:
    folder, told = full
    assert told[CASES.index((way, ending))] == "ExportError What was there before is still there."
    place, temporary = (folder / f"{way} {ending}" / name for name in ("here", "temporary"))
    assert [(path.name, path.read_text()) for path in place.iterdir()] == [(f"t{ending}", "before")]
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("way", EXPORTS)
def test_a_folder_in_the_files_place(kit: SandboxKit, way: str, ending: str, tmp_path: Path) -> None:
    (tmp_path / f"t{ending}").mkdir()
    with pytest.raises(QueryError, match="is a folder"):
        EXPORTS[way](kit, tmp_path / f"t{ending}")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="there is no folder here that takes no file of anybody")
@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("way", EXPORTS)
def test_a_folder_that_takes_no_file(kit: SandboxKit, way: str, ending: str) -> None:
    with pytest.raises(ExportError, match=r"^/proc/t\.\w+ could not be written: "):
        EXPORTS[way](kit, Path(f"/proc/t{ending}"))


@pytest.mark.parametrize(
    ("ending", "package"), [(ending, kind.needs) for ending, kind in FORMATS.items() if kind.needs]
)
def test_a_missing_package_is_told_before_anything_is_read(
    kit: SandboxKit, ending: str, package: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package[0], None)
    kit.log.clear()
    with pytest.raises(QueryError) as raised:
        of_a_search(kit, tmp_path / f"t{ending}")
    assert raised.value.hint == f"pip install 'workfront-client[{package[1]}]'"
    assert not kit.log
