"""Small modules of one kind, laid out together: a tenant has hundreds, and each file costs more than its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workfront_codegen.render import Files

_FOLDER: Final = "/options/"
_JOINED: Final = "options_together.py"
"""Beside the package, so that no module of one can have its name."""
_BORDER: Final = "\n\n\n"
_MARK: Final = re.compile(r"^# module \d+\n", re.MULTILINE)
"""No text of a tenant begins a line: all of it stands in indented literals and docstrings."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Modules that import the same and then hold classes: what precedes the first class, and the rest, by path."""

    heads: Mapping[str, str]
    bodies: Mapping[str, str]

    def written(self) -> Files:
        """Returns the one file that holds all of them; none where there are none."""
        if not self.bodies:
            return {}
        parts = (f"# module {number}\n{body}" for number, body in enumerate(self.bodies.values()))
        return {_JOINED: _BORDER.join(parts)}

    def parted(self, formatted: Mapping[str, str]) -> Files:
        """Returns every module, its part of the formatted file behind its own head."""
        if not self.bodies:
            return {}
        parts = _MARK.split(formatted[_JOINED])[1:]
        together = zip(self.bodies, parts, strict=True)
        return {path: f"{self.heads[path]}{_BORDER}{part.rstrip()}\n" for path, part in together}


def alike(files: Files) -> Alike:
    """Returns the modules among ``files`` that can be laid out together: options of custom fields."""
    parted = {
        path: text.partition(f"{_BORDER}class ")
        for path, text in files.items()
        if _FOLDER in path and not path.endswith("/__init__.py")
    }
    heads = {path: head.rstrip() for path, (head, border, _) in parted.items() if border}
    return Alike(heads, {path: f"class {parted[path][2]}" for path in heads})
