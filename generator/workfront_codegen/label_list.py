"""The labels of a version as one text, which tables read when they are made, so that importing a model costs nothing.

A JSON list a line: wire name and label, and the objCode where an object calls the member otherwise than most do. A
member that is not there is called as on the wire.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from workfront_codegen import ir
from workfront_schema.custom_fields import CUSTOM_PREFIX

FILE: Final = "labels.txt"


def label_list(package: ir.Package) -> str:
    """Returns the text, without its first line."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for item in package.objects:
        for wire, label in _labels(item):
            found[wire][label] += 1
    usual = {wire: labels.most_common(1)[0][0] for wire, labels in sorted(found.items())}
    lines = [[wire, label] for wire, label in usual.items() if label != wire]
    for item in package.objects:
        lines += ([wire, label, item.obj_code] for wire, label in sorted(_labels(item)) if label != usual[wire])
    return "\n".join(json.dumps(line) for line in lines)


def _labels(item: ir.Object) -> Iterator[tuple[str, str]]:
    yield from ((member.wire, _plain(member.label)) for member in item.members)
    yield from ((f"{CUSTOM_PREFIX}{custom.wire}", _plain(custom.label)) for custom in item.custom)


def _plain(label: str) -> str:
    return " ".join(label.split())
