"""Fixtures for pytest. Importing this module loads nothing of the sandbox; the first use of a fixture does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from workfront_testing.factory import Factory
    from workfront_testing.sandbox_kit import SandboxKit

_MARK: Final = "workfront"
_SCHEMA: Final = "workfront_schema"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Makes the setting known that names a folder of snapshots of one's own."""
    parser.addini(_SCHEMA, "folder of snapshots that sandboxes of tests serve, too", type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Makes the mark known."""
    config.addinivalue_line(
        "markers", f"{_MARK}(seed='empty', **options): what the sandbox of a test begins with: seed='demo', strict=True"
    )


@pytest.fixture
def workfront_sandbox(request: pytest.FixtureRequest) -> Iterator[SandboxKit]:
    """Gives a sandbox without sockets, new for every test."""
    from workfront_testing import in_process

    with in_process(**_options(request)) as kit:
        yield kit


@pytest.fixture
def workfront_live_sandbox(request: pytest.FixtureRequest) -> Iterator[SandboxKit]:
    """Gives a sandbox that listens on a free port of loopback, new for every test."""
    from workfront_testing import live

    with live(**_options(request)) as kit:
        yield kit


@pytest.fixture
def workfront_factory() -> Factory:
    """Makes typed rows; the same IDs in every run."""
    from workfront_testing import Factory

    return Factory()


def _options(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Returns the options of a test's marks; the mark nearest to the test wins over those further away, and those over
    the setting.
    """
    folders: list[Any] = request.config.getini(_SCHEMA)
    marks = [mark.kwargs for mark in request.node.iter_markers(_MARK)]
    given = {name: value for kwargs in reversed(marks) for name, value in kwargs.items()}
    return {**({"schema": folders[0]} if folders else {}), **given}
