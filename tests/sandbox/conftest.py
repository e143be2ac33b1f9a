"""What tests of the sandbox share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sandbox_live import Listener, listening


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found
