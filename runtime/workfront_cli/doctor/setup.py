"""A setup as ``doctor`` looks at it: each fact is found out once, when a check asks for it, or is the error met."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from typing import Final, TypeVar

from workfront_cli.account.identity import Row, current_user
from workfront_cli.connection.connection import ConnectionOptions, connect
from workfront_cli.doctor.greeting import ServiceInfo, fetch_service_info
from workfront_cli.doctor.route import Route, route_to
from workfront_core.client._sync.client import SyncClient
from workfront_core.errors import PermissionDenied, WorkfrontError
from workfront_core.http_library import httpx
from workfront_core.profiles.profile import Profile
from workfront_core.request.address import api_root
from workfront_core.request.api_version import DEFAULT, ApiVersion
from workfront_core.request.request import Request

T = TypeVar("T")

PATIENCE: Final = 15.0
"""Seconds any single question may take."""


class Diagnosis:
    """Settings, and what happens when they are used.

    Args:
        choice: the options of the command.
        clock: seconds since 1970.
    """

    def __init__(self, choice: ConnectionOptions, clock: Callable[[], float] = time.time) -> None:
        self.choice = choice
        self.clock = clock

    @cached_property
    def profile(self) -> Profile | WorkfrontError:
        return outcome(self.choice.load)

    @cached_property
    def version(self) -> ApiVersion | WorkfrontError:
        return outcome(self.choice.version)

    @cached_property
    def root(self) -> httpx.URL | WorkfrontError:
        """The versioned root; that of the default version where the one asked for is none."""
        return outcome(self._root)

    @cached_property
    def route(self) -> Route | WorkfrontError:
        root = self.root
        return root if isinstance(root, WorkfrontError) else outcome(lambda: route_to(root))

    @cached_property
    def greeting(self) -> ServiceInfo | WorkfrontError:
        """What the service says to somebody who is not signed in."""
        return outcome(lambda: fetch_service_info(self._address(), self._version(), self.clock, PATIENCE))

    @cached_property
    def account(self) -> Row | WorkfrontError:
        """The calling user."""
        return outcome(lambda: self._ask(current_user) or _unseen())

    def ask(self, request: Request[T]) -> T | WorkfrontError:
        """Sends a request; returns its result, or the error met instead."""
        return outcome(lambda: self._ask(lambda wf: wf.send(request)))

    def _root(self) -> httpx.URL:
        return httpx.URL(api_root(self._address(), str(self._version())))

    def _version(self) -> ApiVersion:
        """Returns the version asked for; the default one where that is none."""
        version = self.version
        return ApiVersion.parse(DEFAULT) if isinstance(version, WorkfrontError) else version

    def _address(self) -> str:
        """Returns the address: that of the command line, which needs no other settings, else the profile's."""
        return self.choice.url or _value(self.profile).address

    def _ask(self, question: Callable[[SyncClient], T]) -> T:
        with connect(_value(self.profile), _value(self.version), total_timeout=PATIENCE) as wf:
            return question(wf)


def outcome(make: Callable[[], T]) -> T | WorkfrontError:
    """Returns a value, or the error met instead."""
    try:
        return make()
    except WorkfrontError as error:
        return error


def _value(found: T | WorkfrontError) -> T:
    if isinstance(found, WorkfrontError):
        raise found
    return found


def _unseen() -> Row:
    raise PermissionDenied(
        "The credential is accepted, but its account cannot see itself.", hint="Give it access to Workfront."
    )
