"""Values of custom fields in a write: what each kind of field takes. docs/protocol.md 11.1."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.store import sort_value
from workfront_sandbox.store.custom_field import CUSTOM, CustomField
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import ApiError, invalid, not_found
from workfront_sandbox.wire.json_value import is_list, is_object, loads, text_of
from workfront_schema.custom_fields import FieldKind

_NUMBERS: Final = frozenset({FieldKind.NUMBER, FieldKind.MONEY})
_MOST_OF_A_NUMBER: Final = 16
_MOST_OF_A_RICH_TEXT: Final = 15_000
"""Characters that a number and a text with formatting hold at most; zeros that lead a number do not count."""


def accept(call: Call, name: str, value: Any) -> Any:
    """Returns the value of ``DE:<name>`` as it is stored. Raises ApiError for one the field does not hold.

    Where the tenant defines custom fields, there are no others. A lenient tenant that defines none takes any name, so
    that a test need not define what it writes.
    """
    own, custom = name.removeprefix(CUSTOM), call.tenant.custom
    field = custom.find(own)
    if field is None:
        if custom.is_label(own) or ((call.tenant.strict or custom.are_defined) and not custom.known(own)):
            raise not_found("Parameter", own[:200])
        return None if value == "" else value
    if field.is_computed:
        raise invalid(f"{name} is calculated and cannot be written")
    if field.is_without_value:
        raise invalid(f"{name} holds no value and cannot be written")
    if value is None or value in ("", []):
        return None
    return _several(call, field, name, value) if field.holds_many else _one(call, field, name, value)


def _several(call: Call, field: CustomField, name: str, value: Any) -> list[Any]:
    items = value if is_list(value) else [value]
    return list(dict.fromkeys(_one(call, field, name, item) for item in items))


def _one(call: Call, field: CustomField, name: str, value: Any) -> Any:
    if field.holds_any:
        return value
    if is_object(value) or is_list(value):
        raise _wrong(name, value)
    if field.is_choice:
        return _choice(field, name, value)
    if field.target:
        return _reference(call, field.target, name, value)
    if field.value_kind in _NUMBERS:
        return _number(name, value)
    if field.kind in {"date", "instant"}:
        return _datetime(call, field, name, value)
    return _rich(call, name, text_of(value)) if field.value_kind is FieldKind.RICH else text_of(value)


def _choice(field: CustomField, name: str, value: Any) -> str:
    """Returns the value of one of the field's options; labels are none."""
    if text_of(value) not in field.choices:
        raise _wrong(name, value)
    return text_of(value)


def _reference(call: Call, target: str, name: str, value: Any) -> str:
    """Returns the ID of the row a field points at."""
    if not isinstance(value, str):
        raise _wrong(name, value)
    if target in call.schema.objects and call.store.get(target, value) is None:
        raise ApiError(422, f"{name}: {not_found(call.object(target).name, value[:100]).message}")
    return value


def _number(name: str, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _wrong(name, value)
    try:
        found = sort_value.number(value) if isinstance(value, str) else sort_value.within(value)
    except ApiError:
        raise _wrong(name, value) from None
    if len(_digits(value)) > _MOST_OF_A_NUMBER:
        raise invalid(f"{name} holds a number of {_MOST_OF_A_NUMBER} characters at most")
    return found


def _digits(value: float | str) -> str:
    """Returns a number as it is written out, without the zeros that lead it."""
    plain = format(Decimal(str(value).strip()), "f")
    sign = plain[:1] if plain[:1] in {"-", "+"} else ""
    return sign + (plain.removeprefix(sign).lstrip("0") or "0")


def _datetime(call: Call, field: CustomField, name: str, value: Any) -> str:
    zone = call.tenant.clock.zone
    try:
        at = datetimes.parse(str(value), zone)
    except ValueError:
        raise _wrong(name, value) from None
    if field.kind != "date":
        return datetimes.wire(at, zone)
    if at.time() != time.min:
        raise invalid(f'{name} holds a day, and "{text_of(value)[:100]}" has a time of day')
    return at.date().isoformat()


def _rich(call: Call, name: str, text: str) -> str:
    """Returns a text with formatting: blocks need an entity map beside them, be it empty.

    What the service does with plain text in its place is not on record; a strict tenant refuses it.
    """
    try:
        found = loads(text)
    except ValueError:
        found = None
    if len(_words(found, text)) > _MOST_OF_A_RICH_TEXT:
        raise invalid(f"{name} holds a text of {_MOST_OF_A_RICH_TEXT} characters at most")
    if not (is_object(found) and "blocks" in found):
        if call.tenant.strict:
            raise invalid(f"{name} holds text with formatting: write blocks and entityMap as JSON, no plain text")
    elif not is_object(found.get("entityMap")):
        raise invalid(f"{name}: entityMap is missing beside blocks: write an empty object where nothing is linked")
    return text


def _words(found: Any, text: str) -> str:
    """Returns the words of a text with formatting, which count without the JSON around them."""
    blocks = found.get("blocks") if is_object(found) else None
    if not is_list(blocks):
        return text
    return "\n".join(text_of(block.get("text") or "") for block in blocks if is_object(block))


def _wrong(name: str, value: Any) -> ApiError:
    return invalid(f'Invalid Parameter: {name} value "{text_of(value)[:100]}"')
