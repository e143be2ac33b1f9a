"""A client of an API version whose support ends soon, or has ended, warns once a process. docs/upgrades.md."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Iterator

import pytest

from tests.support.waiting import PATIENCE
from workfront_client.v22 import AsyncWorkfront, Workfront
from workfront_core.auth import ApiKey
from workfront_core.client import support_warning
from workfront_core.client._sync.client import SyncClient
from workfront_core.client.support_warning import SILENCED_BY, month_ahead

ADDRESS = "https://acme.my.workfront.com"


@pytest.fixture(autouse=True)
def nobody_was_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support_warning, "_warned_of", set())


@pytest.fixture
def said() -> Iterator[list[warnings.WarningMessage]]:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        yield found


def client(ends: str | None, version: str = "v8.0") -> SyncClient:
    made: SyncClient = type("Old", (SyncClient,), {"api_version": version, "support_ends": ends})(
        ADDRESS, auth=ApiKey("key-of-ana-1234")
    )
    made.close()
    return made


@pytest.mark.parametrize(
    ("months", "word"), [(-12, "has ended"), (0, "has ended"), (1, "ends"), (6, "ends"), (7, None), (30, None)]
)
def test_it_warns_from_half_a_year_before_the_end(
    months: int, word: str | None, said: list[warnings.WarningMessage]
) -> None:
    client(month_ahead(months))
    assert [str(one.message).startswith(f"Support of Workfront API v8.0 {word} in ") for one in said] == [True] * bool(
        word
    )


def test_it_warns_once_for_each_version_at_the_line_that_made_the_client(said: list[warnings.WarningMessage]) -> None:
    for version in ("v8.0", "v8.0", "v9.0"):
        client(month_ahead(2), version)
    assert [one.category for one in said] == [DeprecationWarning] * 2
    assert {one.filename for one in said} == {__file__}


def test_it_is_silent_where_nobody_wants_it(
    said: list[warnings.WarningMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SILENCED_BY, "1")
    client(month_ahead(0))
    client(None)
    assert said == []


def test_generated_clients_know_the_end_of_their_version() -> None:
    assert Workfront.support_ends == AsyncWorkfront.support_ends == "2029-04"


@pytest.mark.parametrize("text", ["2026-12", "2027-01", "2026-01"])
def test_months_are_written_so_that_they_sort(text: str) -> None:
    assert len(month_ahead(int(text[-2:]))) == len(text)
    assert month_ahead(1) < month_ahead(2) < month_ahead(14)


def test_a_script_shows_it_with_the_line_of_its_own() -> None:
    program = (
        "from workfront_client import ApiKey\n"
        "from workfront_client.v22 import Workfront\n"
        "Workfront.support_ends = '2026-01'\n"
        f"Workfront('{ADDRESS}', auth=ApiKey('key-of-ana-1234'))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert ran.stderr.startswith("<string>:4: DeprecationWarning: Support of Workfront API v22.0 has ended in 2026-01")
