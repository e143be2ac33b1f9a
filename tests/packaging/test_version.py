"""The version of the distribution, as programs ask for it."""

from __future__ import annotations

from importlib.metadata import version

import workfront_client


def test_the_package_tells_its_version() -> None:
    assert workfront_client.__version__ == version("workfront-client")
