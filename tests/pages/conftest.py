"""What tests of the pages share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.live import Listener, listening


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found
