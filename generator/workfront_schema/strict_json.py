"""JSON documents: read strictly, written so that equal content is equal bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NoReturn, TypeAlias, cast

from pydantic import JsonValue

from workfront_schema.errors import SchemaError

Document: TypeAlias = dict[str, JsonValue]


class _NotStrict(ValueError):
    """JSON that Python's parser would let pass."""


def parse(text: str | bytes, where: str) -> Document:
    """Returns the JSON object in ``text``, which came from ``where``.

    Raises SchemaError for anything but one whole object of standard JSON, and for a key given twice: of two
    definitions of a member one would be lost without a word.
    """
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except _NotStrict as error:
        raise SchemaError(f"{where}: {error}") from None
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"{where}: is not JSON, or not all of it ({error})") from None
    return mapping(value, where)


def render(document: Mapping[str, JsonValue]) -> str:
    """Returns ``document`` as JSON text: keys sorted, two blanks of indent, one newline at the end."""
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"


def mapping(value: object, where: str) -> Document:
    """Returns ``value``, made sure to be a JSON object. Raises SchemaError naming ``where``."""
    if not isinstance(value, dict):
        raise SchemaError(f"{where}: should be a JSON object, is {kind(value)}")
    return cast("Document", value)


def refuse_lone_surrogates(value: object, where: str) -> None:
    r"""Raises SchemaError naming the place of a text such as ``"\ud800"``, which no file in UTF-8 can hold."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        place, text = next(_unencodable(value, where))
        raise SchemaError(f"{place}: {ascii(text)[:80]} holds a lone surrogate, half a character") from None


def _unencodable(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            yield ascii(place)[1:-1], value
    elif isinstance(value, Mapping):
        for key, inner in cast("Mapping[str, object]", value).items():
            yield from _unencodable(key, place)
            yield from _unencodable(inner, f"{place} {key}")
    elif isinstance(value, list | tuple):
        for inner in cast("Sequence[object]", value):
            yield from _unencodable(inner, place)


def kind(value: object) -> str:
    """Returns what JSON calls a value of this type."""
    names: dict[type[object], str] = {
        dict: "an object",
        list: "an array",
        str: "a string",
        bool: "a boolean",
        type(None): "null",
    }
    return names.get(type(value), "a number")


def _object(pairs: Iterable[tuple[str, JsonValue]]) -> Document:
    found: Document = {}
    for key, value in pairs:
        if key in found:
            raise _NotStrict(f"key {key!r} is given twice in one object")
        found[key] = value
    return found


def _refuse_constant(constant: str) -> NoReturn:
    raise _NotStrict(f"{constant} is not a JSON value")
