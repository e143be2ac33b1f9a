"""Sharing as requests: with one accessor, with everybody, and back again (docs/protocol.md 11.7)."""

from __future__ import annotations

from pydantic import JsonValue

from workfront_core.arguments import described
from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import decoders as result
from workfront_core.operations.access_rules import AccessGrant, AccessorKind, CoreAction, accessor_kind, core_action
from workfront_core.operations.object_ids import address, joined_ids
from workfront_core.request.encoding import Params
from workfront_core.request.request import Request
from workfront_core.values.ids import checked_id
from workfront_core.values.sequences import SequenceNotStr


def share(model: type[WorkfrontObject], object_ids: str | SequenceNotStr[str], rule: AccessGrant, /) -> Request[None]:
    """Adds a rule to one object or several; the rules they have stay."""
    if not isinstance(rule, AccessGrant):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(
            f"share() takes an AccessGrant of workfront_core, not {described(rule)}.",
            hint="Write AccessGrant(user_id, AccessorKind.USER, CoreAction.VIEW).",
        )
    if rule.forbidden_actions:  # a list travels in the body
        return _sharing(model, object_ids, "share", (), rule.to_wire())
    pairs = tuple((name, str(value)) for name, value in rule.to_wire().items())
    return _sharing(model, object_ids, "share", pairs)


def unshare(
    model: type[WorkfrontObject], object_ids: str | SequenceNotStr[str], accessor_id: str, kind: AccessorKind, /
) -> Request[None]:
    """Takes one accessor's rule away from one object or several."""
    pairs = (("accessorID", checked_id(accessor_id)), ("accessorObjCode", accessor_kind(kind).value))
    return _sharing(model, object_ids, "unshare", pairs)


def share_public(
    model: type[WorkfrontObject], object_ids: str | SequenceNotStr[str], action: CoreAction, /
) -> Request[None]:
    """Lets everybody who has the link do this with one object or several."""
    return _sharing(model, object_ids, "sharePublic", (("coreAction", core_action(action).value),))


def unshare_public(model: type[WorkfrontObject], object_ids: str | SequenceNotStr[str], /) -> Request[None]:
    """Ends the public sharing of one object or several."""
    return _sharing(model, object_ids, "unsharePublic")


def _sharing(
    model: type[WorkfrontObject],
    object_ids: str | SequenceNotStr[str],
    verb: str,
    params: Params = (),
    body: JsonValue = None,
) -> Request[None]:
    if isinstance(object_ids, str):
        return Request("PUT", f"{address(model, object_ids)}/{verb}", result.success, params, body)
    pairs = (("id", joined_ids(object_ids)), *params)
    return Request("PUT", f"{model.obj_code}/{verb}", result.success, pairs, body)
