"""The parameters that each operation looks at: one that steers another operation would be passed over in silence.

Names that steer nothing are filters, values or arguments, which the operation itself knows or refuses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from workfront_sandbox.query.filter_groups import CONTROL, STEERING, expanded
from workfront_sandbox.tenant.tenant import Tenant
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.parameters import Parameters

IDS: Final = frozenset({"id", "ID", "ids"})
_EVERYWHERE: Final = frozenset(
    {"method", "sessionID", "sessionid", "apiKey", "apikey", "username", "password", "subdomain"}
)
"""What says who calls, and by which verb."""
_FILTERS: Final = frozenset({"filters", "listOptions"})
_PAGE: Final = frozenset({"$$FIRST", "$$LIMIT"})
_ENDINGS: Final = ("_Sort", "_GroupBy", "_AggFunc")
_MIXED: Final = "filters"
_SINGLE: Final = ("method", "action", "map", "atomic", "force", "concurrent", "listOptions", "updates", "copySourceID",
                  "$$FIRST", "$$LIMIT", "$$ROLLUP")  # fmt: skip
"""Parameters of which the first value counts, so that another one would be passed over."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation by its name in a sentence, the steering parameters it looks at, and how their names may end."""

    name: str
    words: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()

    def takes(self, key: str) -> bool:
        """Returns whether the operation looks at a parameter that steers."""
        return key in self.words or key in _EVERYWHERE or key.endswith(self.endings)


GET: Final = Operation("reading by ID", frozenset({"fields", "listOptions"}))
SEARCH: Final = Operation("a search", frozenset({"fields", "map"}) | _FILTERS | _PAGE, ("_Sort",))
COUNT: Final = Operation("a count", _FILTERS | _PAGE)
REPORT: Final = Operation("a report", _FILTERS | {"$$ROLLUP"}, ("_GroupBy", "_AggFunc"))
NAMED_QUERY: Final = Operation("a named query", frozenset({"fields"}) | _FILTERS | _PAGE, ("_Sort",))
CREATE: Final = Operation("creating", frozenset({"fields", "updates", "atomic", "options"}))
COPY: Final = Operation("copying", frozenset({"fields", "updates", "copySourceID", "options"}))
EDIT: Final = Operation("editing", frozenset({"fields", "updates", "atomic", "options", "copySourceID"}))
DELETE: Final = Operation("deleting", frozenset({"force", "atomic"}))
ACTION: Final = Operation("an action", frozenset({"fields", "updates", "options"}))
SHARING: Final = Operation("sharing", frozenset({"fields", "updates"}))
INDEX: Final = Operation("the list of object types")
METADATA: Final = Operation("metadata", frozenset({"fields"}))
BATCH: Final = Operation("a batch", frozenset({"uri", "atomic", "concurrent"}))
UPLOAD: Final = Operation("an upload")
DOWNLOAD: Final = Operation("a download", frozenset({"ID", "id", "versionID"}))
SESSION: Final = Operation("sign-in")


def check_steering(tenant: Tenant, parameters: Parameters, operation: Operation, *more: str) -> None:
    """Says so where a call has a parameter that steers operations of another kind, and is none of ``more`` that this
    call looks at. Raises ApiError.
    """
    _check_once(parameters)
    is_filtered = _MIXED in operation.words
    if is_filtered:
        _check_filters(parameters)
    for key, _ in parameters.pairs:
        steers = key in CONTROL | STEERING or key.startswith("$$") or (is_filtered and key.endswith(_ENDINGS))
        if steers and key not in more and not operation.takes(key):
            tenant.without_effect(f"Parameter {key[:100]} of {operation.name}")


def _check_once(parameters: Parameters) -> None:
    """Raises ApiError where a parameter that has one value is given several, or an ending names no field."""
    for key in _SINGLE:
        if len(set(parameters.all(key))) > 1:
            raise invalid(f"{key} is given with several values: write one")
    for key, _ in parameters.pairs:
        if key in {*_ENDINGS, "_Mod", "_Range"}:
            raise invalid(f"{key} stands behind the name of a field")
        if key.endswith("_Sort") and len(set(parameters.all(key))) > 1:
            raise invalid(f"{key} is given with several values: write one")


def check_closed(parameters: Parameters, operation: Operation) -> None:
    """Raises ApiError where a call has any parameter but those of an operation that has no filters and no values."""
    _check_once(parameters)
    for key, _ in parameters.pairs:
        if not operation.takes(key):
            known = ", ".join(sorted(operation.words)) or "no parameters"
            raise invalid(f"{_sentence(operation)} looks at {known}, not at {key[:100]}")
    if parameters.document:
        raise invalid(f"{_sentence(operation)} looks at no JSON")


def _check_filters(parameters: Parameters) -> None:
    """Raises ApiError where ``filters`` hold what is no filter."""
    held: Iterable[str] = (key for pair in parameters.pairs if pair[0] == _MIXED for key, _ in expanded([pair]))
    for key in held:
        if key.endswith(_ENDINGS) or key.startswith("\0$$"):
            raise invalid(f"filters hold conditions: send {key.removeprefix(chr(0))[:100]} as a parameter of its own")


def _sentence(operation: Operation) -> str:
    return operation.name[0].upper() + operation.name[1:]
