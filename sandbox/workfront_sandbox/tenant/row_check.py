"""Rows that are inserted as they are, held against the metadata: no call would ever show what it does not know."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workfront_sandbox.schema.catalogue import Catalogue, ObjectSchema
from workfront_sandbox.schema.nearest import nearest
from workfront_sandbox.schema.overrides import ENUM_CLASSES
from workfront_sandbox.wire.json_value import is_list, is_object

CUSTOM_VALUES: Final = "parameterValues"
_EVERYWHERE: Final = frozenset({"ID", "objCode", CUSTOM_VALUES})
_SEEN: Final = frozenset({("PROJ", "flags"), ("USER", "password")})
"""Fields of rows on record that no metadata lists, and the password by which a user signs in."""
_MOST_LISTED: Final = 12


class RowRefused(ValueError):
    """A row has what its object type cannot have."""


@dataclass(frozen=True)
class RowCheck:
    """Looks at rows before they are inserted.

    Attributes:
        catalogue: the object types; a name of any version counts.
        added: the codes a tenant has for a field that it may add to, by class of codes.
    """

    catalogue: Catalogue
    added: Mapping[str, Collection[str]] = field(default_factory=dict[str, Collection[str]])
    _codes: dict[str, Mapping[str, Sequence[str] | None]] = field(
        default_factory=dict[str, Mapping[str, Sequence[str] | None]], compare=False
    )

    def check(self, code: str, rows: Sequence[object]) -> None:
        """Raises RowRefused for a name or a code that the object type lacks, and for rows within rows.

        Object types of which the metadata tells no fields may have any.
        """
        known = self.catalogue.types.get(code)
        if known is None:
            return
        seen: set[str] = set()
        for number, row in enumerate(rows, 1):
            place = f"row {number} of {code}"
            if not is_object(row):
                raise RowRefused(f"{place} is not an object")
            _check_own_id(row, place)
            if {*known.fields, *known.relations} - _EVERYWHERE:
                for name in row.keys() - seen:
                    self._check_name(known, name, row[name], place)
                seen |= row.keys() - known.relations.keys()
                _check_own_code(known, row, place)
            self._check_codes(known, row, place)

    def _check_name(self, known: ObjectSchema, name: str, value: object, place: str) -> None:
        if name in _EVERYWHERE or name in known.fields or ":" in name:
            return
        if name in known.relations:
            if value is not None and value != [] and not _is_list_of_texts(value):
                raise RowRefused(f"{place} has rows within it, under {name!r}: {_elsewhere(known, name)}")
            return
        if (known.code, name) not in _SEEN and not self.catalogue.has_field(known.code, name):
            names = {*known.fields, *_EVERYWHERE}
            raise RowRefused(f"{place} has the unknown field {name!r}{nearest(name, names)}")

    def _check_codes(self, known: ObjectSchema, row: Mapping[str, Any], place: str) -> None:
        for name, codes in self._coded(known).items():
            value = row.get(name)
            if value is None or value == "":
                continue
            if codes is None:
                self._check_type(name, value, place)
                continue
            for one in value if is_list(value) else [value]:
                plain = str(one).removesuffix(":A")
                if plain not in codes:
                    raise RowRefused(f"{place} has the unknown code {plain[:100]!r} under {name!r}{_of(codes)}")

    def _coded(self, known: ObjectSchema) -> Mapping[str, Sequence[str] | None]:
        """Returns the codes of every field that holds one; None for those that hold an objCode."""
        if known.code not in self._codes:
            self._codes[known.code] = {
                name: None if name.lower().endswith("objcode") else self._codes_of(known, name)
                for name, item in known.fields.items()
                if item.values or (name.lower().endswith("objcode") and name != "objCode")
            }
        return self._codes[known.code]

    def _codes_of(self, known: ObjectSchema, name: str) -> Sequence[str]:
        codes = [str(item.value) for item in known.fields[name].values]
        return [*dict.fromkeys([*codes, *self.added.get(ENUM_CLASSES.get((known.code, name), ""), ())])]

    def _check_type(self, name: str, value: object, place: str) -> None:
        code = str(value).upper()
        if code in self.catalogue.types:
            return
        names = {item.name for item in self.catalogue.newest.objects.values()}
        if code not in {word.upper() for word in names}:
            near = nearest(str(value), [*names, *self.catalogue.types])
            raise RowRefused(f"{place} has the unknown object type {str(value)[:100]!r} under {name!r}{near}")


def _check_own_code(known: ObjectSchema, row: Mapping[str, Any], place: str) -> None:
    own = row.get("objCode")
    if own and str(own).upper() not in {known.code, known.name.upper()}:
        raise RowRefused(f"{place} has the objCode {str(own)[:100]!r}")


def _check_own_id(row: Mapping[str, Any], place: str) -> None:
    """Raises RowRefused for an ID that no call could name, and for a number that JSON does not have."""
    if row.get("ID") is not None and not (isinstance(row["ID"], str) and row["ID"].strip()):
        raise RowRefused(f"{place} has {row['ID']!r:.80} under 'ID': an ID is a text")
    for name, value in row.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise RowRefused(f"{place} has {value} under {name!r}: JSON has no such number")


def _elsewhere(known: ObjectSchema, name: str) -> str:
    """Returns where the rows of a relation are written in a seed."""
    join = known.references.get(name)
    if join is not None and join.near:
        return f"write {join.near} here, and the row under {join.target}"
    target = known.members.get(name)
    return f"write them under {target}" if target else "write them under their own objCode"


def _of(codes: Sequence[str]) -> str:
    return f" (known: {', '.join(codes)})" if len(codes) <= _MOST_LISTED else ""


def _is_list_of_texts(value: object) -> bool:
    return is_list(value) and all(isinstance(item, str) for item in value)
