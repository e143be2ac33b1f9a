"""``workfront login`` and ``logout``, against the sandbox's own OAuth service. docs/cli.md."""

from __future__ import annotations

import socket
import stat
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.cli_kit import Browser, Terminal, free_port, served
from tests.support.waiting import PATIENCE
from workfront_cli.account.redirect_listener import listening
from workfront_core.errors import QueryError
from workfront_sandbox import Sandbox


@pytest.fixture
def site() -> Iterator[str]:
    with served(Sandbox(strict=True)) as url:
        yield url


@pytest.fixture
def terminal(tmp_path: Path, site: str) -> Terminal:
    found = Terminal(tmp_path)
    found.set(URL=site, CLIENT_ID="app-1", REDIRECT_URI=f"http://127.0.0.1:{free_port()}/callback")
    return found


def use(monkeypatch: pytest.MonkeyPatch, browser: Browser) -> Browser:
    monkeypatch.setattr(webbrowser, "open", browser.open)
    return browser


class Both(Browser):
    """Two browsers sent to one address, one after the other."""

    def __init__(self, *browsers: Browser) -> None:
        super().__init__()
        self.browsers = browsers

    def open(self, address: str) -> bool:
        return all(browser.open(address) for browser in self.browsers)


def calls(site: str, token: str) -> int:
    return httpx.get(f"{site}/attask/api/v22.0/USER?id=$$USER", headers={"sessionID": token}).status_code


def test_a_sign_in_with_the_browser_keeps_a_token_that_works(
    terminal: Terminal, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = use(monkeypatch, Browser())
    done = terminal.run("login")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Signed in as Sam Sandbox" in done.stdout
    assert browser.pages[0].status_code == 200
    assert calls(site, terminal.token()["access"]) == 200
    assert stat.S_IMODE(terminal.token_file.stat().st_mode) == 0o600
    assert "Sam Sandbox" in terminal.run("whoami").stdout


def test_no_token_code_or_verifier_is_shown(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = use(monkeypatch, Browser())
    done = terminal.run("login")
    token = terminal.token()
    code = browser.pages[0].url.params["code"]
    for secret in (token["access"], token["refresh"], code):
        assert secret not in done.output + browser.pages[0].text


def test_an_application_with_a_secret_signs_in_too(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Browser())
    terminal.set(CLIENT_SECRET="secret-of-app-1")
    done = terminal.run("login")
    assert done.exit_code == 0, done.output
    assert "code_challenge" not in done.stdout
    assert terminal.run("whoami").exit_code == 0


def test_what_was_given_on_the_line_is_told_as_settings_for_later(
    terminal: Terminal, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Browser())
    del terminal.environ["WORKFRONT_CLIENT_ID"]
    done = terminal.run("login", "--client-id", "app-2")
    assert f"export WORKFRONT_URL={site}" in done.stdout
    assert "export WORKFRONT_CLIENT_ID=app-2" in done.stdout


def test_a_redirect_of_another_sign_in_is_refused_and_the_right_one_still_counts(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    stray, own = Browser(state="another-state"), Browser()
    monkeypatch.setattr(webbrowser, "open", Both(stray, own).open)
    done = terminal.run("login")
    assert (stray.pages[0].status_code, own.pages[0].status_code, done.exit_code) == (400, 200, 0)


@pytest.mark.parametrize("state", ["another-state", None])
def test_a_redirect_with_a_wrong_state_alone_never_signs_in(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, state: str | None
) -> None:
    browser = use(monkeypatch, Browser(state=state))
    done = terminal.run("login", "--timeout", "1")
    assert browser.pages[0].status_code == 400
    assert done.exit_code == 4
    assert "did not come back within 1 seconds. Redirects of another sign-in came: 1." in done.stderr
    assert not terminal.token_file.exists()


def test_a_refusal_by_the_user_ends_the_sign_in_at_once(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Browser(code=None, error="access_denied", error_description="The user said no"))
    done = terminal.run("login")
    assert (done.exit_code, done.stderr) == (4, "error: The sign-in was refused: The user said no\n")


def test_a_code_the_service_does_not_know_is_refused_and_nothing_is_kept(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Browser(code="not-a-code-of-the-service"))
    done = terminal.run("login")
    assert done.exit_code == 4
    assert "The token service refused: The code is not known" in done.stderr
    assert not terminal.token_file.exists()


def test_nobody_coming_back_ends_with_the_timeout(terminal: Terminal) -> None:
    done = terminal.run("login", "--no-browser", "--timeout", "1")
    assert done.exit_code == 4
    assert "/integrations/oauth2/authorize?client_id=app-1" in done.stdout
    assert "did not come back within 1 seconds." in done.stderr


def test_a_port_in_use_is_told_before_the_browser_opens(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = use(monkeypatch, Browser())
    taken = str(terminal.environ["WORKFRONT_REDIRECT_URI"])
    with listening(taken, "state"):
        done = terminal.run("login")
    assert done.exit_code == 2
    assert "is in use" in done.stderr
    assert "--redirect-uri" in done.stderr
    assert browser.pages == []


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1:1/x", "http://acme.example/x", "http://10.0.0.1/x", "x", "http://[", ""]
)
def test_a_redirect_uri_of_another_machine_is_refused(address: str) -> None:
    with pytest.raises(QueryError, match="does not lead to this machine"), listening(address, "state"):
        pass


def test_only_the_path_of_the_redirect_uri_is_listened_to() -> None:
    port = free_port()
    with listening(f"http://localhost:{port}/back", "st") as listener:
        assert httpx.get(f"http://127.0.0.1:{port}/favicon.ico").status_code == 404
        assert httpx.post(f"http://127.0.0.1:{port}/back?state=st&code=c0de-c0de").status_code == 501
        answer = httpx.get(f"http://127.0.0.1:{port}/back?state=st&code=c0de-c0de")
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert listener.wait(PATIENCE).code.get_secret_value() == "c0de-c0de"


def test_a_connection_a_browser_opens_ahead_holds_nothing_up() -> None:
    port = free_port()
    with listening(f"http://127.0.0.1:{port}/back", "st") as listener, socket.create_connection(("127.0.0.1", port)):
        httpx.get(f"http://127.0.0.1:{port}/back?state=st&code=c0de-c0de", timeout=PATIENCE)
        assert listener.wait(PATIENCE)


def test_a_profile_without_an_application_is_told_what_to_register(terminal: Terminal) -> None:
    del terminal.environ["WORKFRONT_CLIENT_ID"]
    done = terminal.run("login")
    assert done.exit_code == 2
    assert "names no OAuth 2 application" in done.stderr
    assert "http://localhost:8765/callback" in done.stderr


def test_a_profile_that_needs_no_browser_says_so(terminal: Terminal) -> None:
    terminal.set(CLIENT_SECRET="secret-of-app-1", IMS_ORG_ID="0@AdobeOrg")
    done = terminal.run("login")
    assert (done.exit_code, done.stderr) == (
        2,
        "error: Profile 'default' signs in by ims-server; that does not use a browser.\n",
    )


def test_a_token_that_cannot_be_kept_fails_the_sign_in(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Browser())
    terminal.set(TOKEN_FILE=str(terminal.folder / "file" / "token.json"))
    (terminal.folder / "file").write_text("not a folder")
    done = terminal.run("login")
    assert done.exit_code == 2
    assert "token" in done.stderr


class TestLogout:
    def test_the_token_is_removed_and_its_session_ended(
        self, terminal: Terminal, site: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use(monkeypatch, Browser())
        terminal.run("login")
        access = terminal.token()["access"]
        done = terminal.run("logout")
        assert (done.exit_code, done.stdout) == (0, "The token is removed, its session is ended.\n")
        assert not terminal.token_file.exists()
        assert calls(site, access) == 401
        assert "Nobody has signed in" in terminal.run("whoami").stderr

    def test_without_a_token_nothing_happens(self, terminal: Terminal) -> None:
        done = terminal.run("logout")
        assert (done.exit_code, done.stdout) == (0, "Nobody is signed in to profile default.\n")

    def test_the_token_goes_even_where_the_service_cannot_be_told(
        self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use(monkeypatch, Browser())
        terminal.run("login")
        done = terminal.run("logout", "--url", f"http://127.0.0.1:{free_port()}")
        assert done.exit_code == 0
        assert "could not be informed" in done.stdout
        assert not terminal.token_file.exists()

    @pytest.mark.usefixtures("site")
    def test_a_session_that_ended_before_is_no_failure(
        self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use(monkeypatch, Browser())
        terminal.run("login")
        text = terminal.token_file.read_text()
        terminal.run("logout")
        terminal.token_file.write_text(text)
        terminal.token_file.chmod(0o600)
        assert terminal.run("logout").exit_code == 0
        assert not terminal.token_file.exists()

    def test_a_token_others_could_read_is_removed(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        use(monkeypatch, Browser())
        terminal.run("login")
        terminal.token_file.chmod(0o644)
        assert "others could read" in terminal.run("logout").stdout
        assert not terminal.token_file.exists()
