"""What the tools of an assistant work with: one client, the objects it may ask about, and what it may write."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from workfront_cli.connection.talk import hooks, patience
from workfront_cli.data.session import Session, model_of, package_of
from workfront_core.errors import QueryError, WriteRefused
from workfront_core.request.write_guard import is_production

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_core.models.model import WorkfrontObject
    from workfront_core.profiles.profile import Profile
    from workfront_core.request.api_version import ApiVersion
    from workfront_core.request.write_guard import WritePolicy

SANDBOX: Final = "sandbox"
PRODUCTION: Final = "production"
DRY_RUN: Final = "dry-run"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an assistant may do at most.

    Attributes:
        writes: where plans are applied: ``sandbox``, ``production`` too, or only as a ``dry-run``; ``None`` for never.
        objects: names of the objects it may ask about; all where there are none.
        max_rows: rows a call.
        max_writes: objects a plan.
    """

    writes: str | None = None
    objects: Sequence[str] = ()
    max_rows: int = 50
    max_writes: int = 25


@dataclass(frozen=True, slots=True)
class Desk:
    """A client and its bounds.

    Attributes:
        client: the generated client; writes nothing.
        writer: the one that plans are applied with.
        profile: where it is connected to.
        version: of the API.
        bounds: what may be done.
        codes: of the objects that may be asked about; ``None`` for all.
    """

    client: Any
    writer: Any
    profile: Profile
    version: ApiVersion
    bounds: Bounds
    codes: frozenset[str] | None

    @property
    def in_production(self) -> bool:
        """Whether its address counts as production."""
        return is_production(self.profile.address)

    def model(self, name: str) -> type[WorkfrontObject]:
        """Returns the class of an object.

        Raises:
            QueryError: there is no such object, or it is none of those that may be asked about.
        """
        found = model_of(name, self.version)
        if self.codes is not None and found.obj_code not in self.codes:
            listed = ", ".join(sorted(self.codes))
            raise QueryError(f"{found.__name__} is not open to this server.", hint=f"It was started for {listed}.")
        return found

    def about(self, name: str, *, client: Any = None) -> Session:
        """Returns a client together with an object and what reads its rows; the one that only reads unless given.

        Raises:
            QueryError: there is no such object, it has no rows, or may not be asked about.
        """
        model = self.model(name)
        used = self.client if client is None else client
        attribute = used.services.get(model.obj_code)
        if attribute is None:
            raise QueryError(f"{model.__name__} has no rows of its own.", hint="Read it through an object it is in.")
        return Session(used, model, getattr(used, attribute), self.profile)


@contextmanager
def open_desk(connection: ConnectionOptions, bounds: Bounds) -> Generator[Desk]:
    """Opens a client for the tools, until the block ends.

    Raises:
        QueryError: settings, version or objects are wrong.
        WriteRefused: writes are asked for where the profile only reads, or in production by the word for sandboxes.
        AuthenticationError: there is nothing to sign in with.
    """
    version = connection.version()
    package = import_module(package_of(version))
    codes = frozenset(model_of(name, version).obj_code for name in bounds.objects) or None
    profile = connection.load()
    allowed = _allowed(profile, bounds)
    credential, options = profile.credential(), {"hooks": hooks(), **patience()}
    with (
        package.Workfront(profile.address, auth=credential, allow_writes=False, **options) as reader,
        package.Workfront(profile.address, auth=credential, allow_writes=allowed, **options) as writer,
    ):
        yield Desk(reader, writer, profile, version, bounds, codes)


def _allowed(profile: Profile, bounds: Bounds) -> WritePolicy:
    """Returns what the client may write; a profile's own bound is never widened."""
    if bounds.writes not in (SANDBOX, PRODUCTION):
        return False
    if profile.allow_writes is False:
        raise WriteRefused(
            f"Profile {profile.name!r} only reads.",
            hint="Its setting allow_writes says so; dry-run sends none.",
        )
    in_production = is_production(profile.address)
    if in_production and (bounds.writes == SANDBOX or profile.allow_writes == SANDBOX):
        raise WriteRefused(
            f"{profile.address} is production, and writes are allowed in sandboxes.",
            hint="Take a profile of a sandbox, or --allow-writes dry-run.",
        )
    return profile.allow_writes
