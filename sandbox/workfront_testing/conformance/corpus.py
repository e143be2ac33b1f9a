"""Every fact that is checked, by subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

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
