"""Profiles, variables and stored tokens. docs/authentication.md."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from workfront_core.auth import ApiKey, AuthorizationCode, ImsServer, ImsToken, JwtFlow, Login, Pkce, SessionId, Token
from workfront_core.auth.pkce import authorize_url, challenge, new_state, new_verifier, read_redirect
from workfront_core.auth.token_store import FileStore, KeyringStore, default_store
from workfront_core.errors import AuthenticationError, QueryError
from workfront_core.profiles.profile import Profile, load_profile, profile_names
from workfront_core.profiles.settings import config_file
from workfront_core.profiles.sign_in import SIGN_INS

URL = {"WORKFRONT_URL": "https://acme.my.workfront.com"}
TOKEN = Token(SecretStr("access-token-1"), SecretStr("refresh-token-1"), 2000.0, 3600.0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(
        'default = "work"\n'
        '[profiles.work]\nurl = "https://acme.my.workfront.com"\napi_key = "key-of-work"\n'
        '[profiles.try]\ndomain = "acme"\nenvironment = "preview"\nsession_id = "session-of-try"\n'
        'allow_writes = "sandbox"\n'
    )
    path.chmod(0o600)
    return path


def load(file: Path, name: str | None = None, **variables: str) -> Any:
    return load_profile(name, environ={"WORKFRONT_CONFIG": str(file), **variables})


def from_variables(tmp_path: Path, **variables: str) -> Any:
    return load(tmp_path / "none.toml", **URL, **{f"WORKFRONT_{name}": value for name, value in variables.items()})


def test_a_profile_is_chosen_by_name_by_variable_or_by_default(file: Path) -> None:
    assert load(file).name == "work"
    assert load(file, "try").name == load(file, WORKFRONT_PROFILE="try").name == "try"
    assert profile_names({"WORKFRONT_CONFIG": str(file)}) == ["work", "try"]


def test_a_profile_gives_address_credential_and_allowance(file: Path) -> None:
    work, trial = load(file), load(file, "try")
    assert (work.address, work.allow_writes) == ("https://acme.my.workfront.com", True)
    assert (trial.address, trial.allow_writes) == ("https://acme.preview.workfront.com", "sandbox")
    assert work.credential() == ApiKey("key-of-work")
    assert trial.credential() == SessionId("session-of-try")


def test_variables_go_before_the_file(file: Path) -> None:
    assert load(file, WORKFRONT_API_KEY="another-key").credential() == ApiKey("another-key")
    assert load(file, WORKFRONT_ALLOW_WRITES="no").allow_writes is False


def test_a_whole_address_or_way_to_sign_in_replaces_the_file_s(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        'default = "work"\n[profiles.work]\ndomain = "acme"\nenvironment = "preview"\n'
        'client_id = "app"\nredirect_uri = "http://127.0.0.1:8400"\n'
    )
    sandbox = load(path, WORKFRONT_URL="http://127.0.0.1:8484", WORKFRONT_API_KEY="key-of-the-sandbox")
    assert (sandbox.address, sandbox.credential()) == ("http://127.0.0.1:8484", ApiKey("key-of-the-sandbox"))
    assert load(path, WORKFRONT_ENVIRONMENT="production").address == "https://acme.my.workfront.com"


def test_a_variable_may_complete_a_way_to_sign_in_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('default = "work"\n[profiles.work]\ndomain = "acme"\nusername = "ana"\n')
    assert isinstance(load(path, WORKFRONT_PASSWORD="secret-of-ana").credential(), Login)


def test_a_client_is_made_from_the_environment(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKFRONT_CONFIG", str(file))
    for kind in (Workfront, AsyncWorkfront):
        assert kind.from_env("try").root == "https://acme.preview.workfront.com/attask/api/v22.0/"
        assert kind.from_env(timeout=3).root == "https://acme.my.workfront.com/attask/api/v22.0/"


@pytest.mark.parametrize(
    ("variables", "kind"),
    [
        ({"API_KEY": "key-key-key"}, ApiKey),
        ({"SESSION_ID": "session-session"}, SessionId),
        ({"USERNAME": "ana", "PASSWORD": "password-1"}, Login),
        ({"CLIENT_ID": "cid", "CLIENT_SECRET": "secret-secret", "REFRESH_TOKEN": "refresh-1"}, AuthorizationCode),
        ({"CLIENT_ID": "cid", "REFRESH_TOKEN": "refresh-1"}, Pkce),
        ({"CLIENT_ID": "cid", "CLIENT_SECRET": "secret-secret", "IMS_ORG_ID": "0@AdobeOrg"}, ImsServer),
        ({"IMS_TOKEN": "token-token", "IMS_ORG_ID": "0@AdobeOrg"}, ImsToken),
    ],
)
def test_the_settings_tell_the_way_to_sign_in(tmp_path: Path, variables: dict[str, str], kind: type) -> None:
    profile = from_variables(tmp_path, TOKEN_FILE=str(tmp_path / "token.json"), **variables)
    assert type(profile.credential()) is kind


def test_a_private_key_comes_from_a_file(tmp_path: Path) -> None:
    from joserfc.jwk import RSAKey

    key = tmp_path / "key.pem"
    key.write_bytes(RSAKey.generate_key(2048).as_pem(private=True))
    given = {"CLIENT_ID": "c", "CLIENT_SECRET": "secret-secret", "ISSUER": "i", "USER_ID": "u"}
    assert type(from_variables(tmp_path, PRIVATE_KEY_FILE=str(key), **given).credential()) is JwtFlow
    with pytest.raises(QueryError, match="cannot be read"):
        from_variables(tmp_path, PRIVATE_KEY_FILE=str(tmp_path / "none"), **given).credential()


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({}, "no credential"),
        ({"API_KEY": "key-key-key", "SESSION_ID": "session-session"}, "several ways to sign in"),
        ({"AUTH": "api_key"}, "is not a way to sign in"),
        ({"AUTH": "login", "USERNAME": "ana"}, "lacks password"),
        ({"CLIENT_ID": "cid"}, "Nobody has signed in"),
    ],
)
def test_what_is_missing_or_unclear_is_said(tmp_path: Path, variables: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        from_variables(tmp_path, TOKEN_FILE=str(tmp_path / "token.json"), **variables).credential()


def test_several_credentials_are_sorted_out_by_name(tmp_path: Path) -> None:
    both = {"API_KEY": "key-key-key", "SESSION_ID": "session-session"}
    for name in ("api-key", "session-id"):
        assert from_variables(tmp_path, AUTH=name, **both).sign_in() is SIGN_INS[name]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[profiles.work", "not valid TOML"),
        ("n = " + "9" * 5000, "not valid TOML"),
        ("n = " + "[" * 5000 + "]" * 5000, "not valid TOML"),
        ('[profiles.work]\napikey = "x"\n', r"(?s)no setting 'apikey'.*Did you mean api_key\?"),
        ("[profiles.work]\nurl = 7\n", "wrong: url"),
        ('[profiles.wrok]\nurl = "x"\n', r"(?s)no profile 'work'.*mean wrok"),
    ],
)
def test_a_damaged_file_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(QueryError, match=message) as raised:
        load(path, "work")
    assert str(path) in str(raised.value)


MISPLACED = [
    ('api_key = "k"', "'api_key' at its top"),
    ('[work]\nurl = "https://a.test"', "'work' at its top"),
    ('[profile.work]\nurl = "https://a.test"', "'profile' at its top"),
    ('defualt = "work"\n[profiles.work]', "'defualt' at its top"),
    ("default = 5", "default is not a text"),
    ("[default]", "default is not a text"),
    ("profiles = [1]", "profiles is not a table"),
    ("profiles.work = 5", "'work' is not a table"),
]


@pytest.mark.parametrize(("text", "message"), MISPLACED)
@pytest.mark.parametrize("name", [None, "work"])
def test_what_would_be_passed_over_in_a_file_is_told(tmp_path: Path, text: str, message: str, name: str | None) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text + "\n")
    with pytest.raises(QueryError, match=message) as raised:
        load(path, name)
    assert str(path) in str(raised.value)
    assert "[profiles.NAME]" in str(raised.value)


def test_a_profile_called_default_needs_not_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[profiles.other]\nurl = "https://b.test"\n[profiles.default]\nurl = "https://a.test"\n')
    assert load(path).address == "https://a.test"
    assert load(path, "other").address == "https://b.test"


def test_that_none_of_the_profiles_is_chosen_is_said_where_no_variable_says_more(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[profiles.work]\nurl = "https://a.test"\n')
    with pytest.raises(QueryError, match=r'(?s)None of the profiles.*default = "work"'):
        load(path)
    assert load(path, WORKFRONT_URL="https://c.test").address == "https://c.test"


def test_a_misspelt_variable_is_an_error_that_suggests_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"(?s)WORKFRONT_APIKEY.*mean WORKFRONT_API_KEY"):
        from_variables(tmp_path, APIKEY="x")
    with pytest.raises(QueryError, match=r"(?s)WORKFRONT_ULR.*mean WORKFRONT_URL"):
        from_variables(tmp_path, ULR="https://acme.my.workfront.com")


@pytest.mark.parametrize("name", [name for name in Profile.model_fields if len(name) > 5 and name != "name"])
def test_any_misspelt_variable_is_an_error(tmp_path: Path, name: str) -> None:
    wrong = name[:-3] + name[-2] + name[-3] + name[-1]
    with pytest.raises(QueryError, match=f"WORKFRONT_{name.upper()}"):
        from_variables(tmp_path, **{wrong.upper(): "x"})


@pytest.mark.parametrize(
    "name", ["PROJECT_ID", "WEBHOOK_SECRET", "ALLOWED_HOSTS", "CUSTOMER_ID", "BASE_URL", "ENV", "TASK_NAME", "DB"]
)
def test_a_variable_of_ones_own_stands_beside_those_of_the_client(tmp_path: Path, name: str) -> None:
    assert from_variables(tmp_path, API_KEY="key-of-ana", **{name: "mine"}).credential() == ApiKey("key-of-ana")


@pytest.mark.skipif(sys.platform == "win32", reason="modes are not kept there")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
@pytest.mark.parametrize(
    "setting", ["api_key", "session_id", "password", "client_secret", "refresh_token", "private_key", "ims_token"]
)
def test_a_file_with_a_secret_that_others_may_read_is_refused(tmp_path: Path, setting: str, mode: int) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[profiles.work]\ndomain = "acme"\n{setting} = "a-secret-text"\n')
    path.chmod(mode)
    with pytest.raises(QueryError, match=r"(?s)Others may read the credentials.*chmod 600") as raised:
        load(path, "work")
    assert "a-secret-text" not in str(raised.value)


def test_a_file_without_a_secret_may_be_read_by_others(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[profiles.work]\ndomain = "acme"\nclient_id = "app"\n')
    path.chmod(0o644)
    assert load(path, "work").client_id == "app"


def test_an_address_is_asked_for_by_the_file_that_lacks_it(tmp_path: Path) -> None:
    profile = load(tmp_path / "none.toml", WORKFRONT_API_KEY="key-key-key")
    with pytest.raises(QueryError, match="names no address"):
        _ = profile.address
    assert config_file({}).name == "config.toml"


def test_a_profile_shows_no_secret(file: Path) -> None:
    assert "key-of-work" not in f"{load(file)!r} {load(file)}"


class TestTokenFile:
    def test_a_token_comes_back_as_it_was_kept(self, tmp_path: Path) -> None:
        store = FileStore(tmp_path / "deep" / "token.json")
        assert store.load() is None
        store.save(TOKEN)
        assert store.load() == TOKEN
        store.delete()
        store.delete()
        assert store.load() is None

    @pytest.mark.skipif(sys.platform == "win32", reason="modes are not kept there")
    def test_only_its_owner_can_read_it(self, tmp_path: Path) -> None:
        store = FileStore(tmp_path / "token.json")
        store.save(TOKEN)
        assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
        store.path.chmod(0o644)
        with pytest.raises(QueryError, match="Others may read"):
            store.load()

    def test_a_write_that_fails_leaves_the_old_token_and_nothing_else(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = FileStore(tmp_path / "token.json")
        store.save(TOKEN)
        monkeypatch.setattr("os.fsync", lambda _handle: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(QueryError, match="disk full"):
            store.save(Token(SecretStr("another-token")))
        assert store.load() == TOKEN
        assert [path.name for path in tmp_path.iterdir()] == ["token.json"]

    @pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"access": null}', "7"])
    def test_a_damaged_file_counts_as_none(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "token.json"
        path.write_text(text)
        path.chmod(0o600)
        assert FileStore(path).load() is None


def test_a_key_ring_is_used_where_one_works(tmp_path: Path) -> None:
    keyring = pytest.importorskip("keyring")
    from keyring.backend import KeyringBackend
    from keyring.backends import fail

    class InMemory(KeyringBackend):
        priority = 1  # pyright: ignore[reportAssignmentType] - a class property there
        kept: dict[tuple[str, str], str]

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self.kept = {}

        def get_password(self, service: str, username: str) -> str | None:
            return self.kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self.kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del self.kept[service, username]

    before = keyring.get_keyring()
    try:
        keyring.set_keyring(InMemory())
        store = default_store("work", tmp_path)
        assert isinstance(store, KeyringStore)
        store.save(TOKEN)
        assert store.load() == TOKEN
        store.delete()
        store.delete()
        assert store.load() is None
        keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
        assert isinstance(default_store("work", tmp_path), FileStore)
    finally:
        keyring.set_keyring(before)


class TestBrowser:
    def test_the_challenge_is_that_of_the_standard(self) -> None:
        verifier = SecretStr("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")  # RFC 7636, appendix B
        assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    @pytest.mark.parametrize("verifier", ["short", "x" * 129, "ü" * 50, " " * 50])
    def test_a_verifier_that_is_none_is_refused(self, verifier: str) -> None:
        with pytest.raises(QueryError, match="43 to 128"):
            challenge(SecretStr(verifier))

    def test_verifiers_and_states_differ(self) -> None:
        assert len({new_verifier().get_secret_value() for _ in range(9)} | {new_state() for _ in range(9)}) == 18

    def test_the_page_of_consent_carries_the_challenge_and_no_verifier(self) -> None:
        verifier = new_verifier()
        url = authorize_url("https://acme.example", "cid", "http://localhost:1/cb", state="st", verifier=verifier)
        assert url == (
            "https://acme.example/integrations/oauth2/authorize?client_id=cid&redirect_uri=http:%2F%2Flocalhost:1%2Fcb"
            f"&response_type=code&state=st&code_challenge={challenge(verifier)}&code_challenge_method=S256"
        )

    def test_the_redirect_brings_a_code(self) -> None:
        found = read_redirect("/cb?code=c0de-c0de&domain=acme&lane=my&state=st", state="st")
        assert (found.code.get_secret_value(), found.domain, found.lane) == ("c0de-c0de", "acme", "my")
        assert "c0de" not in repr(found)

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ("code=c&state=other", "another sign-in"),
            ("code=c", "another sign-in"),
            ("state=st", "no code"),
            ("state=st&error=access_denied&error_description=said+no", "said no"),
        ],
    )
    def test_a_redirect_without_a_code_or_from_elsewhere_is_refused(self, query: str, message: str) -> None:
        with pytest.raises(AuthenticationError, match=message):
            read_redirect(f"http://localhost/cb?{query}", state="st")


def test_another_process_s_token_is_taken_over(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "token.json")
    store.save(Token(SecretStr("access-token-1"), SecretStr("refresh-token-1")))
    auth = Pkce("cid", store=store)
    used = auth.token
    store.save(Token(SecretStr("access-token-2"), SecretStr("refresh-token-2")))
    found = auth.stored(used)
    assert found is not None
    assert found.access.get_secret_value() == "access-token-2"
    assert json.loads(store.path.read_text())["refresh"] == "refresh-token-2"


@pytest.mark.parametrize("name", [name for name in Profile.model_fields if name not in ("name", "extra")])
@pytest.mark.parametrize("value", ["7", "[]", "{}", "1979-05-27"])
def test_a_setting_of_another_kind_is_told_in_the_words_of_the_file(name: str, value: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"[profiles.work]\n{name} = {value}\n")
    path.chmod(0o600)
    with pytest.raises(QueryError) as error:
        load_profile("work", environ={"WORKFRONT_CONFIG": str(path)})
    assert f"wrong: {name} takes " in error.value.message
    assert error.value.message.count(f"{name} takes") == 1
    assert "nput should" not in error.value.message


@pytest.mark.parametrize("name", ["allow_writes", "confirm"])
def test_a_word_that_a_setting_does_not_take_is_told_with_those_it_takes(name: str) -> None:
    with pytest.raises(QueryError, match=rf"wrong: {name} takes .* or .*\."):
        load_profile(environ={**URL, f"WORKFRONT_{name.upper()}": "maybe"})


def test_a_folder_in_the_place_of_the_file_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(QueryError) as error:
        load_profile(environ={"WORKFRONT_CONFIG": str(tmp_path)})
    assert error.value.message == f"{tmp_path} cannot be read: Is a directory."
