"""What is said of a tenant's custom fields after a fetch: how many, what could not be read, what that costs."""

from __future__ import annotations

from collections.abc import Iterator

from workfront_codegen.custom_naming import left_out_line
from workfront_codegen.stats import unknown_custom_words
from workfront_codegen.tenant_rows import READ, REFUSED
from workfront_schema.custom_diff import renames
from workfront_schema.custom_fields import CustomCatalogue, FieldKind
from workfront_schema.snapshot import Snapshot


def custom_report(snapshot: Snapshot, before: CustomCatalogue) -> Iterator[str]:
    """Yields lines for people; none where the tenant's fields were not asked for.

    Args:
        snapshot: what was fetched.
        before: the fields and forms it replaces.
    """
    if "custom" not in snapshot.parts:
        return
    custom = snapshot.custom
    yield f"custom fields: {len(custom.fields)} on {len(custom.forms)} forms"
    if custom.left_out:
        yield left_out_line(custom.left_out)
    yield from unknown_custom_words(custom.fields)
    yield from _costs(snapshot)
    yield from map(str, renames(before, custom))


def _costs(snapshot: Snapshot) -> Iterator[str]:
    custom = snapshot.custom
    if snapshot.parts.get("param") == REFUSED and custom.fields:
        total = len(custom.fields)
        open_ones = sum(item.kind is FieldKind.OPTIONS for item in custom.fields)
        yield (
            f"parameters (PARAM) may not be read: {open_ones} of {total} fields hold one or several choices, and which "
            "is not known; references, amounts, rich text and computed fields cannot be told from texts and numbers"
        )
    unseen = sum(item.source == "metadata" for item in custom.fields)
    if snapshot.parts.get("param") == READ and unseen:
        yield (
            f"parameters (PARAM) of {unseen} of {len(custom.fields)} fields are not shown to this user: those fields "
            "are typed by what metadata tells alone"
        )
    if snapshot.parts.get("ctgy") == REFUSED and custom.forms:
        yield "forms (CTGY) may not be read: which fields they demand is not known"
    elif snapshot.parts.get("param") == REFUSED and custom.forms:
        yield "forms (CTGY) name their fields by parameters, too: which fields they demand is not known"
