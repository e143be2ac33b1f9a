"""Names of downloaded files: safe on every system, never those of other files."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workfront_core.errors import QueryError
from workfront_core.request.download import destination
from workfront_core.request.file_name import move_to_free_name, numbered, safe_file_name

ENDINGS = (".", " ", "\t")
DEVICES = [
    *("CON", "con", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "nul.txt", "Con.tar.gz", "aux .txt"),
    *(f"{port}{number}" for port in ("COM", "lpt") for number in "0123456789¹²³"),
]


@pytest.mark.parametrize(
    "name", ["漢字.pdf", "Łódź plan.pdf", "“final”.docx", "ok \U0001f600.png", "a.b.c", "console.txt"]
)
def test_a_name_that_is_safe_stays_as_it_is(name: str) -> None:
    assert safe_file_name(name) == name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..\\..\\boot.ini", "_.._boot.ini"),
        ("C:plan.pdf", "C_plan.pdf"),
        ("plan.pdf:hidden", "plan.pdf_hidden"),
        ("a\nb\x7f\x9fc\u2028.txt", "a_b__c_.txt"),
        ('who?*"<>|.txt', "who______.txt"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe"),
        ("half \ud800 pair.txt", "half _ pair.txt"),
        ("plan.pdf. . ", "plan.pdf"),
        (" .hidden", "hidden"),
        ("\ufeffplan.pdf\u00a0", "plan.pdf"),
        ("...", ""),
        ("", ""),
    ],
)
def test_what_some_system_refuses_is_taken_out(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


@pytest.mark.parametrize("name", DEVICES)
def test_devices_of_windows_are_no_files(name: str) -> None:
    assert safe_file_name(name) == f"_{name}"


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("x" * 300 + ".docx", ".docx"),
        ("漢" * 300 + ".pdf", ".pdf"),
        ("x" * 300 + ".tar.gz", ".tar.gz"),
        ("y" * 300, "y"),
    ],
)
def test_a_long_name_is_shortened_before_its_extension(name: str, end: str) -> None:
    safe = safe_file_name(name)
    assert 250 < len(safe.encode()) <= 255
    assert safe.endswith(end)
    assert len(numbered(safe, 12).encode()) <= 255
    assert numbered(safe, 12).endswith(f" (12){end if '.' in end else ''}")


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("brief.docx", "brief (2).docx"),
        ("logs.tar.gz", "logs (2).tar.gz"),
        ("README", "README (2)"),
        ("v1. Draft of it all", "v1. Draft of it all (2)"),
    ],
)
def test_a_second_file_has_its_number_before_the_extension(name: str, second: str) -> None:
    assert numbered(name, 2) == second


@given(st.text(max_size=400))
def test_any_text_becomes_a_name_of_one_file_or_none(name: str) -> None:
    safe = safe_file_name(name)
    assert safe == safe_file_name(safe)
    assert len(safe.encode()) <= 255
    assert not set(safe) & set('/\\:*?"<>|\x00\n')
    assert not safe.startswith(ENDINGS)
    assert not safe.endswith(ENDINGS)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def new_part(folder: Path, content: bytes = b"new") -> Path:
    part = folder / f".{os.urandom(4).hex()}.part"
    part.write_bytes(content)
    return part


def test_files_of_names_alike_stand_beside_each_other(tmp_path: Path) -> None:
    wanted = ["Brief.docx", "brief.docx", "BRIEF.DOCX", "Brief.docx", "cafe\u0301.txt", "caf\u00e9.txt"]
    names = [move_to_free_name(new_part(tmp_path), tmp_path / name).name for name in wanted]
    assert names[:4] == ["Brief.docx", "brief (2).docx", "BRIEF (3).DOCX", "Brief (4).docx"]
    assert names[5] == "caf\u00e9 (2).txt"
    assert names_in(tmp_path) == sorted(names)


@pytest.mark.parametrize("links", [True, False])
def test_many_threads_give_each_file_a_name_of_its_own(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    parts = [new_part(tmp_path, b"%d" % number) for number in range(60)]
    with ThreadPoolExecutor(16) as pool:
        paths = list(pool.map(lambda part: move_to_free_name(part, tmp_path / "a.txt"), parts))
    assert {path.read_bytes() for path in paths} == {b"%d" % number for number in range(60)}
    assert names_in(tmp_path) == sorted(numbered("a.txt", number) for number in range(1, 61))


def _no_links(*_: object) -> None:
    raise OSError(95, "Operation not supported")


def test_a_name_is_given_back_where_the_file_cannot_take_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", _no_links)
    with pytest.raises(FileNotFoundError):
        move_to_free_name(tmp_path / "gone", tmp_path / "a.txt")
    assert names_in(tmp_path) == []


PROCESS = """
import sys
from pathlib import Path
from workfront_core.request.file_name import move_to_free_name
folder, own = Path(sys.argv[1]), sys.argv[2]
sys.stdin.readline()
for number in range(20):
    part = folder / f".{own}.{number}.part"
    part.write_text(f"{own}.{number}")
    move_to_free_name(part, folder / "a.txt")
"""


def test_two_processes_do_no_harm_to_each_other(tmp_path: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", PROCESS, str(tmp_path), own], stdin=subprocess.PIPE, text=True)
        for own in ("one", "two")
    ]
    for process in running:
        process.communicate("go\n")
    assert [process.returncode for process in running] == [0, 0]
    found = {path.read_text() for path in tmp_path.iterdir()}
    assert found == {f"{own}.{number}" for own in ("one", "two") for number in range(20)}


@pytest.mark.parametrize("to", [None, 7, b"plan.pdf", "", "a\0b", ["a"]])
def test_what_is_no_path_is_refused(to: object) -> None:
    with pytest.raises(QueryError, match="path of a file or folder"):
        destination(to, name="a")  # type: ignore[arg-type]


@pytest.mark.parametrize("to", ["new/", "a/b/", "plan.pdf/"])
def test_a_folder_that_is_not_there_is_no_file(to: str, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"The folder .* does not exist"):
        destination(f"{tmp_path}/{to}", name="a")
    (tmp_path / "new").mkdir()
    assert destination(f"{tmp_path}/new/", name="a").path == tmp_path / "new" / "a"
