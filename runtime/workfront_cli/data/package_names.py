"""The names that a generated package of the tenant knows, out of its classes: they have custom fields besides."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from workfront_cli.connection.tenant_package import choosing
from workfront_cli.data.custom_descriptions import custom_codes
from workfront_cli.data.descriptions import described
from workfront_cli.data.session import model_of, package_of
from workfront_cli.names_file import ACTION
from workfront_core.errors import WorkfrontError
from workfront_core.query.model_fields import by_wire_name
from workfront_core.request.api_version import ApiVersion
from workfront_core.values.custom_field import fields_of

if TYPE_CHECKING:
    from workfront_core.models.model import WorkfrontObject


class PackageNames:
    """What the text file of names knows of a version, of a package that is not the one shipped.

    Args:
        package: its name; nothing is known of one that is not there.
        version: of the API, as written.
    """

    def __init__(self, package: str, version: str) -> None:
        self._package = package
        self._version = version

    def objects(self) -> list[str]:
        """Returns the objects as a person writes them: ``task``, ``customerUser``."""
        try:
            with choosing(self._package):
                names: list[str] = list(import_module(package_of(ApiVersion.parse(self._version))).OBJECTS.values())
        except WorkfrontError:
            return []
        return [f"{name[0].lower()}{name[1:]}" for name in names]

    def code_of(self, name: str) -> str | None:
        """Returns the objCode of an object by any of its names; ``None`` where there is none."""
        model = self._model(name)
        return None if model is None else model.obj_code

    def paths(self, code: str, begun: str) -> Iterator[str]:
        """Yields the members at the end of a path, with the path: ``assignedTo.na`` gives ``assignedTo.name``."""
        before, dot, last = begun.rpartition(".")
        for name in before.split(".") if before else ():
            code = self.target(code, name)
        names = sorted(by_wire_name(model)) if (model := self._model(code)) is not None else []
        yield from (f"{before}{dot}{name}" for name in names if name.lower().startswith(last.lower()))

    def target(self, code: str, member: str) -> str:
        """Returns the objCode of the object that a member leads to; empty where it leads to none."""
        model = self._model(code)
        found = by_wire_name(model).get(member) if model is not None else None
        target = found.relation.target() if found is not None and found.relation is not None else None
        return target.obj_code if target is not None else ""

    def codes(self, code: str, member: str) -> list[str]:
        """Returns the codes of a field; none where it has none."""
        model = self._model(code)
        if model is not None and member.startswith("DE:"):
            return [str(row["code"]) for row in custom_codes(model, member) if "code" in row]
        found = by_wire_name(model).get(member) if model is not None else None
        return [str(one.value) for one in found.codes] if found is not None and found.codes is not None else []

    def calls(self, code: str, kind: str) -> list[str]:
        """Returns the actions of an object, or its named queries."""
        wanted = "action" if kind == ACTION else "query"
        with choosing(self._package):
            rows = described(code, ApiVersion.parse(self._version), actions=True)
        return [str(row["name"]) for row in rows if row["kind"] == wanted]

    def custom(self, code: str) -> list[str]:
        """Returns the names of the custom fields of an object, sorted."""
        model = self._model(code)
        view: Any = None if model is None else model.custom
        return [] if view is None else sorted(fields_of(view))

    def _model(self, name: str) -> type[WorkfrontObject] | None:
        try:
            with choosing(self._package):
                return model_of(name, ApiVersion.parse(self._version)) if name else None
        except WorkfrontError:
            return None
