"""Actions on work items."""

from __future__ import annotations

from workfront_sandbox.actions.registry import ActionRequest, action


@action("WRKITM", "markViewed")
def mark_viewed(request: ActionRequest) -> None:
    """Notes when the work was looked at."""
    request.change({"lastViewedDate": request.call.tenant.clock.wire()})
