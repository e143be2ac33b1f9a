"""The demo tenant: a maker of outdoor gear with a marketing department, busy around the day the sandbox lives in.

The same clock, scale and seed give the same rows. Dates are counted from the Monday of the sandbox's week.
"""

from __future__ import annotations

from datetime import datetime

from workfront_sandbox.demo.document import add_documents
from workfront_sandbox.demo.draft import Draft as Draft
from workfront_sandbox.demo.forms import add_forms, drop_forms
from workfront_sandbox.demo.issue import add_issues
from workfront_sandbox.demo.loose_end import add_loose_ends
from workfront_sandbox.demo.note import add_notes
from workfront_sandbox.demo.people import add_people
from workfront_sandbox.demo.portfolio import add_portfolios
from workfront_sandbox.demo.project import add_projects
from workfront_sandbox.demo.template import add_templates
from workfront_sandbox.demo.time_entry import add_hours
from workfront_sandbox.demo.words import TENANT
from workfront_sandbox.server import Sandbox
from workfront_sandbox.tenant.predecessor_text import with_texts
from workfront_sandbox.tenant.tenant import Tenant
from workfront_sandbox.wire.json_value import Row


def seed(sandbox: Sandbox, scale: int = 1, *, chance: int = 7) -> int:
    """Inserts the demo tenant; returns how many rows. A tenant that has projects already stays as it is: 0.

    To be called before the sandbox is asked anything.

    Args:
        sandbox: one without projects, such as a new one; the user ``me`` gets a job.
        scale: multiplies programs, projects and all that belongs to them; users and portfolios grow with its root.
        chance: another number gives another tenant of the same sort.

    Raises:
        ValueError: ``scale`` is below 1.
    """
    if scale < 1:
        raise ValueError(f"the scale of the demo tenant is {scale}; it must be 1 or more")
    tenant = sandbox.tenant
    if tenant.store.count("PROJ"):
        return 0
    draft = drawn(tenant.clock.now(), tenant.me, tenant.customer_id, scale, chance)
    if sandbox.has_own_fields:
        drop_forms(draft)
    with tenant.store.transaction():
        _rename(tenant, draft)
        inserted = sum(_insert(tenant, code, draft.rows.pop(code)) for code in list(draft.rows))
        inserted += tenant.add_work_items(tenant.store.every("ASSGN"))
        for handle, (name, content) in draft.content.items():
            sandbox.upload(content, name, handle)
    return inserted


def drawn(now: datetime, me: str, customer_id: str, scale: int = 1, chance: int = 7) -> Draft:
    """Returns the rows of the demo tenant as of ``now``, not yet inserted anywhere."""
    draft = Draft(now, me, customer_id, scale, chance)
    add_forms(draft)
    add_people(draft)
    add_portfolios(draft)
    add_templates(draft)
    spans = add_projects(draft)
    add_issues(draft)
    add_hours(draft, spans)
    add_documents(draft)
    add_notes(draft)
    add_loose_ends(draft)
    draft.rows["TASK"] = with_texts(draft.rows["TASK"], draft.rows["PRED"], draft.rows["PROJ"])
    return draft


def _rename(tenant: Tenant, draft: Draft) -> None:
    """Gives the customer and the user ``me``, who are there already, what the demo says of them; its own schedule takes
    the place of the default one.
    """
    store = tenant.store
    customer = store.get("CUST", tenant.customer_id) or {}
    store.update("CUST", {**customer, "name": TENANT, "timeZone": "UTC", "currency": "USD", "status": "ACT"})
    store.delete("USER", draft.me)
    for schedule in store.where("SCHED", isDefault=True):
        store.delete("SCHED", str(schedule["ID"]))


def _insert(tenant: Tenant, code: str, rows: list[Row]) -> int:
    tenant.store.insert(code, rows)
    if code == "PARAM":
        tenant.custom.forget()
    return len(rows)
