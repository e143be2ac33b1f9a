"""Approvals that wait for a person because a process names them: the API shows them, and cannot change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workfront_cli.data.session import model_of
from workfront_core.query.language.parsing import parse

if TYPE_CHECKING:
    from workfront_cli.data.session import Session
    from workfront_core.request.api_version import ApiVersion

_KINDS: Final = ("project", "task", "issue")
_WAITING: Final = "exists stepApprover (approvalStepID = outer.currentApprovalStepID and userID = '{user}')"


def stages_of(opened: Session, version: ApiVersion, user: str, name: str) -> list[str]:
    """Returns lines that say what waits for a user as an approver of stages, and who can change that."""
    counts: list[str] = []
    for kind in _KINDS:
        model = model_of(kind, version)
        service: Any = opened.client.by_code(model.obj_code)
        if number := int(service.count(parse(_WAITING.format(user=user), model))):
            counts.append(f"{number} {kind}{'' if number == 1 else 's'}")
    if not counts:
        return []
    return [
        f"not handed over: {', '.join(counts)} waiting for {name} by an approval process. The API cannot change its",
        "approvers: an administrator does, under Setup, or decides with workfront action OBJECT approveApproval.",
    ]
