"""One object of one API version, and a client for it that only reads."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from workfront_cli.connection.project_file import project_file
from workfront_cli.connection.talk import hooks, patience
from workfront_cli.connection.tenant_package import DEFAULT_PACKAGE, chosen_package
from workfront_cli.names_file import installed_versions
from workfront_core.errors import QueryError, WriteRefused
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.language.objects import model_named
from workfront_core.request.write_guard import is_production

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_core.profiles.profile import Profile
    from workfront_core.request.api_version import ApiVersion

_ALIASES: Final = {"issue": "OPTASK", "request": "OPTASK"}


@dataclass(frozen=True, slots=True)
class Session:
    """A client, and the object that a command is about.

    Attributes:
        client: the generated client; it writes nothing, unless that was asked for.
        model: the class of the object's rows.
        service: what reads and writes them.
        profile: where it is connected to, and what the person may do there.
        usual: what the file beside the work says is shown of the object; ``None`` where it says nothing.
    """

    client: Any
    model: type[WorkfrontObject]
    service: Any
    profile: Profile
    usual: str | None = None


def model_of(name: str, version: ApiVersion) -> type[WorkfrontObject]:
    """Returns the class of an object by code or name, singular or plural: ``TASK``, ``task``, ``tasks``, ``issue``.

    Raises:
        QueryError: there is no such object, or no package of this version.
    """
    package = package_of(version)
    name = project_file().objects.get(name.lower(), name)
    wanted = _ALIASES.get(name.lower().removesuffix("s"), name)
    try:
        return model_named(wanted, package)
    except QueryError:
        if not wanted.lower().endswith("s"):
            raise
    for singular in (f"{wanted[:-3]}y" if wanted.lower().endswith("ies") else wanted[:-1], wanted[:-2]):
        try:
            return model_named(singular, package)
        except QueryError:
            continue
    return model_named(wanted, package)


def package_of(version: ApiVersion) -> str:
    """Returns the generated package of an API version.

    Raises:
        QueryError: it is not installed, or was not generated.
    """
    root = chosen_package()
    package = f"{root}.v{version.major}"
    try:
        is_generated = hasattr(import_module(package), "OBJECTS")
    except (ImportError, ValueError, TypeError):
        is_generated = False
    if not is_generated and root == DEFAULT_PACKAGE:
        raise QueryError(
            f"There is no package of API version {version} here.", hint=f"Installed: {', '.join(installed_versions())}."
        )
    if not is_generated:
        raise QueryError(
            f"There is no package {root!r:.80} of API version {version} here.",
            hint="Install it beside this command, or make it: workfront-codegen new. --package workfront_client does "
            "without.",
        )
    return package


@contextmanager
def session(connection: ConnectionOptions, object_name: str, *, writes: bool = False) -> Generator[Session]:
    """Opens a client for one object, until the block ends. It only reads, unless ``writes`` is given and the profile
    allows it.

    Raises:
        QueryError: the object or the version is unknown, or the settings are wrong.
        AuthenticationError: there is nothing to sign in with.
        WriteRefused: the profile only reads there.
    """
    version = connection.version()
    model = model_of(object_name, version)
    package = import_module(package_of(version))
    attribute = package.Workfront.services.get(model.obj_code)
    if attribute is None:
        raise QueryError(
            f"{model.__name__} has no rows of its own to read.", hint="Read it through an object it is in."
        )
    profile = connection.load()
    allowed = profile.allow_writes if writes else False
    if writes:
        _refuse_where_it_only_reads(profile)
    options = {"allow_writes": allowed, "hooks": hooks(), **patience()}
    with package.Workfront(profile.address, auth=profile.credential(), **options) as client:
        yield Session(client, model, getattr(client, attribute), profile, _usual(model, version))


def _usual(model: type[WorkfrontObject], version: ApiVersion) -> str | None:
    """Returns the fields that the file beside the work lists for an object. Raises QueryError for an unknown object."""
    listed = project_file().fields
    return {model_of(name, version).obj_code: fields for name, fields in listed.items()}.get(model.obj_code)


def _refuse_where_it_only_reads(profile: Profile) -> None:
    """Raises a WriteRefused before anything is read, where a write would be refused in the end."""
    only_reads = profile.allow_writes is False
    if only_reads or (profile.allow_writes == "sandbox" and is_production(profile.address)):
        where = "" if only_reads else " in production"
        raise WriteRefused(
            f"Profile {profile.name!r} only reads{where}; nothing was sent.",
            hint="Its setting allow_writes says so. --dry-run shows what would change.",
        )
