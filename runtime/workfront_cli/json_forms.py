"""What each command writes with ``--json``, as JSON Schema: a contract, changed only with a version."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

Form: TypeAlias = dict[str, Any]

_TEXT: Final[Form] = {"type": "string"}
_NUMBER: Final[Form] = {"type": "integer", "minimum": 0}
_TRUTH: Final[Form] = {"type": "boolean"}
_ANY: Final[Form] = {}


def _maybe(form: Form) -> Form:
    return {"anyOf": [form, {"type": "null"}]}


def _several(form: Form) -> Form:
    return {"type": "array", "items": form}


def _either(*forms: Form) -> Form:
    return {"anyOf": list(forms)}


def _object(**members: Form) -> Form:
    """Returns the form of an object that has these members, all of them and no others."""
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


_MAYBE_TEXT: Final = _maybe(_TEXT)
_ROW: Final[Form] = {"type": "object"}
"""A row of the service: members by wire name, related rows within it."""
_ROWS: Final = _several(_ROW)
_PROBLEM: Final = _object(ID=_TEXT, name=_MAYBE_TEXT, error=_TEXT, hint=_MAYBE_TEXT)
_PLAN: Final = _object(
    dryRun={"const": True}, verb=_TEXT, object=_TEXT, place=_TEXT, number=_NUMBER,
    changes=_several(_object(
        ID=_MAYBE_TEXT, name=_MAYBE_TEXT,
        fields={"type": "object", "additionalProperties": _object(old=_ANY, new=_ANY)},
    )),
)  # fmt: skip
_FILE_JOB: Final[Form] = {
    **_object(done=_NUMBER, failed=_NUMBER, unknown=_NUMBER, notSent=_NUMBER, error=_MAYBE_TEXT,
              failedRows=_MAYBE_TEXT, created=_MAYBE_TEXT, job=_TEXT),
    "required": ["done", "failed", "unknown", "notSent", "error"],
}  # fmt: skip
_HEALTH: Final = _object(
    successes=_NUMBER, failures=_NUMBER, disabled_at=_MAYBE_TEXT, frozen_at=_MAYBE_TEXT, state=_TEXT
)
_SUBSCRIPTION: Final = _object(
    id=_TEXT, obj_code=_TEXT, event_type=_TEXT, url=_TEXT, object_id=_MAYBE_TEXT, auth_token=_TEXT,
    filters=_several(_ROW), connector=_TEXT, is_base64=_TRUTH, version=_TEXT, created_at=_MAYBE_TEXT, health=_HEALTH,
    is_new=_TRUTH,
)  # fmt: skip
_STATE: Final = _object(
    table=_TEXT, object=_TEXT, rows=_NUMBER, gone=_NUMBER, runs=_NUMBER, run=_MAYBE_TEXT, cursor=_MAYBE_TEXT,
    swept=_MAYBE_TEXT, late_max={"type": "number"}, missing=_NUMBER, must_read_all=_MAYBE_TEXT,
)  # fmt: skip
_SYNCED: Final = _object(
    table=_TEXT, kind=_MAYBE_TEXT, read=_NUMBER, added=_NUMBER, changed=_NUMBER, gone=_NUMBER, calls=_NUMBER,
    misfits=_NUMBER, drift=_ANY, warnings=_several(_TEXT),
)  # fmt: skip


def _written(verb: str) -> Form:
    """Returns the form of a write of many objects, or of what it would do."""
    done = _object(**{
        verb: _several(_TEXT), "failed": _several(_PROBLEM), "unknown": _several(_PROBLEM), "notSent": _NUMBER,
        "error": _MAYBE_TEXT,
    })  # fmt: skip
    return _either(done, _PLAN)


ERROR: Final[Form] = {
    **_object(error={
        **_object(kind=_TEXT, message=_TEXT, hint=_MAYBE_TEXT, status=_maybe(_NUMBER), start=_NUMBER, end=_NUMBER),
        "required": ["kind", "message", "hint", "status"],
    }),
}  # fmt: skip
"""What stands on the error stream where a command ends by an error; ``start`` and ``end`` are places in a condition."""

FORMS: Final[dict[str, Form]] = {
    "get": _ROWS,
    "search": _ROWS,
    "query": _ROWS,
    "report": _ROWS,
    "describe": _several({"type": "object", "additionalProperties": _either(_TEXT, {"type": ["boolean", "null"]})}),
    "count": _object(count=_NUMBER),
    "export": _object(file=_TEXT, rows=_NUMBER),
    "download": _several(_either(_object(ID=_TEXT, file=_TEXT), _object(ID=_TEXT, error=_TEXT))),
    "create": _either(_ROW, _PLAN, _FILE_JOB),
    "copy": _either(_ROW, _PLAN),
    "update": _either(_written("updated"), _FILE_JOB),
    "delete": _either(_written("deleted"), _FILE_JOB),
    "share": _written("shared"),
    "unshare": _written("unshared"),
    "reassign": _written("reassigned"),
    "upload": _written("uploaded"),
    "action": _either(_written("called"), _ANY),
    "sync": _several(_SYNCED),
    "sync status": _several(_STATE),
    "sync parquet": _object(table=_TEXT, rows=_NUMBER),
    "sync allow-gone": _object(table=_TEXT, gone=_NUMBER),
    "sync reset": _object(table=_TEXT, dropped=_TRUTH),
    "events list": _several(_SUBSCRIPTION),
    "events health": _several(_SUBSCRIPTION),
    "events ensure": _several(_SUBSCRIPTION),
    "events delete": _several(_TEXT),
    "events listen": _object(address=_TEXT, inbox=_TEXT),
    "events dead": _several(
        _object(consumer=_TEXT, place=_NUMBER, at=_TEXT, object=_TEXT, id=_TEXT, reason=_TEXT)
    ),
    "events replay": _either(_object(consumer=_TEXT, revived=_NUMBER), _object(consumer=_TEXT, after=_NUMBER)),
    "whoami": _object(
        profile=_TEXT, signs_in_by=_TEXT, user=_MAYBE_TEXT, username=_MAYBE_TEXT, user_id=_MAYBE_TEXT,
        access_level=_MAYBE_TEXT, address=_TEXT, environment=_TEXT, api_version=_TEXT, support=_TEXT,
        support_ends=_MAYBE_TEXT, is_supported=_TRUTH,
    ),
    "profiles": _several({
        **_object(name=_TEXT, default=_TRUTH, address=_TEXT, environment=_TEXT, writes=_TEXT, problem=_TEXT,
                  **{"signs in by": _TEXT}),
        "required": ["name", "default"],
    }),
    "conform": _object(api_version=_TEXT, totals={"type": "object", "additionalProperties": _NUMBER}, facts=_ROWS),
    "doctor": _several(_object(check=_TEXT, verdict=_TEXT, seen=_TEXT, remedy=_MAYBE_TEXT)),
}  # fmt: skip
