"""Actions by which callers like rows."""

from __future__ import annotations

from workfront_sandbox.actions.registry import EVERY_TYPE, ActionRequest, action
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import add, remove


@action(EVERY_TYPE, "like")
def like(request: ActionRequest) -> None:
    """Notes that the caller likes a row, once."""
    if not _likes_of_caller(request):
        row = {"objID": request.row["ID"], "objObjCode": request.code, "userID": request.call.caller.user_id}
        add(request.call, "LIKE", row)
    _count_likes(request)


@action(EVERY_TYPE, "unlike")
def unlike(request: ActionRequest) -> None:
    """Takes back that the caller likes a row. Raises ApiError where the caller does not."""
    likes = _likes_of_caller(request)
    if not likes:
        raise invalid(f"You do not like {request.call.object(request.code).name} {request.row_id}")
    for one in likes:
        remove(request.call, "LIKE", str(one["ID"]))
    _count_likes(request)


def _likes_of_caller(request: ActionRequest) -> list[Row]:
    return request.call.store.where("LIKE", objID=request.row["ID"], userID=request.call.caller.user_id)


def _count_likes(request: ActionRequest) -> None:
    if "numLikes" in request.call.object(request.code).fields:
        request.change({"numLikes": len(request.call.store.where("LIKE", objID=request.row_id))})
