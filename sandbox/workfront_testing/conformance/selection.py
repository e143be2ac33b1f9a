"""Facts about filters: a filter is run among known rows, and has to select those that the rule says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from workfront_testing.conformance.answer import Row
from workfront_testing.conformance.check import OTHER_FORM, Fact, judged, pairs_of
from workfront_testing.conformance.samples import CannotTry, Samples, is_plain, value_at
from workfront_testing.conformance.server import Server, encoded

Oracle: TypeAlias = Callable[[Any, Any], bool]
Values: TypeAlias = Callable[[Sequence[Row], str], Iterator[Any]]
_TRIED: Final = 40
"""Values looked at to find one by which the rows differ."""
_PATHS: Final = {"project": "proj", "issue": "optask", "custom": "proj", "status": "cstem", "document": "docu"}


def each_value(rows: Sequence[Row], field: str) -> Iterator[Any]:
    """Yields the values of a field that mean nothing but themselves in a filter."""
    for row in rows:
        value = value_at(row, field)
        if value is not None and (not isinstance(value, str) or is_plain(value)):
            yield value


def nothing(_rows: Sequence[Row], _field: str) -> Iterator[Any]:
    """Yields one value that is none, for tests that need none."""
    yield ""


@dataclass(frozen=True, slots=True)
class Selection(Fact):
    """A fact about a filter.

    Attributes:
        kind: of the rows among which it selects.
        field: that is tested.
        query: pairs of the filter; ``{}`` is the value, ``{0}`` and ``{1}`` are parts of it, ``{field}`` is a custom
            field's name.
        selects: whether a row with this value of the field (or the row, without a field) passes, for the value.
        values: to try, until one parts the rows.
        groups: prefixes of the groups of the filter, each of which is kept to the known rows: 8.3.
    """

    kind: str
    field: str
    query: str
    selects: Oracle
    values: Values = each_value
    groups: tuple[str, ...] = ("",)

    def run(self, server: Server, samples: Samples) -> bool:
        """Returns whether a server selects what the rule says, no row more and no row less.

        Raises:
            CannotTry: no value parts the rows of the server.
        """
        rows = [row for row in samples.rows(self.kind) if row.get("ID")]
        value, wanted = self._parting(rows)
        pairs = [(f"{group}ID", str(row["ID"])) for group in self.groups for row in rows]
        pairs += [(_put(name, value, rows), _put(text, value, rows)) for name, text in pairs_of(self.query)]
        pairs += [("fields", "ID"), ("$$LIMIT", str(2 * len(rows)))]
        path = _PATHS.get(self.kind, self.kind)
        found = judged(server.get(f"{path}/search", encoded(pairs))).ids
        return len(found) == len(wanted) and set(found) == wanted

    def _parting(self, rows: Sequence[Row]) -> tuple[Any, set[str]]:
        for number, value in enumerate(self.values(rows, self.field)):
            wanted = {str(row["ID"]) for row in rows if self._passes(row, value)}
            if 0 < len(wanted) < len(rows):
                return value, wanted
            if number == _TRIED:
                break
        raise CannotTry(f"no value that some rows have and others do not ({self.kind}.{self.field or 'ID'})")

    def _passes(self, row: Row, value: Any) -> bool:
        try:
            return self.selects(value_at(row, self.field) if self.field else row, value)
        except OTHER_FORM:
            return False


def _put(text: str, value: Any, rows: Sequence[Row]) -> str:
    """Returns a part of the filter with the value put in."""
    parts = cast("Iterable[Any]", value) if isinstance(value, tuple) else (value,)
    for number, part in enumerate(parts):
        text = text.replace(f"{{{number}}}", _text(part))
    return text.replace("{}", _text(value)).replace("{field}", str(rows[0].get("field")))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
