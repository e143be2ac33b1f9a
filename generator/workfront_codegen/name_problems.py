"""What keeps names from being given: collected over a whole run and told at once, with the overrides that settle it."""

from __future__ import annotations

from collections.abc import Iterable

from workfront_codegen.errors import CodegenError
from workfront_codegen.names import usable


class NameProblems:
    """Texts that no name can be made of, and paths (``fields.URL``, ``fields.url``) that came out as one name."""

    def __init__(self) -> None:
        self._fixes: dict[str, str] = {}

    def unnamed(self, obj_code: str, path: str, wire: str) -> str:
        """Notes that no name can be made of a text, and returns one to go on with until the end of the run."""
        self._note(f"{obj_code}: no Python name can be made of {wire!r} ({path})", obj_code, path)
        return f"unnamed_{len(self._fixes)}"

    def unfit(self, wire: str, name: str) -> None:
        """Notes that a custom field cannot have the name that people chose, or that a lock holds."""
        self._fixes[f"custom field {wire!r} cannot be called {name!r} (custom.{wire})"] = (
            f'[[custom]] wire = {wire!r}, name = "<name>"'
        )

    def unfit_name(self, obj_code: str, path: str, name: str) -> str:
        """Notes that something cannot have the name that people chose, or that a lock holds, and returns another."""
        why = (
            "Python or generated code needs it" if usable(name) else "write ASCII letters, digits and _, a letter first"
        )
        self._note(f"{obj_code}: {path!r} cannot be called {name!r}: {why}", obj_code, path)
        return f"unnamed_{len(self._fixes)}"

    def check(self, obj_code: str, names: Iterable[tuple[str, str]]) -> None:
        """Notes where two paths came out as one Python name."""
        seen: dict[str, str] = {}
        for name, path in names:
            other = seen.setdefault(name, path)
            if other != path:
                self._note(f"{obj_code}: {other!r} and {path!r} would both be called {name!r}", obj_code, path)

    def refuse(self) -> None:
        """Raises CodegenError with everything that was noted; nothing where nothing was."""
        if self._fixes:
            raise CodegenError("; ".join(self._fixes), f"add to overrides.toml: {', '.join(self._fixes.values())}")

    def _note(self, problem: str, obj_code: str, path: str) -> None:
        self._fixes[problem] = (
            f'[[fix]] object = "{obj_code}", path = {path!r}, op = "rename", value = "<name>", reason = "<why>"'
        )
