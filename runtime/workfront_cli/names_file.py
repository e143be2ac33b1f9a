"""The names of an installed API version, out of the text file beside its code; the code itself is not imported."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # the one of typing takes longer to import than all of this
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    class Named(Protocol):
        """What knows the names of an API version: its text file, or a package of the tenant."""

        def objects(self) -> list[str]:
            """Returns the objects as a person writes them: ``task``, ``customerUser``."""
            ...

        def code_of(self, name: str) -> str | None:
            """Returns the objCode of an object by code or name; ``None`` where there is none."""
            ...

        def paths(self, code: str, begun: str) -> Iterator[str]:
            """Yields the members at the end of a path, with the path."""
            ...

        def target(self, code: str, member: str) -> str:
            """Returns the objCode of the object that a member leads to; empty where it leads to none."""
            ...

        def codes(self, code: str, member: str) -> list[str]:
            """Returns the codes of a field; none where it has none."""
            ...

        def calls(self, code: str, kind: str) -> list[str]:
            """Returns the actions of an object, or its named queries."""
            ...


ACTION = "!"
QUERY = "?"
"""What stands behind the name of an action, and of a named query."""

_PACKAGE = "workfront_client"
_ALIASES = {"issue": "optask", "issues": "optask", "request": "optask", "requests": "optask"}


class Names:
    """Objects, their members and codes.

    Args:
        text: of the file, as the generator's ``name_list`` writes it.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._classes: list[str] = []
        for line in text.splitlines()[1:]:
            code, class_name, _ = f"{line}\t".split("\t", 2)
            self._lines[code] = line
            self._classes.append(class_name)
            self._codes[class_name.lower()] = self._codes[code.lower()] = code

    def objects(self) -> list[str]:
        """Returns the objects as a person writes them: ``task``, ``customerUser``."""
        return [f"{name[0].lower()}{name[1:]}" for name in self._classes]

    def code_of(self, name: str) -> str | None:
        """Returns the objCode of an object by code or name, singular or plural; ``None`` where there is none."""
        plain = name.replace("_", "").lower()
        plain = _ALIASES.get(plain, plain)
        singular = f"{plain[:-3]}y" if plain.endswith("ies") else plain[:-1]
        tried = [plain, *([singular, plain[:-2]] if plain.endswith("s") else [])]
        return next((self._codes[one] for one in tried if one in self._codes), None)

    def paths(self, code: str, begun: str) -> Iterator[str]:
        """Yields the members at the end of a path, with the path: ``assignedTo.na`` gives ``assignedTo.name``."""
        before, dot, last = begun.rpartition(".")
        for name in before.split(".") if before else ():
            code = self.target(code, name)
        names = self._members(code) if code in self._lines else {}
        return (f"{before}{dot}{name}" for name in sorted(names) if name.lower().startswith(last.lower()))

    def target(self, code: str, member: str) -> str:
        """Returns the objCode of the object that a member leads to; empty where it leads to none."""
        rest = self._members(code).get(member, "")
        return rest[1:] if rest.startswith(">") else ""

    def calls(self, code: str, kind: str) -> list[str]:
        """Returns the actions of an object, or its named queries.

        Args:
            code: of the object.
            kind: ``ACTION`` or ``QUERY``.
        """
        return [one[:-1] for one in self._lines.get(code, "").split("\t")[2:] if one.endswith(kind)]

    def codes(self, code: str, member: str) -> list[str]:
        """Returns the codes of a field; none where it has none."""
        rest = self._members(code).get(member, "")
        return rest[1:].split(",") if rest.startswith("=") and len(rest) > 1 else []

    def _members(self, code: str) -> dict[str, str]:
        """Returns what stands behind each member: ``>OBJECT``, ``=CODES``, or nothing."""
        found: dict[str, str] = {}
        for member in self._lines.get(code, "").split("\t")[2:]:
            if member.endswith((ACTION, QUERY)):
                break
            end = min((place for sign in ">=" if (place := member.find(sign)) >= 0), default=len(member))
            found[member[:end]] = member[end:]
        return found


def installed_versions() -> list[str]:
    """Returns the API versions whose names are installed, oldest first: ``v21.0``."""
    found: set[int] = set()
    for place in sys.path:
        try:
            names = os.listdir(f"{place}/{_PACKAGE}")  # noqa: PTH208 - pathlib takes longer to import than all of this
        except OSError:
            continue
        found |= {int(name[1:]) for name in names if name[:1] == "v" and name[1:].isdecimal()}
    return [f"v{major}.0" for major in sorted(found)]


def read_names(version: str) -> Names | None:
    """Returns the names of an API version written as ``v22.0`` or ``22``; ``None`` where it is not installed."""
    folder = f"v{version.lower().removeprefix('v').partition('.')[0]}"
    for place in sys.path:
        try:
            with open(f"{place}/{_PACKAGE}/{folder}/names.txt", encoding="utf-8") as file:  # noqa: PTH123 - see above
                return Names(file.read())
        except OSError:
            continue
    return None
