"""Enums of wire names, ``TaskField.NAME``, made out of the paths of an object type when somebody asks for them.

So the names stand in a package once, and who uses paths alone pays for no enum.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import Any, Final, cast

from workfront_core.lazy_exports import unknown_name
from workfront_core.models.field_names import mark_field_names
from workfront_core.nearest import did_you_mean
from workfront_core.query.path import ObjectPath, path_class, wire_names

__all__ = ["field_enums"]

_SUFFIX: Final = "Field"


def field_enums(
    module: str, table: Mapping[str, str]
) -> tuple[Callable[[str], type[StrEnum]], Callable[[], list[str]]]:
    """Returns the ``__getattr__`` and ``__dir__`` of a module of enums, which are made on first use and kept.

    Any number of threads may ask at once: they get the same class.

    Args:
        module: the module, beside the package ``paths``.
        table: the module in there that has the paths of each enum: ``{"TaskField": "task"}``.

    Raises:
        AttributeError: From ``__getattr__``, for a name that is not in the table; it names the nearest ones that are.
    """
    paths = f"{module.rpartition('.')[0]}.paths"

    def load(name: str) -> type[StrEnum]:
        if name not in table:
            raise unknown_name(module, name, partial(did_you_mean, known=table))
        object_name = name.removesuffix(_SUFFIX)
        made = _enum(module, name, path_class(paths, table[name], f"{object_name}Paths"))
        found: type[StrEnum] = vars(sys.modules[module]).setdefault(name, made)
        return found

    def names() -> list[str]:
        return sorted({*vars(sys.modules[module]), *table})

    return load, names


def _enum(module: str, name: str, paths: type[ObjectPath[Any]]) -> type[StrEnum]:
    members = {python_name.upper(): wire for python_name, wire in wire_names(paths).items()}
    made: type[StrEnum] = cast("Callable[..., type[StrEnum]]", StrEnum)(name, members, module=module, qualname=name)
    about = f"{name.removesuffix(_SUFFIX)} ({paths.obj_code})"
    made.__doc__ = f"Wire names of the fields, references and collections of {about}."
    mark_field_names(made, paths.obj_code)
    return made
