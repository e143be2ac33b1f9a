"""Issues that something else resolves: their status follows that of the task, project or issue they wait for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change
from workfront_sandbox.writing.status import is_done, meaning, progress

RESOLVERS: Final = {"TASK": "resolveTaskID", "PROJ": "resolveProjectID", "OPTASK": "resolveOpTaskID"}
"""The field of an issue that names what resolves it, by the type of that."""

_STATUSES: Final[Mapping[str, Mapping[str, str]]] = {
    "TASK": {"NEW": "NEW", "INP": "INP", "CPL": "CLS"},
    "PROJ": {"PLN": "NEW", "CUR": "INP", "ONH": "ONH", "CPL": "CLS", "DED": "CLS"},
}
"""The status of an issue, by that of what resolves it; other statuses change nothing."""


def follow_resolver(call: Call, code: str, object_id: str) -> None:
    """Gives the issues that a row resolves the status that follows from its own; closed ones stay closed."""
    resolver = call.store.get(code, object_id)
    for issue in call.store.where("OPTASK", **{RESOLVERS[code]: object_id}) if resolver else ():
        status = _following(call, code, resolver or {})
        if status and status != issue.get("status") and not is_done(call, "OPTASK", issue.get("status")):
            brought = progress(call, "OPTASK", issue, {"status": status})
            change(call, "OPTASK", str(issue["ID"]), {"status": status, **brought})
            follow_resolver(call, "OPTASK", str(issue["ID"]))


def follow_own_resolver(call: Call, object_id: str) -> None:
    """Gives an issue the status that follows from what resolves it from now on."""
    issue = call.row("OPTASK", object_id)
    for code, key in RESOLVERS.items():
        if issue.get(key):
            follow_resolver(call, code, str(issue[key]))


def release_issues(call: Call, code: str, object_id: str) -> None:
    """Frees the issues of a row that is no more: their status is their own again."""
    for issue in call.store.where("OPTASK", **{RESOLVERS[code]: object_id}):
        change(call, "OPTASK", str(issue["ID"]), {RESOLVERS[code]: None})


def take_up_again(call: Call, object_id: str) -> None:
    """Gives an issue that waits for feedback back to work, once its contact has edited it or said something."""
    issue = call.row("OPTASK", object_id)
    if issue.get("status") == "AWF" and issue.get("ownerID") == call.caller.user_id:
        change(call, "OPTASK", object_id, {"status": "INP", **progress(call, "OPTASK", issue, {"status": "INP"})})


def check_own_status(call: Call, before: Row, changes: Row) -> None:
    """Raises ApiError where the status of an issue is written that follows another one's."""
    if changes.get("status") in {None, before.get("status")}:
        return
    after = {**before, **changes}
    for code, key in RESOLVERS.items():
        if before.get(key) and after.get(key) and (resolver := call.store.get(code, str(after[key]))):
            kind = call.object(code).name
            raise invalid(
                f"The status of {before.get('name')} follows {kind} {resolver.get('name')}, which resolves it"
            )


def _following(call: Call, code: str, resolver: Row) -> str | None:
    if code == "OPTASK":
        return str(resolver.get("status")) if resolver.get("status") else None
    return _STATUSES[code].get(meaning(call, code, resolver.get("status")))
