"""What ``python -m workfront_client`` tells: releases, API versions, where the settings are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, metadata
from pkgutil import iter_modules

from workfront_core.errors.kinds import QueryError
from workfront_core.profiles.settings import config_file
from workfront_core.request.api_version import ApiVersion

_DISTRIBUTION = "workfront-client"


def show(package: str) -> None:
    """Writes to the standard output what there is to know of a generated package."""
    sys.stdout.write("".join(f"{line}\n" for line in lines(package)))


def lines(package: str) -> Iterator[str]:
    """Yields what there is to know of a generated package."""
    yield from _releases()
    for version in _versions(package):
        support = ApiVersion.parse(version).support(datetime.now(UTC).date())
        yield f"API {version}: from {package}.v{version[1:].removesuffix('.0')} import Workfront; {support}"
    yield from _settings()


def _releases() -> Iterator[str]:
    try:
        about = metadata(_DISTRIBUTION)
    except PackageNotFoundError:
        yield f"{_DISTRIBUTION}, not installed as a distribution"
        return
    yield f"{_DISTRIBUTION} {about['Version']}"
    yield from (url.replace(", ", ": ", 1) for url in about.get_all("Project-URL") or ())


def _versions(package: str) -> list[str]:
    """Returns the API versions in a package, oldest first."""
    folders = [found.name for found in iter_modules(import_module(package).__path__) if found.name[1:2].isdecimal()]
    found = [str(import_module(f"{package}.{folder}").API_VERSION) for folder in folders if folder.startswith("v")]
    return sorted(found, key=lambda version: ApiVersion.parse(version).major)


def _settings() -> Iterator[str]:
    try:
        file = config_file()
    except QueryError as error:
        yield f"Settings: {error.message}"
        return
    yield f"Settings: {file}{'' if file.exists() else ', which is not there'}; variables WORKFRONT_... go before them"
