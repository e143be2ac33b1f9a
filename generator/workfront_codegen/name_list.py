"""The names of a version as one text, so that a shell's completion reads them without importing the package.

A line an object: objCode, class name, then its members with tabs between: ``name``, ``name>OBJECT`` for what leads to
another object, ``name=CODE,CODE`` for a field with codes; behind all of them its actions, ``name!``, and its named
queries, ``name?``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from workfront_codegen import ir

FILE: Final = "names.txt"
_PLAIN: Final = re.compile(r"[A-Za-z0-9_:.-]+")
"""Names and codes from metadata that can stand in a line without quotes."""


def name_list(package: ir.Package) -> str:
    """Returns the text, without its first line."""
    codes: dict[str, list[str]] = {
        enum.class_name: [str(member.value) for member in enum.members] for enum in package.enums
    }
    objects: dict[str, str] = {item.class_name: item.obj_code for item in package.objects}
    return "\n".join(_line(item, codes, objects) for item in package.objects)


def _line(item: ir.Object, codes: Mapping[str, list[str]], objects: Mapping[str, str]) -> str:
    return "\t".join([item.obj_code, item.class_name, *sorted(_members(item, codes, objects)), *_calls(item)])


def _calls(item: ir.Object) -> Iterator[str]:
    if item.service is not None:
        for sign, calls in (("!", item.service.actions), ("?", item.service.queries)):
            yield from (f"{one.wire}{sign}" for one in calls if _PLAIN.fullmatch(one.wire))


def _members(item: ir.Object, codes: Mapping[str, list[str]], objects: Mapping[str, str]) -> Iterator[str]:
    for member in item.members:
        if not _PLAIN.fullmatch(member.wire):
            continue
        if member.target is not None:
            yield f"{member.wire}>{objects.get(member.target.class_name, '')}"
        elif member.enum is not None:
            known = [code for code in codes.get(member.enum.class_name, ()) if _PLAIN.fullmatch(code)]
            yield f"{member.wire}={','.join(known)}"
        else:
            yield member.wire
