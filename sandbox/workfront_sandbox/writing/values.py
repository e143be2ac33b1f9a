"""Values of a write, checked and brought into the form rows are stored in. docs/protocol.md 11."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.query.filter_groups import CONTROL, STEERING
from workfront_sandbox.query.wildcard import resolve
from workfront_sandbox.schema.following import TAKEN
from workfront_sandbox.schema.joins import Join
from workfront_sandbox.schema.overrides import ENUM_CLASSES, NOT_COMPUTED_CODES, PROOFING
from workfront_sandbox.store import sort_value
from workfront_sandbox.store.custom_field import CUSTOM
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import ApiError, invalid, not_computed, not_found
from workfront_sandbox.wire.json_value import Row, is_list, is_object, loads
from workfront_sandbox.writing import custom_value
from workfront_sandbox.writing.following import check_named, is_shown, refuse_own
from workfront_schema.wire_types import TypeKind, kind_of

_TOO_LARGE: Final = 2**63


@dataclass
class InputRow:
    """The values of one row: plain ones, and those of relations."""

    plain: Row = field(default_factory=dict[str, Any])
    related: list[tuple[Join, Any]] = field(default_factory=list[tuple[Join, Any]])


def read_entry(call: Call, code: str, values: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> InputRow:
    """Returns the entry of a JSON object: what is written to a new row, or to one as it was before.

    Raises ApiError for unknown fields and for values a field does not take.
    """
    entry = InputRow()
    for name, value in values.items():
        if name == "parameterValues" and call.schema.relation(code, name) is None and value is not None:
            if not is_object(value):
                raise invalid("parameterValues takes an object of fields and values")
            if not call.tenant.strict:
                for key, item in value.items():
                    _custom(call, entry, key if key.startswith(CUSTOM) else CUSTOM + key, item)
        elif name.startswith(CUSTOM):
            _custom(call, entry, name, value)
        else:
            _plain_or_related(call, code, entry, name, value, before or {})
    _check_named_once(values)
    return entry


def _check_named_once(values: Mapping[str, Any]) -> None:
    """Raises ApiError where a reference and its ID name two rows."""
    for name, value in values.items():
        named = value.get("ID") if is_object(value) else None
        if named and values.get(f"{name}ID") not in {None, named}:
            raise invalid(f"{name} and {name}ID name two rows: write one of them")


def _unknown(call: Call, code: str, name: str) -> ApiError:
    """Returns the refusal of a name that is no field, with what to do where it is one that steers calls."""
    refusal = call.names.unknown(code, name)
    if name not in CONTROL | STEERING:
        return refusal
    return invalid(f"{refusal.message}: {name} steers a call; with a JSON body it is read in the query alone")


def _custom(call: Call, entry: InputRow, name: str, value: Any) -> None:
    entry.plain[name] = custom_value.accept(call, name, value)


def _plain_or_related(call: Call, code: str, entry: InputRow, name: str, value: Any, before: Mapping[str, Any]) -> None:
    join = call.schema.relation(code, name)
    if join is not None and (key := _named_by(call, code, join, value)):
        _plain_or_related(call, code, entry, key, check_named(call, join.target, value)["ID"], before)
    elif join is not None:
        if join.near and value is not None and call.object(code).is_without_effect(join.near):
            call.tenant.without_effect(f"Field {name} ({call.object(code).name})")
        entry.related.append((join, _structure(join, value)))
    elif call.schema.leads_nowhere(code, name):
        raise not_computed(f"{name} ({call.object(code).name}), whose object type is not known")
    elif not call.names.writable(code, name):
        raise _unknown(call, code, name)
    elif name in {"ID", "objCode"}:
        _check_own_type(call, code, name, value)
    elif call.object(code).follows(name):
        if (code, name) not in TAKEN and not is_shown(call, code, name, value, before):
            refuse_own(call, code, name)
    elif (code, name) in PROOFING:
        if _accept(call, code, name, value):
            call.tenant.without_effect(f"Field {name} ({call.object(code).name})")
    else:
        if value is not None and call.object(code).is_without_effect(name):
            call.tenant.without_effect(f"Field {name} ({call.object(code).name})")
        if (code, name) != ("TASK", "taskConstraint") or _is_listed(call, code, name, value):
            entry.plain[name] = _accept(call, code, name, value)
        if entry.plain.get(name) in NOT_COMPUTED_CODES.get(name, ()) and before.get(name) != entry.plain[name]:
            call.tenant.without_effect(f"{name} {value} ({call.object(code).name}), rates by a hierarchy,")


def _check_own_type(call: Call, code: str, name: str, value: Any) -> None:
    """Raises ApiError where values say that they are of another object type than the row they are written to."""
    if name == "objCode" and value and call.schema.find(str(value)).code != code:
        raise invalid(f'Invalid Parameter: objCode value "{str(value)[:100]}": the row is a {call.object(code).name}')


def _named_by(call: Call, code: str, join: Join, value: Any) -> str | None:
    """Returns the field that holds the ID of a row which an object names for a reference, or None for other values."""
    if join.many or not is_object(value) or not value.get("ID") or join.near in {None, "ID"}:
        return None
    return join.near if join.near and call.names.writable(code, join.near) else None


def _is_listed(call: Call, code: str, name: str, value: Any) -> bool:
    """Returns whether a value is one of a field's codes; other texts for a constraint are ignored."""
    return value is None or any(str(value) == str(item.value) for item in call.object(code).fields[name].values)


def _structure(join: Join, value: Any) -> Any:
    """Returns the value of a relation, which a form writes as JSON text. Raises ApiError for one of the wrong shape."""
    if isinstance(value, str) and value.strip()[:1] in {"[", "{"}:
        try:
            value = loads(value)
        except ValueError as error:
            raise invalid(f"JSON parsing error: {join.name}: {error}"[:300]) from None
    if value == "":
        value = None
    if join.many and value is not None and not (is_list(value) and all(is_object(item) for item in value)):
        raise invalid(f"{join.name} takes a list of objects")
    if not join.many and value is not None and not is_object(value):
        raise invalid(f"{join.name} takes an object")
    return value


def _accept(call: Call, code: str, name: str, value: Any) -> Any:
    kind = call.tenant.kind(code, name)
    if value is None or (value == "" and (kind != "text" or name.endswith("ID"))):
        return None
    match kind:
        case "number":
            value = _whole(call, code, name, _number(name, value))
        case "boolean":
            value = _boolean(name, value)
        case "instant" | "date":
            value = _datetime(call, kind, value)
        case "list":
            value = _list(name, value)
            _check_members(call, code, name, value)
        case "text":
            value = _text(call, code, name, value)
        case _:
            pass
    _check_enum(call, code, name, value)
    return value


def _number(name: str, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _wrong(name, value)
    return sort_value.number(value) if isinstance(value, str) else sort_value.within(value)


def _whole(call: Call, code: str, name: str, value: Any) -> Any:
    """Returns a number as its field takes it. Raises ApiError for a fraction where only whole numbers are taken."""
    described = call.object(code).fields.get(name)
    if described is None or described.type is None or kind_of(described.type) is not TypeKind.INTEGER:
        return value
    if value != int(value) or abs(value) >= _TOO_LARGE:
        raise invalid(f'For input string: "{value}"', "java.lang.NumberFormatException")
    return int(value)


def _boolean(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).strip().lower() not in {"true", "false", "1", "0"}:
        raise _wrong(name, value)
    return str(value).strip().lower() in {"true", "1"}


def _datetime(call: Call, kind: str, value: Any) -> str:
    zone = call.tenant.clock.zone
    try:
        at = datetimes.parse(str(value), zone)
    except ValueError as error:
        raise invalid(str(error)[:200]) from None
    return datetimes.day(at, zone) if kind == "date" else datetimes.wire(at, zone)


def _list(name: str, value: Any) -> list[Any]:
    if is_list(value) and not any(is_object(item) or is_list(item) for item in value):
        return value
    if not isinstance(value, str):
        raise _wrong(name, value)
    return [part.strip() for part in str(value).split(",") if part.strip()]


def _check_members(call: Call, code: str, name: str, ids: Sequence[Any]) -> None:
    """Refuses a list of IDs that names a row there is none of."""
    join = call.schema.relation(code, name.removesuffix("IDs") + "s") if name.endswith("IDs") else None
    if join is None or not join.many or join.near is not None or join.list_field != name:
        return
    for one in ids:
        if call.store.get(join.target, str(one)) is None:
            raise ApiError(422, not_found(call.object(join.target).name, str(one)[:100]).message)


def _text(call: Call, code: str, name: str, value: Any) -> str:
    if is_object(value) or is_list(value):
        raise _wrong(name, value)
    text = value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    text = _check_reference(call, code, name, text)
    return call.schema.find(text).code if text and _names_type(name) else text


def _names_type(name: str) -> bool:
    """Returns whether a field holds the code of an object type: ``docObjCode``."""
    return name.lower().endswith("objcode")


def _check_reference(call: Call, code: str, name: str, object_id: str) -> str:
    """Returns the ID that a reference has, or the one a wildcard stands for. Refuses an ID that no row has."""
    join = call.object(code).references.get(name.removesuffix("ID")) if name.endswith("ID") else None
    if join is None or join.near != name or join.target not in call.schema.objects:
        return object_id
    found = resolve(object_id, call.caller)
    if len(found) == 1 and call.store.get(join.target, found[0]) is not None:
        return found[0]
    error = not_found(call.object(join.target).name, object_id[:100])
    raise ApiError(422, error.message)


def _check_enum(call: Call, code: str, name: str, value: Any) -> None:
    described = call.object(code).fields.get(name)
    if described is None or not described.values or value is None:
        return
    if code == "PARAM" and name in {"dataType", "displayType"}:
        return
    if is_list(value):
        for member in value:
            _check_enum(call, code, name, member)
        return
    plain = value.removesuffix(":A") if isinstance(value, str) else value
    enum_class = ENUM_CLASSES.get((code, name))
    if any(str(plain) == str(item.value) for item in described.values):
        return
    if enum_class is None:
        raise invalid(f'Invalid Parameter: {name} value "{str(value)[:100]}"')
    if not call.store.where("CSTEM", enumClass=enum_class, value=str(plain)):
        raise invalid(f"Invalid custom enum value(s) for field '{described.label}': ['{str(value)[:100]}']")


def _wrong(name: str, value: Any) -> ApiError:
    return invalid(f'Invalid Parameter: {name} value "{str(value)[:100]}"')
