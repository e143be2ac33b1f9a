"""docs/architecture.md tells of modules that exist and of every room; a plain get goes straight through them."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tests.support.places import DOCS, ROOT
from workfront_client.v22 import Task, Workfront
from workfront_testing import in_process

PAGE = (DOCS / "architecture.md").read_text("utf-8")
PACKAGES = {
    path.name: path for folder in ("runtime", "generator", "sandbox") for path in (ROOT / folder).glob("workfront_*")
}
LONGEST_LINE = 120
NAMED = sorted(set(re.findall(r"`(workfront_\w+/[\w/]+(?:\.py|/))`", PAGE)))


@pytest.mark.parametrize("name", NAMED)
def test_what_the_page_names_is_there(name: str) -> None:
    package, _, rest = name.partition("/")
    assert (PACKAGES[package] / rest).exists()


def test_every_room_of_the_engine_is_on_the_page_and_in_the_rules() -> None:
    rooms = {path.parent.name for path in PACKAGES["workfront_core"].glob("*/__init__.py")}
    rules = (ROOT / ".importlinter").read_text("utf-8")
    assert not [room for room in rooms if f"`{room}`" not in PAGE or room not in rules]


def _rooms() -> list[str]:
    return [
        str(path.parent.relative_to(ROOT))
        for package in PACKAGES.values()
        for path in sorted(package.rglob("__init__.py"))
        if not path.parent.name.startswith("_")
    ]


@pytest.mark.parametrize("room", _rooms())
def test_every_room_says_what_comes_in_what_goes_out_and_what_to_read_first(room: str) -> None:
    text = (ROOT / room / "README.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip()]
    assert 4 <= len(lines) <= 20
    assert [part for part in ("Comes in:", "Goes out:", "Read first:") if part not in text] == []
    first = text.partition("Read first:")[2].partition("\n\n")[0]
    assert [name for name in re.findall(r"`([\w/]+\.py)`", first) if not (ROOT / room / name).exists()] == []
    assert re.search(r"`[\w/]+\.py`", first)


@pytest.mark.parametrize("room", _rooms())
def test_what_a_room_tells_of_modules_and_rooms_is_true_and_fits_a_screen(room: str) -> None:
    text = (ROOT / room / "README.md").read_text("utf-8")
    around = [ROOT / room, *(ROOT / path for path in Path(room).parents)]
    named = [one.rstrip("/") for one in re.findall(r"`([\w/]+(?:\.py|/))`", text)]
    assert [name for name in named if not any((folder / name).exists() for folder in around)] == []
    assert [line for line in text.splitlines() if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("package", ["workfront_core", "workfront_cli", "workfront_sandbox"])
def test_a_package_names_each_of_its_rooms(package: str) -> None:
    text = (PACKAGES[package] / "README.md").read_text("utf-8")
    rooms = [path.parent.name for path in PACKAGES[package].glob("*/__init__.py")]
    assert rooms
    assert [room for room in rooms if not re.search(rf"`{room}/?`", text)] == []


def test_the_interface_names_each_of_its_modules() -> None:
    room = PACKAGES["workfront_core"] / "interface"
    named = re.findall(r"`(\w+)`", (room / "README.md").read_text("utf-8"))
    modules = {path.stem.removeprefix("async_") for path in room.glob("*.py")} - {"__init__"}
    assert modules - set(named) == set()


def _touches_the_disk(path: Path) -> bool:
    calls = (node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    named = {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}
    return bool(named & {"open", "read_text", "write_text", "read_bytes", "write_bytes", "unlink", "mkdir"})


def test_the_rooms_that_touch_the_disk_are_those_that_the_page_names() -> None:
    told = PAGE.partition("Only edges touch network and disk:")[2].partition("whole or not at all")[0]
    named = set(re.findall(r"`(\w+)`", told)) - {"client"}
    engine = PACKAGES["workfront_core"]
    rooms = {path.relative_to(engine).parts[0] for path in engine.rglob("*.py") if _touches_the_disk(path)}
    assert named == rooms | {"events"}  # whose file is opened by sqlite3


def moves_of_a_get() -> list[str]:
    """The modules of the engine that one warm ``get`` enters, one after another."""
    entered: list[str] = []

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        module = str(frame.f_globals.get("__name__", ""))
        if event == "call" and module.startswith("workfront_core") and entered[-1:] != [module]:
            entered.append(module)

    with in_process(seed="demo") as kit, kit.client(Workfront) as wf:
        task = wf.task.search(Task.f.name.not_null(), fields=["name"], limit=1).to_list()[0]
        wf.task.get(task.id, fields=["name"])
        sys.setprofile(note)
        try:
            wf.task.get(task.id, fields=["name"])
        finally:
            sys.setprofile(None)
    return entered


def test_a_plain_get_goes_straight_through_the_rooms() -> None:
    moves = moves_of_a_get()
    assert len(moves) <= 80
    assert max(Counter(moves).values()) <= 12
