"""How the engine writes files: whole or not at all, and nothing is left of what did not get ready."""

from __future__ import annotations

import ast
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.places import ROOT
from workfront_core.request.part_file import part_file, sweep


def test_it_appears_once_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"old")
    with part_file(tmp_path, prefix=".x-") as part:
        part.file.write(b"new")
        assert target.read_bytes() == b"old"
        assert part.path.name.startswith(".x-")
        part.replace(target)
        assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
def test_of_one_that_does_not_get_ready_nothing_is_left(error: type[BaseException], tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"old")
    with pytest.raises(error):
        _break_off(tmp_path, error)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def _break_off(folder: Path, error: type[BaseException]) -> None:
    with part_file(folder, prefix=".x-") as part:
        part.file.write(b"half")
        raise error


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
@pytest.mark.parametrize(("private", "umask", "mode"), [(True, 0, 0o600), (False, 0o022, 0o644), (False, 0o077, 0o600)])
def test_its_mode_is_the_owner_s_alone_or_as_the_umask_has_it(
    private: bool, umask: int, mode: int, tmp_path: Path
) -> None:
    before = os.umask(umask)
    try:
        with part_file(tmp_path, prefix=".x-", private=private) as part:
            part.replace(tmp_path / "file")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == mode


def test_what_a_killed_process_left_is_swept_up_when_it_is_old(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys\n"
        "from workfront_core.request.part_file import part_file\n"
        "with part_file(pathlib.Path(sys.argv[1]), prefix='.x-') as part:\n"
        "    part.file.write(b'half'); part.file.flush(); os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 9
    (left,) = tmp_path.iterdir()
    sweep(tmp_path, prefix=".x-", older_than=3600)
    assert left.exists()
    os.utime(left, (0, 0))
    (tmp_path / ".y-file").touch()
    os.utime(tmp_path / ".y-file", (0, 0))
    sweep(tmp_path, prefix=".x-", older_than=3600)
    assert [path.name for path in tmp_path.iterdir()] == [".y-file"]


def test_it_is_the_one_way_in_which_the_engine_replaces_files() -> None:
    """No other module of the engine synchronises a file to the disk, or makes temporary ones."""
    found = {
        file.name
        for file in (ROOT / "runtime" / "workfront_core").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in ("fsync", "mkstemp", "NamedTemporaryFile"))
        or (isinstance(node, ast.Import) and any(name.name == "tempfile" for name in node.names))
    }
    assert found == {"part_file.py"}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names are POSIX")
def test_what_is_no_ordinary_file_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with part_file(tmp_path, prefix=".x-") as part, pytest.raises(OSError, match="no ordinary file"):
        part.replace(pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]
