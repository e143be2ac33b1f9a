"""What goes wrong in settings is told without them: no frame of ours holds a credential as it was typed."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import SecretStr

import workfront_core
from workfront_client.v22 import AsyncWorkfront, Workfront
from workfront_core.errors import WorkfrontError
from workfront_core.profiles.profile import load_profile, profile_names
from workfront_core.profiles.settings import Settings

OURS = str(Path(workfront_core.__file__).parent)
SECRET = "typed-as-it-is-0123456789"
SECRETS = [name for name, field in Settings.model_fields.items() if SecretStr in get_args(field.annotation)]
URL = "https://acme.my.workfront.com"
MISTAKES = {
    "a misspelt variable": {"WORKFRONT_URLL": URL},
    "a profile that is not there": {"WORKFRONT_PROFILE": "absent"},
    "a word that is not a truth": {"WORKFRONT_ALLOW_WRITES": "sometimes"},
    "a way to sign in that is not one": {"WORKFRONT_AUTH": "nonsense"},
    "an environment that is not one": {"WORKFRONT_DOMAIN": "acme", "WORKFRONT_URL": "", "WORKFRONT_ENVIRONMENT": "x"},
}
FILES = {
    "a misspelt setting": f'[profiles.one]\nurl = "{URL}"\nNAMEE = "{SECRET}"\n',
    "a setting of another kind": f'[profiles.one]\nurl = 5\nNAME = "{SECRET}"\n',
    "a credential of another kind": f'[profiles.one]\nurl = "{URL}"\nNAME = ["{SECRET}"]\n',
    "a profile in the wrong place": f'[one]\nNAME = "{SECRET}"\n',
    "a default that is not there": f'default = "two"\n[profiles.one]\nNAME = "{SECRET}"\n',
    "no TOML": f'[profiles.one\nNAME = "{SECRET}"\n',
}


def shown(error: BaseException) -> str:
    """The error, what caused it, and the variables of our frames."""
    texts = [str(error), repr(error)]
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    texts += [repr(frame.f_locals) for frame in frames if frame.f_code.co_filename.startswith(OURS)]
    behind = error.__cause__ or error.__context__
    return "\n".join([*texts, shown(behind) if behind else ""])


def failing(monkeypatch: pytest.MonkeyPatch, folder: Path, variables: dict[str, str], file: str = "") -> list[str]:
    """What the doors to settings show where each of them fails."""
    path = folder / "config.toml"
    path.write_text(file, encoding="utf-8")
    path.chmod(0o600)
    for name, value in {"WORKFRONT_CONFIG": str(path), **variables}.items():
        monkeypatch.setenv(name, value)
    doors = (load_profile, lambda: load_profile("one"), profile_names, Workfront.from_env, AsyncWorkfront.from_env)
    texts: list[str] = []
    for door in doors:
        try:
            door()
        except WorkfrontError as error:
            texts.append(shown(error))
    return texts


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_variables(mistake: str, secret: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = {"WORKFRONT_URL": URL, f"WORKFRONT_{secret.upper()}": SECRET, **MISTAKES[mistake]}
    texts = failing(monkeypatch, tmp_path, given)
    assert texts
    assert [text for text in texts if SECRET in text] == []


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("mistake", FILES)
def test_files(mistake: str, secret: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    texts = failing(monkeypatch, tmp_path, {}, FILES[mistake].replace("NAME", secret))
    assert texts
    assert [text for text in texts if SECRET in text] == []


def test_the_profile_that_is_asked_for_is_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(SECRETS) >= 7
    monkeypatch.setenv("WORKFRONT_API_KEY", SECRET)
    doors: tuple[Any, ...] = (Workfront.from_env, AsyncWorkfront.from_env, load_profile)
    for door in doors:
        with pytest.raises(WorkfrontError) as raised:
            door(7)
        assert SECRET not in shown(raised.value)
