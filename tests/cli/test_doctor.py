"""``workfront doctor``: each way a setup can fail is told with what to do, and hides no other. docs/cli.md."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from tests.support import fault_host as fault
from tests.support.cli_kit import Terminal, free_port, served
from tests.support.fault_host import fault_host
from tests.support.loopback import Answer, Received, loopback
from tests.support.resilience_kit import tls_front
from workfront_cli.connection.connection import ConnectionOptions
from workfront_cli.doctor.doctor import CHECKS, examine
from workfront_cli.doctor.finding import CheckResult
from workfront_cli.doctor.setup import Diagnosis
from workfront_core.auth import Token
from workfront_core.auth.token_store import FileStore
from workfront_sandbox import Sandbox

TENANT = {
    "me": "5a01",
    "USER": [{"ID": "5a01", "name": "Ana Ray", "accessLevelID": "5a02"}],
    "ACSLVL": [{"ID": "5a02", "name": "Planner"}],
    "PROJ": [{"ID": "5a03", "name": "One"}, {"ID": "5a04", "name": "Two"}],
    "TASK": [{"ID": "5a05", "name": "Dig", "projectID": "5a03"}],
}
KEY = "key-of-ana-1234"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(Sandbox(TENANT)) as url:
        yield url


@pytest.fixture
def terminal(tmp_path: Path, site: str, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    found = Terminal(tmp_path)
    found.set(URL=site, API_KEY=KEY)
    return found


def examined(terminal: Terminal, *arguments: str) -> tuple[int, dict[str, Any]]:
    """Exit code, and findings by check."""
    done = terminal.run("doctor", "--json", *arguments)
    return done.exit_code, {finding["check"]: finding for finding in json.loads(done.stdout)}


def verdicts(findings: dict[str, Any]) -> dict[str, str]:
    return {check: finding["verdict"] for check, finding in findings.items()}


def test_a_sound_setup_is_ok_in_every_point(terminal: Terminal) -> None:
    code, findings = examined(terminal)
    assert (code, set(verdicts(findings).values()), list(findings)) == (0, {"ok"}, list(CHECKS))
    assert findings["signed in"]["seen"] == "as Ana Ray"
    assert findings["permissions"]["seen"] == "Access level Planner: sees 2 projects, 1 tasks, 0 issues"


def test_people_read_one_line_a_check_and_what_to_do(terminal: Terminal) -> None:
    del terminal.environ["WORKFRONT_API_KEY"]
    lines = terminal.run("doctor").stdout.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("problem  credential"))
    assert "holds no credential" in lines[place]
    assert lines[place + 1].strip() == "Set WORKFRONT_API_KEY, or sign in: workfront login."


def test_no_credential_is_shown(terminal: Terminal) -> None:
    assert KEY not in terminal.run("doctor").output + terminal.run("doctor", "--json").output


class TestSettings:
    def test_a_misspelt_variable_is_named_and_the_address_on_the_line_is_still_looked_at(
        self, terminal: Terminal, site: str
    ) -> None:
        terminal.set(APIKEY="x")
        code, findings = examined(terminal, "--url", site)
        assert code == 1
        assert "does not know WORKFRONT_APIKEY" in findings["settings"]["seen"]
        assert "WORKFRONT_API_KEY" in findings["settings"]["remedy"]
        assert {findings[check]["verdict"] for check in ("address", "DNS", "connection", "service", "clock")} == {"ok"}
        assert findings["credential"]["verdict"] == "skipped"

    def test_a_variable_that_sets_nothing_is_spoken_of(self, terminal: Terminal) -> None:
        terminal.set(TIMEOUT="5", API_VERSION="v21.0", PROJECT_ID="mine")
        code, findings = examined(terminal)
        assert (code, findings["settings"]["verdict"]) == (0, "warning")
        assert findings["settings"]["seen"] == "WORKFRONT_API_VERSION, WORKFRONT_TIMEOUT set nothing here."
        assert "from_env(timeout=...)" in findings["settings"]["remedy"]

    def test_a_missing_address_is_asked_for(self, terminal: Terminal) -> None:
        del terminal.environ["WORKFRONT_URL"]
        code, findings = examined(terminal)
        assert code == 1
        assert "names no address" in findings["address"]["seen"]
        assert "WORKFRONT_URL" in findings["address"]["remedy"]
        assert findings["credential"]["verdict"] == "ok"

    def test_plain_http_to_another_machine_is_refused_before_anything_is_sent(self, terminal: Terminal) -> None:
        _, findings = examined(terminal, "--url", "http://acme.my.workfront.com")
        assert "unencrypted" in findings["address"]["seen"]
        assert {findings[check]["verdict"] for check in ("DNS", "connection", "TLS", "service")} == {"skipped"}


class TestNetwork:
    def test_an_unknown_host_is_a_matter_of_dns(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        def nowhere(*_args: object, **_more: object) -> Any:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", nowhere)
        code, findings = examined(terminal, "--url", "https://acme.my.workfront.com")
        assert code == 1
        assert findings["DNS"]["seen"] == "There is no host acme.my.workfront.com:443."
        assert verdicts(findings)["connection"] == verdicts(findings)["clock"] == "skipped"
        assert "not known" in findings["version"]["seen"]

    def test_a_silent_name_server_is_told_apart(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        def silence(*_args: object, **_more: object) -> Any:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

        monkeypatch.setattr(socket, "getaddrinfo", silence)
        _, findings = examined(terminal, "--url", "https://acme.my.workfront.com")
        assert findings["DNS"]["remedy"] == "Is this machine online?"

    def test_a_refused_connection_is_told(self, terminal: Terminal) -> None:
        port = free_port()
        code, findings = examined(terminal, "--url", f"http://127.0.0.1:{port}")
        assert code == 1
        assert findings["DNS"]["verdict"] == "ok"
        assert findings["connection"]["seen"] == f"127.0.0.1:{port} refuses connections."

    def test_a_certificate_nobody_vouches_for_is_told_with_its_remedy(self, terminal: Terminal, tmp_path: Path) -> None:
        with tls_front(tmp_path) as url:
            code, findings = examined(terminal, "--url", url)
        assert code == 1
        assert findings["connection"]["verdict"] == "ok"
        assert "self-signed certificate" in findings["TLS"]["seen"]
        assert "SSL_CERT_FILE" in findings["TLS"]["remedy"]

    def test_a_trusted_certificate_of_another_host_is_told_apart(
        self, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with tls_front(tmp_path) as url:
            monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))
            _, findings = examined(terminal, "--url", url)
        assert findings["TLS"]["remedy"] == "The certificate belongs to another host: check the address."

    def test_plain_http_where_tls_is_expected_is_told(self, terminal: Terminal, site: str) -> None:
        _, findings = examined(terminal, "--url", site.replace("http:", "https:"))
        assert "TLS fails" in findings["TLS"]["seen"]
        assert "plain http" in findings["TLS"]["remedy"]

    def test_a_proxy_is_what_is_looked_at_and_its_password_is_not_shown(
        self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        port = free_port()
        monkeypatch.setenv("HTTPS_PROXY", f"http://ana:proxy-password-1@127.0.0.1:{port}")
        _, findings = examined(terminal, "--url", "https://acme.my.workfront.com")
        assert findings["connection"]["seen"] == f"proxy 127.0.0.1:{port} refuses connections."
        assert findings["TLS"]["verdict"] == "skipped"
        assert "proxy-password" not in json.dumps(findings)

    @pytest.mark.parametrize(
        ("proxy", "remedy"),
        [("ftp://x", "Write it like http://proxy"), ("garbage.invalid", "Mend HTTPS_PROXY, or unset")],
    )
    def test_a_proxy_that_is_none_is_told_by_its_variable(
        self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, proxy: str, remedy: str
    ) -> None:
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        _, findings = examined(terminal, "--url", "https://acme.my.workfront.com")
        assert remedy in json.dumps(findings)
        assert "itself failed" not in json.dumps(findings)


class TestService:
    @pytest.mark.parametrize(
        ("ahead", "verdict", "seen"),
        [
            (5, "ok", "agrees"),
            (90, "warning", "seconds behind"),
            (600, "problem", "seconds behind"),
            (-90, "warning", "seconds ahead of"),
        ],
    )
    def test_the_clock_is_judged_by_the_date_of_the_answer(
        self, terminal: Terminal, ahead: float, verdict: str, seen: str
    ) -> None:
        def answer(_asked: Received, _number: int) -> fault.Act:
            date = formatdate(round(time.time()) + ahead, usegmt=True)
            return fault.reply({"data": {"ID": "1", "name": "Ana"}}, headers={"Date": date})

        with fault_host(answer) as host:
            _, findings = examined(terminal, "--url", host.url)
        assert findings["clock"]["verdict"] == verdict
        assert seen in findings["clock"]["seen"]

    def test_a_page_in_place_of_the_api_is_told(self, terminal: Terminal) -> None:
        with fault_host(lambda _asked, _number: fault.html()) as host:
            code, findings = examined(terminal, "--url", host.url)
        assert code == 1
        assert "Something other than the API" in findings["service"]["seen"]

    def test_a_redirect_is_told_with_the_host_it_leads_to(self, terminal: Terminal) -> None:
        away = {"Location": "https://experience.adobe.com/workfront?token=1"}
        with loopback(lambda _asked: Answer(status=302, headers=away)) as server:
            _, findings = examined(terminal, "--url", server.url)
        assert findings["service"]["seen"] == "The service redirects elsewhere, to experience.adobe.com."
        assert "workfront.adobe.com" in findings["service"]["remedy"]

    def test_a_failing_service_is_a_warning_of_its_own(self, terminal: Terminal) -> None:
        with fault_host(lambda _asked, _number: fault.refusal(503, "maintenance")) as host:
            _, findings = examined(terminal, "--url", host.url)
        assert findings["service"]["seen"] == "The service is in trouble: 503 maintenance"

    @pytest.mark.parametrize("version", ["v99.0", "v14.0"])
    def test_a_version_nobody_serves_is_told(self, terminal: Terminal, version: str) -> None:
        code, findings = examined(terminal, "--api-version", version)
        assert code == 1
        assert findings["version"]["seen"] == f"The service does not serve {version}."
        assert findings["service"]["verdict"] == findings["credential"]["verdict"] == "ok"

    def test_a_version_a_service_does_not_list_is_told_with_those_it_does(self, terminal: Terminal) -> None:
        def answer(asked: Received) -> Answer:
            if asked.path.endswith("/info"):
                return Answer({"versions": [{"url": "https://acme.example/attask/api/v9.0"}, {"url": "/v21.0"}]})
            return Answer(status=404, raw=b'{"error":{"message":"no such thing"}}')

        with loopback(answer) as server:
            _, findings = examined(terminal, "--url", server.url)
        assert findings["version"]["remedy"] == "Take a version it serves, such as v9.0, v21.0."

    def test_a_version_whose_support_has_ended_is_a_warning(self, terminal: Terminal) -> None:
        code, findings = examined(terminal, "--api-version", "v15.0")
        assert (code, findings["version"]["verdict"]) == (0, "warning")
        assert findings["version"]["seen"] == "v15.0, support ended 2025-12"

    def test_a_version_that_is_none_does_not_keep_the_rest_from_being_looked_at(self, terminal: Terminal) -> None:
        code, findings = examined(terminal, "--api-version", "latest")
        assert (code, findings["version"]["verdict"]) == (1, "problem")
        assert findings["clock"]["verdict"] == findings["service"]["verdict"] == "ok"


class TestAccount:
    def test_a_refused_key_is_told_with_what_keys_are_about(self, terminal: Terminal) -> None:
        with served(Sandbox(strict=True)) as url:
            code, findings = examined(terminal, "--url", url)
        assert (code, findings["credential"]["verdict"], findings["signed in"]["verdict"]) == (1, "ok", "problem")
        assert "keys expire" in findings["signed in"]["remedy"]

    def test_an_expired_token_without_renewal_is_told(self, terminal: Terminal) -> None:
        del terminal.environ["WORKFRONT_API_KEY"]
        terminal.set(CLIENT_ID="app-1")
        FileStore(terminal.token_file).save(Token(SecretStr("access-token-1"), expires_at=1000.0))
        code, findings = examined(terminal)
        assert code == 1
        assert findings["credential"]["seen"] == "The stored token has expired and cannot be renewed."
        assert findings["signed in"]["remedy"] == "Sign in again: workfront login."

    def test_an_expired_token_is_renewed_where_it_can_be(self, terminal: Terminal) -> None:
        del terminal.environ["WORKFRONT_API_KEY"]
        terminal.set(CLIENT_ID="app-1")
        FileStore(terminal.token_file).save(
            Token(SecretStr("access-token-1"), SecretStr("refresh-token-1"), expires_at=1000.0)
        )
        code, findings = examined(terminal)
        assert code == 0
        assert "renewed" in findings["credential"]["seen"]
        assert terminal.token()["access"] != "access-token-1"

    def test_nobody_having_signed_in_is_told(self, terminal: Terminal) -> None:
        del terminal.environ["WORKFRONT_API_KEY"]
        terminal.set(CLIENT_ID="app-1")
        _, findings = examined(terminal)
        assert "Nobody has signed in" in findings["credential"]["seen"]
        assert findings["signed in"]["verdict"] == "skipped"

    def test_empty_results_of_a_technical_account_are_a_problem(self, terminal: Terminal) -> None:
        del terminal.environ["WORKFRONT_API_KEY"]
        terminal.set(IMS_TOKEN="token-of-ims-1234", IMS_ORG_ID="0@AdobeOrg")
        with served(Sandbox()) as url:
            code, findings = examined(terminal, "--url", url)
        assert (code, findings["signed in"]["verdict"]) == (1, "ok")
        assert findings["permissions"]["seen"] == "sees no projects, no tasks, no issues."
        assert "technical account" in findings["permissions"]["remedy"]

    def test_empty_results_of_a_user_are_a_warning(self, terminal: Terminal) -> None:
        with served(Sandbox()) as url:
            code, findings = examined(terminal, "--url", url)
        assert (code, findings["permissions"]["verdict"]) == (0, "warning")

    def test_an_account_that_cannot_see_itself_is_a_problem(self, terminal: Terminal) -> None:
        with loopback(lambda _asked: Answer([])) as server:
            code, findings = examined(terminal, "--url", server.url)
        assert code == 1
        assert "cannot see itself" in findings["signed in"]["seen"]

    def test_what_may_not_be_read_is_named(self, terminal: Terminal) -> None:
        def answer(asked: Received) -> Answer:
            if asked.path.endswith("/OPTASK/count"):
                return Answer(status=403, raw=b'{"error":{"message":"You do not have access to this object"}}')
            return Answer({"count": 3} if asked.path.endswith("/count") else {"ID": "1", "name": "Ana"})

        with loopback(answer) as server:
            code, findings = examined(terminal, "--url", server.url)
        assert (code, findings["permissions"]["verdict"]) == (0, "warning")
        assert "may not count issues" in findings["permissions"]["seen"]


def test_a_check_that_fails_itself_hides_no_other(monkeypatch: pytest.MonkeyPatch, site: str) -> None:
    def broken(_setup: Diagnosis) -> CheckResult:
        raise RuntimeError("of a key ring")

    monkeypatch.setattr("workfront_cli.doctor.doctor.CHECKS", {**CHECKS, "address": broken})
    findings = dict(examine(Diagnosis(ConnectionOptions(None, site, "v22.0"))))
    assert findings["address"].seen == "The check itself failed (RuntimeError)."
    assert findings["service"].verdict == "ok"
