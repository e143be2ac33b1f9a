"""Where the settings of a profile keep their token. docs/authentication.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.profiles.test_profile import TOKEN, from_variables
from workfront_core.auth import Token
from workfront_core.auth.renewable import Renewal
from workfront_core.profiles.settings import config_file


def test_the_home_folder_is_known_where_no_shell_knows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    found = from_variables(tmp_path, TOKEN_FILE="~/t.json", PRIVATE_KEY_FILE="~/key.pem", CLIENT_ID="c")
    assert (found.token_file, found.private_key_file) == (tmp_path / "t.json", tmp_path / "key.pem")
    assert config_file({"WORKFRONT_CONFIG": "~/config.toml"}) == tmp_path / "config.toml"


def test_a_store_that_holds_nothing_yet_is_used_all_the_same(tmp_path: Path) -> None:
    """A store may well have a length, and be false while it is empty."""

    class Held(dict[str, Token]):
        def load(self) -> Token | None:
            return self.get("token")

        def save(self, token: Token) -> None:
            self["token"] = token

        def delete(self) -> None:
            self.clear()

    kept = Held()
    found = from_variables(tmp_path, CLIENT_ID="c", REFRESH_TOKEN="refresh-1", TOKEN_FILE=str(tmp_path / "other"))
    found.credential(kept).complete(Renewal(), TOKEN)
    assert kept.load() == TOKEN
    assert not (tmp_path / "other").exists()
