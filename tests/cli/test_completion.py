"""``workfront completion``: what shells offer, asked of the shells themselves. docs/cli.md."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli_kit import Terminal, served
from tests.support.waiting import PATIENCE
from workfront_sandbox import Sandbox

CASES = {
    "sear": {"search"},
    "search proj": {"project", "projectAnnotation"},
    "search task --fields name,assignedTo.emailA": {"name,assignedTo.emailAddr"},
    "update task --set percentComp": {"percentComplete="},
    "search task --order-by plannedCompletionD": {"plannedCompletionDate"},
    "update task --set status=IN": {"status=INP"},
    "search task --expl": {"--explain"},
    "doctor --profile wo": {"work"},
    "completion z": {"zsh"},
    "search nothing --fields na": set[str](),
}

FORMS: dict[str, Any] = {
    "PARAM": [
        {"ID": "4a" * 16, "name": "Region", "dataType": "TEXT", "displayType": "TEXT"},
        {"ID": "4b" * 16, "name": "Budget code", "dataType": "TEXT", "displayType": "TEXT"},
    ],
    "CTGY": [{"ID": "4c" * 16, "name": "Form", "catObjCode": "TASK"}],
    "CTGYPA": [
        {"ID": "4d" * 16, "categoryID": "4c" * 16, "parameterID": "4a" * 16},
        {"ID": "4e" * 16, "categoryID": "4c" * 16, "parameterID": "4b" * 16},
    ],
}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    found = Terminal(tmp_path)
    found.write_settings('[profiles.work]\nurl = "https://acme.my.workfront.com"\n')
    return found


@pytest.fixture
def environ(terminal: Terminal, tmp_path: Path) -> dict[str, str]:
    """An environment in which ``workfront`` is this checkout's."""
    command = tmp_path / "bin" / "workfront"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m workfront_cli "$@"\n')
    command.chmod(0o755)
    variables = {name: text for name, text in terminal.environ.items() if text is not None}
    found = terminal.whole_environment(variables)
    path = f"{command.parent}{os.pathsep}{found['PATH']}"
    return found | {"PATH": path, "HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}


def asked(shell: str, script: str, environ: dict[str, str]) -> str:
    if shutil.which(shell) is None:
        pytest.skip(f"this machine has no {shell}")
    done = subprocess.run(
        [shell, "-c", script], env=environ, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.stderr == ""
    return done.stdout


def script_of(shell: str, terminal: Terminal, folder: Path) -> Path:
    result = terminal.run("completion", shell)
    assert result.exit_code == 0, result.output
    file = folder / f"completion.{shell}"
    file.write_text(result.stdout)
    return file


@pytest.mark.parametrize("line", CASES)
def test_bash_offers_it(line: str, terminal: Terminal, environ: dict[str, str], tmp_path: Path) -> None:
    script = script_of("bash", terminal, tmp_path)
    words = ["workfront", *line.split(" ")]
    ask = (
        f"source {script}; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; "
        '_workfront_completion workfront; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    found = set(asked("bash", ask, environ).split())
    assert found == CASES[line] if not line.startswith("search proj") else found >= {"project"}


@pytest.mark.parametrize(
    ("words", "offers"),
    [
        ("update task --set status = I", ["INP"]),
        ("update task --set status =", ["NEW", "INP", "CPL", "CPA", "CPI"]),
        ("search task --fields name,DE : Re", ["Region"]),
        ("search task --fields DE :", ['\\"Budget\\ code\\"', "Region"]),
        ("search task --fields name,DE:B", ['name,DE:\\"Budget\\ code\\"']),
    ],
)
def test_bash_parts_words_at_signs_of_its_own(
    words: str, offers: list[str], terminal: Terminal, environ: dict[str, str], tmp_path: Path
) -> None:
    with served(Sandbox(FORMS)) as url:
        terminal.set(URL=url, API_KEY="key-of-ana-1234")
        terminal.environ["XDG_CACHE_HOME"] = str(tmp_path)
        refreshed = terminal.run("completion", "refresh")
    assert refreshed.exit_code == 0, refreshed.output
    assert "2 custom fields of 1 objects" in refreshed.stderr
    script = script_of("bash", terminal, tmp_path)
    parted = ["workfront", *words.split(" ")]
    ask = (
        f"source {script}; COMP_WORDS=({' '.join(parted)}); COMP_CWORD={len(parted) - 1}; "
        '_workfront_completion workfront; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    assert asked("bash", ask, environ | {"XDG_CACHE_HOME": str(tmp_path)}).splitlines() == offers


@pytest.mark.parametrize("line", ["sear", "update task --set percentComp", "update task --set status=IN"])
def test_fish_offers_it(line: str, terminal: Terminal, environ: dict[str, str], tmp_path: Path) -> None:
    script = script_of("fish", terminal, tmp_path)
    found = asked("fish", f'source {script}; complete -C "workfront {line}"', environ).splitlines()
    assert {one.partition("\t")[0] for one in found} >= CASES[line]


@pytest.mark.parametrize("line", ["sear", "search task --fields name,assignedTo.emailA"])
def test_zsh_reads_the_script_and_is_told(
    line: str, terminal: Terminal, environ: dict[str, str], tmp_path: Path
) -> None:
    script = script_of("zsh", terminal, tmp_path)
    assert asked("zsh", f"zsh -n {script}", environ) == ""
    words = f"workfront {line}"
    variables = {
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "_WORKFRONT_COMPLETE": "zsh_complete",
    }
    found = asked("zsh", "workfront", environ | variables).splitlines()
    assert found[1] in CASES[line]


def test_a_damaged_settings_file_only_means_no_profiles(terminal: Terminal, environ: dict[str, str]) -> None:
    terminal.write_settings("not [ toml")
    variables = {"COMP_WORDS": "workfront doctor -p ", "COMP_CWORD": "3", "_WORKFRONT_COMPLETE": "bash_complete"}
    assert asked("bash", "workfront", environ | variables).strip() == ""
