"""Every check holds on the sandbox, and fails where the sandbox's answers to it are broken on their way."""

from __future__ import annotations

import httpx
import pytest

from tests.testing.conformance.breaking import BREAKS, Broken
from tests.testing.conformance.tenant import ROOT, server_of, tenant
from workfront_testing.conformance import CORPUS, Outcome, Server, examine
from workfront_testing.conformance.samples import Samples

pytestmark = pytest.mark.long

NUMBER = sum(map(len, CORPUS.values()))


@pytest.fixture(scope="module")
def noticed() -> dict[str, set[str]]:
    """The breaks that each check notices, by its rule."""
    found: dict[str, set[str]] = {check.rule: set() for checks in CORPUS.values() for check in checks}
    with tenant() as kit, server_of(kit) as whole:
        samples = Samples(whole)
        transport = Broken(httpx.HTTPTransport())
        with Server(kit.url + ROOT, {"apiKey": kit.api_key}, transport=transport) as server:
            assert {one.outcome for one in examine(server, CORPUS, samples)} == {Outcome.HOLDS}
            for name, how in BREAKS.items():
                transport.broken = how
                for one in examine(server, CORPUS, samples):
                    if one.outcome is Outcome.FAILS:
                        found[one.check.rule].add(name)
    return found


def test_every_check_notices_a_broken_answer(noticed: dict[str, set[str]]) -> None:
    assert len(noticed) == NUMBER
    assert [rule for rule, breaks in noticed.items() if not breaks] == []


def test_no_check_only_looks_whether_anything_is_there(noticed: dict[str, set[str]]) -> None:
    assert [rule for rule, breaks in noticed.items() if breaks == {"nulls"}] == []


@pytest.mark.parametrize("name", BREAKS)
def test_every_break_is_noticed_by_some_check(name: str, noticed: dict[str, set[str]]) -> None:
    assert any(name in breaks for breaks in noticed.values())
