"""What tests of the sandbox share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.asking import Asker, bakery
from tests.sandbox.live import Listener, listening


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


@pytest.fixture
def ask() -> Asker:
    return bakery()
