"""The tools that read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import Field

from workfront_cli.account.identity import access_level, current_user
from workfront_cli.assistants.answers import Answer, documents, fitting, is_for_asking
from workfront_cli.assistants.desk import Desk
from workfront_cli.data.cells import nested
from workfront_cli.data.columns import default_columns
from workfront_cli.data.descriptions import described
from workfront_cli.data.fields import Shown, shown_fields
from workfront_cli.data.named_values import checked_name, objects_in
from workfront_cli.data.where import given_ids, id_test, object_id
from workfront_core.errors import PermissionDenied, QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.condition import FilterCondition
from workfront_core.query.language.field_lists import parse_fields, parse_order
from workfront_core.query.language.parsing import parse
from workfront_core.request.address import environment_name

Obj = Annotated[str, Field(description="Object by code or name: task, project, issue, hour, user ...")]
Where = Annotated[str, Field(description="Condition, as in the instructions, or IDs; empty for all.")]
Fields = Annotated[str, Field(description="Names with commas: name, assignedTo.name, DE:Region")]

_DESCRIBED: Final = 100
_GROUPS: Final = 200
_WORDS: Final = {None: "reads only", "dry-run": "tries plans out, and sends nothing"}


@dataclass(frozen=True, slots=True)
class ReadingTools:
    """What an assistant may look at.

    Attributes:
        desk: the client and its bounds.
    """

    desk: Desk

    def describe(
        self,
        obj: Annotated[str, Field(description="Object, or object.field for its codes; empty for all objects.")] = "",
        contains: Annotated[str, Field(description="Only what has this text in it.")] = "",
    ) -> Answer:
        """Tells objects, or the fields and actions of one, or the codes of a field. Sends no request."""
        if obj:
            self.desk.model(obj.partition(".")[0])
        rows = described(obj or None, self.desk.version)
        if not obj and self.desk.codes is not None:
            rows = [row for row in rows if row["code"] in self.desk.codes]
        actions = described(obj, self.desk.version, actions=True) if obj and "." not in obj else []
        found, more = fitting((_said(row) for row in rows if _has(row, contains)), _DESCRIBED)
        named = [row["name"] for row in actions if _has(row, contains)]
        return {"rows": found, "actions": named[:_DESCRIBED], "more": more}

    def search(
        self,
        obj: Obj,
        where: Where = "",
        fields: Fields = "",
        order_by: Annotated[str, Field(description="plannedCompletionDate:desc, name")] = "",
        limit: Annotated[int, Field(ge=1, description="Rows; bounded by the server.")] = 20,
        after: Annotated[str, Field(description="The next of the answer before, to go on.")] = "",
    ) -> Answer:
        """Finds objects. Prefer count and report where a number is the answer."""
        opened = self.desk.about(obj)
        shown = _shown(fields, opened.model)
        most = min(limit, self.desk.bounds.max_rows)
        pager = opened.service.search(
            *tests(where, opened.model),
            fields=shown.fields,
            order_by=parse_order(order_by, opened.model) if order_by else (),
            page_size=most + 1,
            limit=most + 1,
            after=after or None,
            prefetch=False,
        )
        places: list[str | None] = []

        def rows() -> Any:
            for row in pager:
                places.append(pager.cursor)
                yield row.flat(shown.columns)

        found, more = fitting(documents(rows(), shown.columns), most)
        return {"rows": found, "more": more, "next": places[len(found) - 1] if more else None}

    def count(self, obj: Obj, where: Where = "") -> Answer:
        """Counts objects."""
        opened = self.desk.about(obj)
        return {"count": opened.service.count(*tests(where, opened.model))}

    def report(
        self,
        obj: Obj,
        by: Annotated[str, Field(description="Fields to group by, with commas.")],
        sum: Annotated[str, Field(description="Fields to add up; rows are counted where there are none.")] = "",
        where: Where = "",
    ) -> Answer:
        """Groups objects; counts them, or adds up fields, by group."""
        opened = self.desk.about(obj)
        functions: dict[str, Any] = {"sum": parse_fields(sum, opened.model)} if sum else {}
        functions = functions or {"count": parse_fields("ID", opened.model)}
        found = opened.service.report(
            *tests(where, opened.model), group_by=parse_fields(by, opened.model) if by else (), **functions
        )
        rows, more = fitting((nested({**row.keys, **row.aggregates}) for row in found.rows()), _GROUPS)
        return {"rows": rows, "more": more}

    def get(self, obj: Obj, id: str, fields: Fields = "") -> Answer:
        """Shows one object by its ID, or by a link out of the browser."""
        opened = self.desk.about(obj)
        shown = _shown(fields, opened.model)
        row = opened.service.get(object_id(id), fields=shown.fields)
        return {"rows": fitting(documents([row.flat(shown.columns)], shown.columns), 1)[0]}

    def query(
        self,
        obj: Obj,
        name: Annotated[str, Field(description="A named query of it: myWork of work, myApprovals of approval.")],
        arguments: Annotated[dict[str, str] | None, Field(description="Of the query.")] = None,
    ) -> Answer:
        """Runs a named query, as describe lists them among actions."""
        opened = self.desk.about(obj)
        answer = opened.client.request("GET", f"{opened.model.obj_code}/{checked_name(name)}", arguments or {})
        rows = [opened.model.from_wire(row).flat() for row in objects_in(answer)]
        found, more = fitting(documents(rows, None), self.desk.bounds.max_rows)
        return {"rows": found, "more": more}

    def whoami(self) -> Answer:
        """Says who is signed in, where, and whether anything may be written."""
        user = current_user(self.desk.client)
        if user is None:
            raise PermissionDenied("The account that is signed in cannot see itself.")
        writes = self.desk.bounds.writes
        return {
            "user": user.get("name"),
            "userID": user["ID"],
            "accessLevel": access_level(user),
            "address": self.desk.profile.address,
            "environment": environment_name(self.desk.profile.address),
            "apiVersion": str(self.desk.version),
            "writes": _WORDS.get(writes, "applies plans"),
        }


def tests(where: str, model: type[WorkfrontObject]) -> tuple[FilterCondition[Any], ...]:
    """Returns the conditions in a text: IDs or a condition. No file is read for a model.

    Raises:
        QueryError: it is neither.
    """
    text = where.strip()
    if not text:
        return ()
    ids = given_ids(text)
    return (id_test(ids, model),) if ids else (parse(text, model),)


def _shown(fields: str, model: type[WorkfrontObject]) -> Shown:
    """Returns what to load and to show; without a list what people look for first, but no addresses."""
    if fields.strip() == "*":
        raise QueryError("Fields are asked for by name here.", hint=f"describe {model.__name__} lists them.")
    if fields.strip():
        return shown_fields(fields, model)
    usual = default_columns(model.obj_code)
    if usual is None:
        return Shown(None, None)
    return shown_fields(",".join(name for name in usual.split(", ") if not is_for_asking(name)), model)


def _said(row: dict[str, Any]) -> Answer:
    """Returns what a model needs of a description: what is there, by the names of the service."""
    return {name: value for name, value in row.items() if value not in ("", None) and name != "python"}


def _has(row: dict[str, Any], text: str) -> bool:
    return text.lower() in " ".join(map(str, row.values())).lower()
