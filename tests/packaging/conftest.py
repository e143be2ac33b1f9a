"""The wheel and its environments: made once in a run of the tests, and left as they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.installed import add_stock, build, install, interpreter, learn
from tests.support.once import once


@pytest.fixture(scope="module", autouse=True)
def all_authorities(one_authority: None) -> Iterator[None]:  # noqa: ARG001
    """What installs packages trusts whom the machine trusts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SSL_CERT_FILE")
        yield


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return next(once(tmp_path_factory, "wheel", build).glob("*.whl"))


@pytest.fixture(scope="session")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds the wheel and its dependencies alone."""
    return interpreter(once(tmp_path_factory, "clean", lambda folder: install(folder, wheel)))


@pytest.fixture(scope="session")
def stocked(wheel: Path, clean: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with extras too, and pytest and mypy."""
    return interpreter(once(tmp_path_factory, "stocked", lambda folder: add_stock(folder, clean, wheel)))


@pytest.fixture(scope="module")
def known_to_mypy(clean: Path, stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of its cache, in which it knows what is installed."""
    known = once(tmp_path_factory, "known-to-mypy", lambda folder: learn(folder, clean, stocked))
    return shutil.copytree(known, tmp_path_factory.mktemp("mypy"), dirs_exist_ok=True)
