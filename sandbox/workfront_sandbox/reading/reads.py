"""Rows read: by ID, by search, counted, reported. docs/protocol.md 7."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

from workfront_sandbox.access.ancestry import GUARDED, HELD
from workfront_sandbox.call.call import Call
from workfront_sandbox.query.filter_groups import CONTROL, STEERING, read_filter
from workfront_sandbox.query.filter_sql import Compiler
from workfront_sandbox.query.order import order_by, read_order
from workfront_sandbox.query.wildcard import resolve
from workfront_sandbox.reading.report import read_aggregates, read_groups, report
from workfront_sandbox.schema.overrides import FOUND_BY, VIEWS
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row, is_list, is_object, loads, text_of
from workfront_sandbox.wire.parameters import merged

_IDS: Final = ("id", "ID", "ids")


@dataclass
class Shuffle:
    """Rows without a sort come in another order with every search, if a seed is given."""

    seed: int | None = None

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311

    def next(self) -> str | None:
        """Returns the seed of the next search, or None where order is stable."""
        return None if self.seed is None else f"{self._random.getrandbits(64):x}"


def opened(call: Call) -> Call:
    """Returns a call that reads with all its parameters side by side: those of a JSON body and of ``listOptions`` count
    like plain ones, which win. Raises ApiError.
    """
    parameters = call.parameters
    if parameters.document is not None and not parameters.inline:
        if not is_object(parameters.document):
            raise invalid("JSON parsing error: what is read is told by an object, not by a list")
        parameters = merged(parameters.pairs, _body_pairs(parameters.document), None)
    options = _list_options(parameters.first("listOptions"))
    if options:
        parameters = merged(parameters.pairs, options, None)
    return call if parameters is call.parameters else replace(call, parameters=parameters)


def ids_of(call: Call, object_id: str | None = None) -> list[str]:
    """Returns the IDs a call names: in the path, or as ``id``, ``ID`` or ``ids``. Raises ApiError for an unknown
    wildcard, and where path and parameters name two rows.
    """
    written = [item for key in _IDS for item in call.parameters.listed(key)]
    ids = [item for value in written for item in resolve(value, call.caller) if item]
    if object_id is None:
        return ids
    if any(one != object_id for one in ids):
        raise invalid(f"The address names {object_id}, its parameters another row: name the row once")
    return [object_id]


def check_named_by_id(call: Call) -> None:
    """Raises ApiError where a call that names rows by their IDs has conditions besides, which nobody would look at."""
    for key, _ in call.parameters.pairs:
        if key not in CONTROL | STEERING and key not in _IDS:
            raise invalid(
                f"The call names its rows by ID, {key[:100]} would choose none of them: leave it out or search"
            )


def get(call: Call, code: str, object_id: str | None) -> Any:
    """Returns the row of one ID, or the rows of several. Raises ApiError 404 for one ID without a row."""
    ids = ids_of(call, object_id)
    if not ids:
        raise invalid(f"Which {call.object(code).name}? The call names no ID")
    check_named_by_id(call)
    if len(ids) == 1:
        return call.shaped(code, [call.row(code, ids[0])])[0]
    call.tenant.limits.check_size(len(ids))
    rows = call.store.many(code, ids)
    return call.shaped(code, rows if call.rights is None else call.rights.visible(code, rows))


def search(call: Call, code: str, shuffle: Shuffle) -> Any:
    """Returns a page of the rows that meet the filter; by ID with ``map=true``. Raises ApiError."""
    _check_named(call, code)
    rows = found(call, code, shuffle)
    shaped = call.shaped(code, rows)
    if call.parameters.flag("map"):
        return {str(row["ID"]): value for row, value in zip(rows, shaped, strict=True)}
    return shaped


def _check_named(call: Call, code: str) -> None:
    """Raises ApiError where a search lists what is found by its name alone, or names what there is none of."""
    name = FOUND_BY.get(code)
    if name is None:
        return
    groups = read_filter(call.parameters.pairs)
    named = [[item for item in group.conditions if item.path == name] for group in groups]
    if not named or not all(named):
        raise invalid(f"{call.object(code).name} are not listed: a search needs the {name} of one")
    for value in (value for conditions in named for item in conditions for value in item.values):
        if not call.store.where(code, **{name: value}):
            raise invalid(f'Invalid Parameter: {name} value "{value[:100]}"')


def found(call: Call, code: str, shuffle: Shuffle, *extra: tuple[str, str], omit: Sequence[str] = ()) -> list[Row]:
    """Returns a page of the rows that meet the filter, as they are stored."""
    pairs = [*(pair for pair in call.parameters.pairs if pair[0] not in omit), *extra]
    compiler = call.compiler()
    where = visible(call, compiler, code, compiler.where(code, "t0", read_filter(pairs)))
    terms = order_by(compiler, code, "t0", read_order(pairs)) or _unsorted(compiler, shuffle)
    first, limit = call.tenant.limits.page(call.parameters)
    rows, order = call.store.rows_of(code), ", ".join(terms)
    sql = f"SELECT t0.body FROM {rows} t0 WHERE {where} ORDER BY {order} LIMIT {limit} OFFSET {first}"  # noqa: S608
    return [json.loads(body) for (body,) in call.store.run(sql, compiler.bind.values)]


def count(call: Call, code: str) -> Row:
    """Returns how many rows meet the filter."""
    compiler = call.compiler()
    where = visible(call, compiler, code, compiler.where(code, "t0", read_filter(call.parameters.pairs)))
    sql = f"SELECT count(*) FROM {call.store.rows_of(code)} t0 WHERE {where}"  # noqa: S608
    return {"count": call.store.run(sql, compiler.bind.values).fetchone()[0]}


def grouped(call: Call, code: str) -> Row:
    """Returns the report over the rows that meet the filter."""
    pairs = call.parameters.pairs
    compiler = call.compiler()
    where = visible(call, compiler, code, compiler.where(code, "t0", read_filter(pairs)))
    rollup = call.parameters.flag("$$ROLLUP")
    return report(compiler, code, where, read_groups(pairs), read_aggregates(pairs), rollup=rollup)


def visible(call: Call, compiler: Compiler, code: str, where: str) -> str:
    """Returns a condition that is met by rows alone that the caller may see."""
    kinds = VIEWS.get(code, (code,))
    if call.rights is None or not (GUARDED | HELD.keys()).intersection((code, *kinds)):
        return where
    seen = [row["ID"] for kind in kinds for row in call.rights.visible(kind, list(call.store.every(kind)))]
    return f"({where}) AND t0.id IN (SELECT value FROM json_each({compiler.bind(json.dumps(seen))}))"  # noqa: S608


def _body_pairs(document: Row) -> list[tuple[str, str]]:
    """Returns the parameters of a search that is posted as JSON; ``filters`` keeps its own form."""
    pairs: list[tuple[str, str]] = []
    for key, value in document.items():
        if key == "filters":
            pairs.append((key, json.dumps(value)))
        else:
            pairs.extend((key, text_of(item)) for item in (value if is_list(value) else [value]))
    return pairs


def _list_options(text: str | None) -> list[tuple[str, str]]:
    if not text:
        return []
    try:
        options = loads(text)
    except ValueError as error:
        raise invalid(f"JSON parsing error: listOptions: {error}"[:300]) from None
    if not is_object(options):
        raise invalid("JSON parsing error: listOptions is not an object")
    return [(key, text_of(value)) for key, value in options.items()]


def _unsorted(compiler: Compiler, shuffle: Shuffle) -> list[str]:
    seed = shuffle.next()
    return ["t0.seq"] if seed is None else [f"wf_shuffle(t0.id, {compiler.bind(seed)})"]
