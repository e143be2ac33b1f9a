"""What tests of the sandbox share."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import Asker, bakery
from tests.sandbox.live import listener as listener


@pytest.fixture
def ask() -> Asker:
    return bakery()
