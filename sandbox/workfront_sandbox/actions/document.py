"""Actions on documents: checked out to be worked on, and in again."""

from __future__ import annotations

from workfront_sandbox.actions.arguments import listed
from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.writing.check_out import check_in, check_out


@action("DOCU", "checkOut")
def take(request: ActionRequest) -> None:
    """Keeps documents for the caller. Raises ApiError where somebody else has one of them."""
    for one in _documents(request):
        check_out(request.call, one)


@action("DOCU", "checkIn")
def bring_back(request: ActionRequest) -> None:
    """Lets others have documents again. Raises ApiError 403 for others than who has them and administrators."""
    for one in _documents(request):
        check_in(request.call, one)


def _documents(request: ActionRequest) -> list[str]:
    named = listed(request.arguments, "documentIDs")
    return named or [request.row_id]
