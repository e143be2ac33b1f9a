"""Programs that share one stored sign-in, at a service whose refresh tokens are good once: nobody is ever refused."""

from __future__ import annotations

import json
import multiprocessing
import os
import stat
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from pydantic import SecretStr

from tests.support import fault_host as fault
from tests.support.fault_host import Act
from tests.support.loopback import Received
from tests.support.query_fixture.services import Workfront
from tests.support.resilience_kit import Pauses, both
from tests.support.token_host import TokenHost, token_host
from tests.support.waiting import PATIENCE, ended
from workfront_core.auth import AuthorizationCode, FileStore, Token
from workfront_core.auth import store_lock as store_lock_module
from workfront_core.auth.oauth import refresh_token
from workfront_core.errors import AuthenticationError, QueryError, TransportError, WorkfrontError

START = "refresh-token-at-start"


class OnceOnly:
    """Refuses a refresh token the second time."""

    def __init__(self) -> None:
        self.used: list[str] = []

    def __call__(self, asked: Received) -> Act | None:
        given = dict(asked.form)["refresh_token"]
        if given in self.used:
            return fault.refusal(400, "invalid_grant: used before")
        self.used.append(given)
        return None


def program(folder: Path, **settings: Any) -> AuthorizationCode:
    """What each of the programs makes when it starts."""
    return AuthorizationCode(
        "cid",
        "application-secret-000",
        redirect_uri="https://app.example.com/cb",
        token=refresh_token(START),
        store=FileStore(folder / "token.json"),
        **settings,
    )


class Programs(RuleBasedStateMachine):
    """Two programs, a clock, and calls in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.now = 1000.0
        self.served = token_host(expires_in=100, refuse=OnceOnly())
        self.host: TokenHost = self.served.__enter__()
        credentials = [program(Path(self.folder.name), clock=lambda: self.now) for _ in range(2)]
        self.clients = [Workfront(self.host.url, auth=auth) for auth in credentials]

    @rule(who=st.integers(0, 1))
    def calls(self, who: int) -> None:
        assert self.clients[who].task.get("1" * 32).name == "x"

    @rule(seconds=st.sampled_from([1, 80, 95, 101]))
    def sleeps(self, seconds: int) -> None:
        self.now += seconds

    @rule()
    def is_refused_its_access_token(self) -> None:
        self.host.expire()

    @rule(who=st.integers(0, 1))
    def starts_again(self, who: int) -> None:
        self.clients[who].close()
        auth = program(Path(self.folder.name), clock=lambda: self.now)
        self.clients[who] = Workfront(self.host.url, auth=auth)

    def teardown(self) -> None:
        for client in self.clients:
            client.close()
        self.served.__exit__(None, None, None)
        self.folder.cleanup()


Programs.TestCase.settings = settings(max_examples=15, stateful_step_count=15)
TestPrograms = Programs.TestCase


def call_often(url: str, folder: str, told: Any) -> None:
    """One process: fifteen calls, each with a token of its own."""
    try:
        with Workfront(url, auth=program(Path(folder))) as wf:
            for _ in range(15):
                wf.task.get("1" * 32)
    except WorkfrontError as error:
        told.put(f"{type(error).__name__}: {error.message}")
    else:
        told.put("right")


def test_processes_that_renew_at_once_do_not_refuse_each_other(tmp_path: Path) -> None:
    refuse = OnceOnly()
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    with token_host(expires_in=0.001, refuse=refuse, any_token=True) as host:
        processes = [context.Process(target=call_often, args=(host.url, str(tmp_path), told)) for _ in range(3)]
        for process in processes:
            process.start()
        assert [told.get(timeout=PATIENCE) for _ in processes] == ["right"] * 3
        ended(*processes)
        assert len(host.asked_for_tokens) == len(set(refuse.used)), "each refresh token was shown once"
        assert len(refuse.used) == 3 * 15


def test_a_token_stored_after_the_refusal_is_taken_up(tmp_path: Path) -> None:
    """The other program does not lock: it has stored its token only when ours had been refused."""
    refuse, store = OnceOnly(), FileStore(tmp_path / "token.json")
    refuse.used.append(START)

    def late(asked: Received) -> Act | None:
        refusal = refuse(asked)
        if refusal is not None:
            store.save(Token(SecretStr("access-of-the-other"), None, 0.0))
            store.save(refresh_token("refresh-of-the-other"))
        return refusal

    with token_host(refuse=late) as host, Workfront(host.url, auth=program(tmp_path)) as wf:
        assert wf.task.get("1" * 32).name == "x"
        assert refuse.used == [START, "refresh-of-the-other"]


def test_a_dead_token_in_the_store_does_not_hide_the_one_at_hand(tmp_path: Path) -> None:
    refuse = OnceOnly()
    refuse.used.append("refresh-of-last-year")
    FileStore(tmp_path / "token.json").save(refresh_token("refresh-of-last-year"))
    with token_host(refuse=refuse) as host, Workfront(host.url, auth=program(tmp_path)) as wf:
        assert wf.task.get("1" * 32).name == "x"


def test_who_has_just_signed_in_does_not_go_on_with_the_sign_in_before(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "token.json")
    store.save(Token(SecretStr("access-of-somebody-else")))
    auth = AuthorizationCode("cid", "application-secret-000", code="c", redirect_uri="https://a.example", store=store)
    with token_host() as host, Workfront(host.url, auth=auth) as wf:
        wf.task.get("1" * 32)
        assert dict(host.asked_for_tokens[0].form)["grant_type"] == "authorization_code"
        assert store.load() == auth.token


@both
def test_a_refusal_is_final_until_the_store_changes(run: Any, tmp_path: Path) -> None:
    refuse, auth = OnceOnly(), program(tmp_path)
    refuse.used.append(START)
    with token_host(refuse=refuse) as host:
        for _ in range(3):
            with pytest.raises(AuthenticationError, match="used before"):
                run(host.url, lambda wf: wf.task.get("1" * 32), auth=auth)
        assert len(host.asked_for_tokens) == 1
        FileStore(tmp_path / "token.json").save(refresh_token("refresh-of-a-new-sign-in"))
        assert run(host.url, lambda wf: wf.task.get("1" * 32), auth=auth).name == "x"


class NewEachTime(FileStore):
    """A store in which another program, whose tokens do not serve here, has always put one more."""

    loads = 0

    def load(self) -> Token:
        self.loads += 1
        return Token(SecretStr(f"access-of-the-other-{self.loads}"))


@both
def test_tokens_that_others_store_are_tried_once_more_and_no_more(run: Any, tmp_path: Path) -> None:
    auth = AuthorizationCode(
        "cid", "application-secret-000", redirect_uri="https://app.example.com/cb", store=NewEachTime(tmp_path / "t")
    )
    with token_host() as host:
        with pytest.raises(AuthenticationError, match="not currently logged in"):
            run(host.url, lambda wf: wf.task.get("1" * 32), auth=auth)
        assert len(host.calls) == 3
        assert host.asked_for_tokens == []


@both
def test_a_program_that_hangs_while_it_renews_is_told(run: Any, tmp_path: Path) -> None:
    lock = FileStore(tmp_path / "token.json").lock()
    assert lock.try_acquire()
    pauses = Pauses()
    try:
        with token_host() as host, pytest.raises(TransportError, match="Another program") as raised:
            run(host.url, lambda wf: wf.task.get("1" * 32), auth=program(tmp_path), retry=pauses.retry(max_retries=0))
        assert host.asked_for_tokens == []
    finally:
        lock.release()
    assert sum(pauses.taken) == pytest.approx(30)
    assert "token.json.lock" in str(raised.value.hint)


def test_without_the_lock_library_the_store_is_still_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "filelock", None)
    store_lock_module.lock_library.cache_clear()
    with token_host(refuse=OnceOnly()) as host:
        for _ in range(2):
            with Workfront(host.url, auth=program(tmp_path)) as wf:
                assert wf.task.get("1" * 32).name == "x"
                host.expire()
    store_lock_module.lock_library.cache_clear()
    assert caplog.text.count("pip install 'workfront-client[auth]'") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="modes are not kept there")
def test_folders_and_locks_are_their_owner_s_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = FileStore(tmp_path / "one" / "two" / "token.json")
        lock = store.lock()
        lock.try_acquire()
        store.save(Token(SecretStr("access-token-of-nobody")))
        for path in tmp_path.rglob("*"):
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
        lock.release()
    finally:
        os.umask(before)


def test_what_dead_programs_left_is_swept(tmp_path: Path) -> None:
    old, new = tmp_path / ".token-old", tmp_path / ".token-new"
    for path in (old, new):
        path.write_text("{}")
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    FileStore(tmp_path / "token.json").save(refresh_token("refresh-token-of-nobody"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [".token-new", "token.json"]
    assert json.loads((tmp_path / "token.json").read_text())["refresh"] == "refresh-token-of-nobody"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("is_dangling", [False, True])
def test_programs_that_reach_one_file_by_several_paths_share_it(is_dangling: bool, tmp_path: Path) -> None:
    real, link = FileStore(tmp_path / "kept" / "token.json"), tmp_path / "token.json"
    link.symlink_to(real.path)
    if not is_dangling:
        real.save(refresh_token(START))
    store = FileStore(link)
    lock = real.lock()
    assert lock.try_acquire()
    assert not store.lock().try_acquire(), "one lock for one file"
    lock.release()
    store.save(refresh_token("refresh-of-the-next"))
    assert link.is_symlink()
    assert real.load() == store.load() == refresh_token("refresh-of-the-next")
    store.delete()
    assert real.load() is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_token_is_kept_in_a_file_and_in_nothing_else(tmp_path: Path) -> None:
    """A pipe would be waited for, and /dev/null is nobody's to be made private."""
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "pipe", tmp_path / "folder", Path("/dev/null")):
        with pytest.raises(QueryError, match="not an ordinary file"):
            FileStore(path).load()


@pytest.mark.parametrize("path", ["", ".", "/", "a\0b", "a\ud800", b"token.json", 5, None])
def test_a_path_that_names_no_file_is_refused_where_it_is_given(path: Any) -> None:
    with pytest.raises(QueryError, match="kept in a file"):
        FileStore(path)


def test_a_store_stays_where_it_was_whatever_the_folder_and_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    near, at_home = FileStore("token.json"), FileStore("~/token.json")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    for store, path in ((near, tmp_path / "token.json"), (at_home, tmp_path / "home" / "token.json")):
        store.save(refresh_token(START))
        assert path.exists()
        assert store.load() == refresh_token(START)
