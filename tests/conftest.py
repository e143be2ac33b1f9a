"""No test may let a secret out: log records, errors, representations and local variables of our frames are searched."""

from __future__ import annotations

import gc
import importlib.util
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import certifi
import pytest
from hypothesis import HealthCheck, settings
from pydantic import SecretStr

from tests.support.secret_watch import Watch
from workfront_core.errors import WorkfrontError
from workfront_core.request.request import Request

# A slow example on a busy machine is no fault; what a test asserts is.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

# httpcore looks for it once a lock, and searches all of sys.path again where it is not installed: a third of a call.
if importlib.util.find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]


def _after(watch: Callable[..., None], original: Callable[..., Any]) -> Callable[..., Any]:
    def both(self: Any, *args: Any, **more: Any) -> Any:
        result = original(self, *args, **more)
        watch(self, *args)
        return result

    return both


# What a shell starts in the background, no Ctrl-C reaches; tests send it to themselves and to what they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Takes modules and tests out of the garbage collector's sight, which would look through them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def one_authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Clients trust one authority instead of all: reading those takes more time than most tests do."""
    first, end, _ = Path(certifi.where()).read_text("ascii", "ignore").partition("-----END CERTIFICATE-----\n")
    file = tmp_path_factory.mktemp("authority") / "one.pem"
    file.write_text(first + end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(file))
        yield


@pytest.fixture(autouse=True)
def no_secret_shows(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Fails a test that lets a secret out. Secrets are what credentials and wrapped texts were made of."""
    watch = Watch()
    monkeypatch.setattr(SecretStr, "__init__", _after(lambda _, value: watch.add_secret(value), SecretStr.__init__))
    for kind, seen in ((WorkfrontError, watch.errors), (Request, watch.requests)):
        monkeypatch.setattr(kind, "__init__", _after(lambda made, *_, seen=seen: seen.append(made), kind.__init__))
    logger = logging.getLogger()
    own = logging.getLogger("workfront")
    level, own_level = logger.level, own.level
    logger.addHandler(watch)
    own.setLevel(logging.DEBUG)
    yield watch
    logger.removeHandler(watch)
    logger.setLevel(level)
    own.setLevel(own_level)
    assert watch.leaks() == []
