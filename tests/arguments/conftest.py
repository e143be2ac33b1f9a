"""One small tenant for all calls of a module."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from tests.arguments.world import World, world


@pytest.fixture(scope="module")
def small_tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("files")
    with world(folder) as made, contextlib.chdir(folder):  # a name that is a text is a file to write
        yield made
