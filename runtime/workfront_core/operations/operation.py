"""The operations of the API as pure functions: each builds the request, none sends it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace as replaced
from typing import Any, TypeVar, cast

from pydantic import JsonValue

from workfront_core.arguments import checked_flag, checked_map, checked_texts
from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import decoders as result
from workfront_core.operations.action import action as action
from workfront_core.operations.action import checked_name
from workfront_core.operations.counting import count as count
from workfront_core.operations.object_ids import address, joined_ids, segment
from workfront_core.operations.payload import Custom, Extra, Form, payload, wire_names
from workfront_core.operations.report import ReportGroup, report_of
from workfront_core.operations.row_update import Marking, RowUpdate, id_of, refuse_other, returning
from workfront_core.operations.search import Query
from workfront_core.query.aggregates import report_parameters
from workfront_core.query.condition import FilterCondition, checked_condition, own_tests
from workfront_core.query.field_path import FieldPath
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.literal import literal
from workfront_core.query.order import Order
from workfront_core.query.selection import Fields, asked_names, field_parameters
from workfront_core.request.encoding import Params
from workfront_core.request.request import Decoder, Request
from workfront_core.values.ids import checked_id, id_or_placeholder
from workfront_core.values.sequences import SequenceNotStr

M = TypeVar("M", bound=WorkfrontObject)
T = TypeVar("T")


def get(model: type[M], object_id: str, /, *, fields: Fields[M] = None) -> Request[M]:
    """Returns one object by ID, or by a placeholder such as ``$$USER``."""
    object_id = id_or_placeholder(object_id)
    selection = field_parameters(fields, wire_names(model), of=model)
    parse = result.row_of(model, asked_names(selection), object_id=object_id)
    if object_id.startswith("$$"):  # legal as a parameter only
        return Request("GET", model.obj_code, parse, (("id", object_id), *selection), reads=True)
    return Request("GET", address(model, object_id), parse, selection, reads=True)


def get_many(model: type[M], object_ids: Iterable[str], /, *, fields: Fields[M] = None) -> Request[list[M]]:
    """Returns the request for several objects by ID."""
    ids = joined_ids(object_ids, check=id_or_placeholder)
    params = (("id", ids), *field_parameters(fields, wire_names(model), of=model))
    parse = result.rows_of_ids(model, ids.split(","), asked_names(params))
    return Request("GET", model.obj_code, parse, params, reads=True)


def search(
    model: type[M],
    where: Iterable[FilterCondition[M]] = (),
    /,
    *,
    fields: Fields[M] = None,
    order_by: Sequence[Order[M]] = (),
    first: int = 0,
    limit: int = 100,
) -> Request[list[M]]:
    """Returns one page of the rows for which all conditions hold.

    Args:
        model: the object to search.
        where: conditions, joined by AND.
        fields: what to load.
        order_by: sort keys; the ID is added as the last one, so that pages fit together.
        first: rows to skip.
        limit: rows to return, 1 to 2000.
    """
    query = Query(model, tuple(where), fields, order_by)
    return query.request(result.page_of(model, query.asked), first=first, limit=limit)


def report(
    model: type[M],
    where: Iterable[FilterCondition[M]] = (),
    /,
    *,
    group_by: Sequence[FieldPath[M]] = (),
    aggregates: Mapping[str, SequenceNotStr[FieldPath[M]]] | None = None,
    rollup: bool = False,
) -> Request[ReportGroup]:
    """Returns the request for aggregates over the rows for which all conditions hold, in nested groups."""
    use = f"a report of {model.__name__}"
    grouped = report_parameters(group_by, {} if aggregates is None else aggregates, of=model, rollup=rollup)
    params = (*parameters(own_tests(where, model, use)), *grouped)
    names = [f"{function}_{path}" for function, paths in (aggregates or {}).items() for path in paths]
    decode = report_of([str(path) for path in group_by], names, model)
    return Request("GET", f"{model.obj_code}/report", decode, params, reads=True)


def create(
    model: type[M],
    values: Mapping[str, object],
    /,
    *,
    fields: Fields[M] = None,
    custom: Custom = None,
    extra: Extra = None,
    form: Form = None,
) -> Request[M]:
    """Returns a new object with these values; ``extra`` holds fields by wire name that the model does not know."""
    body = cast("JsonValue", payload(model, values, custom, extra, form))
    selection = field_parameters(fields, wire_names(model), of=model)
    return Request("POST", model.obj_code, result.new_row_of(model, asked_names(selection)), selection, body)


def update(
    model: type[M],
    target: str | M,
    values: Mapping[str, object],
    /,
    *,
    fields: Fields[M] = None,
    custom: Custom = None,
    extra: Extra = None,
    form: Form = None,
    whole: bool = False,
) -> Request[M]:
    """Returns the request that gives an object new values; fields not named stay, nested objects and collections are
    replaced whole.

    Args:
        model: the object.
        target: its ID, or a row of it, which brings what was set in it since it was read.
        values: by Python name; for an ID.
        fields: what to load of the object after it.
        custom: custom fields by parameter name; for an ID.
        extra: fields by wire name that the model does not know; for an ID.
        form: a filled-in custom form; for an ID.
        whole: whether a row is written with all that it holds.

    Raises:
        QueryError: nothing to change, a row with values beside it or without an ID, a value that does not fit.
    """
    checked_flag(whole, "whole")
    if isinstance(target, WorkfrontObject):
        if values or custom or extra or form is not None:
            raise QueryError(
                "update() takes a row or values, not both.", hint="Set them in the row, or write update(row.id, ...)."
            )
        return _row_update(model, target, fields=fields, whole=whole)
    if whole:
        raise QueryError("whole= is for rows.", hint="Write update(row, whole=True), or leave it out.")
    return _values_update(model, target, payload(model, values, custom, extra, form), fields)


def save(model: type[M], row: M, /) -> Request[M] | None:
    """Returns what was set in a row since it was read, written; the result is the row itself. ``None`` for an unchanged
    row.

    Raises:
        QueryError: a row of another object, or without an ID.
    """
    refuse_other(model, row)
    object_id, update = id_of(row), RowUpdate.of(row)
    if not update.body:
        return None
    body = cast("JsonValue", update.body)
    parse = Marking(returning(row, result.written_row_of(model, object_id=object_id)), [update.written])
    return Request("PUT", address(model, object_id), parse, json=body)


def _row_update(model: type[M], row: M, *, fields: Fields[M], whole: bool) -> Request[M]:
    refuse_other(model, row)
    object_id, update = id_of(row), RowUpdate.of(row, whole=whole)
    if not update.body:
        raise QueryError(
            f"update() of {model.__name__} {object_id} has nothing to change: nothing was set since it was read.",
            hint="Set a member, write save(row), which sends nothing then, or update(row, whole=True).",
        )
    request = _values_update(model, object_id, update.body, fields)
    return replaced(request, parse=Marking(request.parse, [update.written]))


def _values_update(model: type[M], object_id: str, body: dict[str, JsonValue], fields: Fields[M]) -> Request[M]:
    if not body:
        raise QueryError(
            f"update() of {model.__name__} {object_id} has nothing to change.", hint="Give a field its value."
        )
    selection = field_parameters(fields, wire_names(model), of=model)
    parse = result.written_row_of(model, asked_names(selection), object_id=object_id)
    return Request("PUT", address(model, object_id), parse, selection, cast("JsonValue", body))


def copy(
    model: type[M],
    source_id: str,
    /,
    *,
    values: Mapping[str, object] | None = None,
    options: SequenceNotStr[str] = (),
    fields: Fields[M] = None,
    custom: Custom = None,
    extra: Extra = None,
    form: Form = None,
) -> Request[M]:
    """Returns a copy of an object, with some values of its own; ``options`` are the object's, such as
    ``clearProgress``.
    """
    chosen = checked_texts(options, "options=")
    params: Params = (("copySourceID", checked_id(source_id)),)
    if chosen:
        params += (("options", json.dumps(chosen)),)
    params += field_parameters(fields, wire_names(model), of=model)
    body = payload(model, {} if values is None else values, custom, extra, form)
    parse = result.new_row_of(model, asked_names(params))
    return Request("POST", model.obj_code, parse, params, cast("JsonValue", body or None))


def delete(model: type[WorkfrontObject], object_id: str, /, *, force: bool = False) -> Request[None]:
    """Removes an object; ``force`` also removes what depends on it."""
    params = (("force", "true"),) if checked_flag(force, "force") else ()
    return Request("DELETE", address(model, object_id), result.success, params)


def replace(model: type[WorkfrontObject], object_ids: Iterable[str], replacement_id: str, /) -> Request[None]:
    """Puts one object in the place of others wherever they are referred to, and removes these."""
    params = (("id", joined_ids(object_ids)), ("replacementID", checked_id(replacement_id)))
    return Request("PUT", f"{model.obj_code}/replace", result.success, params)


def named_query(
    model: type[WorkfrontObject],
    name: str,
    arguments: Mapping[str, object],
    parse: Decoder[T],
    /,
    *,
    where: Iterable[FilterCondition[Any]] = (),
    fields: Fields[Any] = None,
    of: type[WorkfrontObject] | None = None,
) -> Request[T]:
    """Returns rows of a query the server knows by name; list arguments repeat their name.

    Args:
        model: the object that has the query.
        name: its wire name.
        arguments: by wire name; ``None`` leaves one out.
        parse: reads the answer.
        where: conditions on its rows.
        fields: what to load of its rows.
        of: the object of its rows, where that is known; conditions and fields have to be of it.

    Raises:
        QueryError: a name that is none, an argument without a form on the wire, a condition or field of another object.
    """
    named = checked_map(arguments, "arguments").items()
    given = ((key.strip(), entry) for key, value in named if value is not None for entry in _entries(value))
    pairs = tuple((key, literal(entry, key)) for key, entry in given)
    tests = own_tests(where, of, f"the named query {name}") if of is not None else tuple(map(checked_condition, where))
    params = (*pairs, *parameters(tests), *field_parameters(fields, {}, of=of))
    return Request("GET", f"{model.obj_code}/{segment(checked_name(name))}", result.of_read(parse), params, reads=True)


def _entries(value: object) -> Iterable[object]:
    return cast("Iterable[object]", value) if isinstance(value, list | tuple) else (value,)
