"""Sharing."""

from __future__ import annotations

from typing import Final

from tests.wire.case import GROUP, OTHER_PERSON, PERSON, PROJECT, TASK, Answer, Case, Covered, confirmed
from workfront_client.v22 import Project
from workfront_core.operations.access_rules import AccessGrant, AccessorKind, CoreAction

CASES: Final = [
    confirmed(Case(
        "share-01", "an object is shared with a group, which may then change a little",
        lambda wf: wf.task.share(TASK, AccessGrant(GROUP, AccessorKind.GROUP, CoreAction.LIMITED_EDIT)),
        f"PUT TASK/{TASK}/share?accessorID={GROUP}&accessorObjCode=GROUP&coreAction=LIMITED_EDIT",
    )),
    confirmed(Case(
        "share-04", "a rule is taken away again",
        lambda wf: wf.task.unshare(TASK, OTHER_PERSON, AccessorKind.USER),
        f"PUT TASK/{TASK}/unshare?accessorID={OTHER_PERSON}&accessorObjCode=USER",
    )),
    Case(
        "share-06", "the rules of an object are a collection of it",
        lambda wf: wf.project.get(PROJECT, fields=[Project.f.access_rules.all]),
        f"GET PROJ/{PROJECT}?fields=accessRules:*",
        answer=Answer({"ID": PROJECT, "accessRules": [
            {"accessorID": PERSON, "accessorObjCode": "USER", "coreAction": "VIEW", "isInherited": True}
        ]}),
        reads=lambda row: [(rule.accessor_id, rule.core_action, rule.is_inherited) for rule in row.access_rules],
        gives=[(PERSON, "VIEW", True)],
    ),
]  # fmt: skip

TABLE: Final = [Covered("share-02", "share-01", "The client sends the verb itself; nothing is shared by a GET.")]
