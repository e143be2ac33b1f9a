"""Every fact that is checked, by subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workfront_testing.conformance.changes import (
    copies_and_moves,
    created_rows,
    edited_rows,
    progress,
    refused_writes,
    schedules,
    work,
)
from workfront_testing.conformance.runner import AnyCheck
from workfront_testing.conformance.subjects import (
    addresses,
    batch_and_queries,
    code_filters,
    counts,
    custom_fields,
    date_filters,
    encoding,
    errors,
    field_values,
    fields,
    filter_forms,
    filters,
    metadata,
    number_filters,
    paging,
    reports,
    rows_by_id,
    text_filters,
    wildcards,
)
from workfront_testing.conformance.writing.change import Change

CORPUS: Final[Mapping[str, tuple[AnyCheck, ...]]] = {
    "addresses": addresses.CHECKS,
    "rows by ID": rows_by_id.CHECKS,
    "fields": fields.CHECKS,
    "values": field_values.CHECKS,
    "encoding": encoding.CHECKS,
    "operators on texts": text_filters.CHECKS,
    "operators on codes and null": code_filters.CHECKS,
    "operators on numbers and IDs": number_filters.CHECKS,
    "operators on moments": date_filters.CHECKS,
    "filters": filters.CHECKS,
    "forms of filters": filter_forms.CHECKS,
    "wildcards": wildcards.CHECKS,
    "pages and order": paging.CHECKS,
    "counts": counts.CHECKS,
    "reports": reports.CHECKS,
    "metadata": metadata.CHECKS,
    "custom fields": custom_fields.CHECKS,
    "errors": errors.CHECKS,
    "batches and named queries": batch_and_queries.CHECKS,
}

WRITTEN: Final[Mapping[str, tuple[Change, ...]]] = {
    "new rows": created_rows.CHANGES,
    "edits": edited_rows.CHANGES,
    "status and percent": progress.CHANGES,
    "planned dates and predecessors": schedules.CHANGES,
    "assignments, hours and notes": work.CHANGES,
    "copies, moves and deletions": copies_and_moves.CHANGES,
    "refused writes": refused_writes.CHANGES,
}
"""Every fact that only a write shows, by subject."""
