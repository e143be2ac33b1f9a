"""What the sandbox computes and what it refuses, as a page: docs/sandbox-coverage.md, made from the code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from workfront_sandbox.actions.dispatch import is_computed as is_action_computed
from workfront_sandbox.query.computed import COMPUTED
from workfront_sandbox.reading.named_query import is_computed as is_query_computed
from workfront_sandbox.schema.catalogue import ObjectSchema, VersionSchema

_HEAD: Final = """\
# What the sandbox computes

Made from the code by `python -m tests.support.update_golden`; do not edit.

The sandbox does what the service does, or says that it does not: calls of what stands under "refused" are answered with
422 and the words "not computed by this sandbox". For actions, named queries and fields that can only be written this
can be set otherwise: `effects="warn"` answers without effect and warns (`NotComputedWarning`), `effects="ignore"`
answers without a word, as [testing.md](testing.md) shows; `workfront sandbox --effects` is the same for a served one.
The same holds for a written value of a field that follows from something else, unless it is the one the row has; the
words say what the field comes from, and what to write instead. Of a task with subtasks duration, work, planned dates
and percentage follow from those; of a project its percentage and the condition, unless its type is MN, and its dates
once it has tasks; the one it is not planned from in any case.
An argument of a computed action that would change nothing is answered in the same way, and nothing is done.
Four things are taken and have no effect, as they have none on the service: planned dates of a task whose constraint
does not pin them (write `taskConstraint` MSO, MFO or FIXT with them), work of a task of type A or S that nobody is
assigned to, a duration without work of a new task of type S, and work of a template task (copy one that has it by
`bulkCopy`).

Everything else that the metadata lists is taken by `fields`, found by filters, and read back after a write: fields,
references, collections. A field that follows from something else shows what a seed or a rule of the sandbox put there,
else null.
"""


def page(schema: VersionSchema, version: str) -> str:
    """Returns the page about one API version, in Markdown."""
    types = sorted(schema.objects.values(), key=lambda item: item.name)
    sections = (
        _operations("Actions", ((item, *_actions(item)) for item in types)),
        _operations("Named queries", ((item, *_queries(item)) for item in types)),
        _names("Filters refused", "Names that only filters know.", ((item, _filters(schema, item)) for item in types)),
        _names(
            "Relations refused in filters and writes",
            "References whose object type is on record nowhere; `fields` show null.",
            ((item, _nowhere(schema, item)) for item in types),
        ),
        _names(
            "Fields refused in writes", "Fields that can only be written.", ((item, _fields(item)) for item in types)
        ),
        _names(
            "Fields that follow from something else",
            "Flagged READ_ONLY, about other rows, or computed: a value of one's own would not last.",
            ((item, sorted(name for name in item.fields if item.follows(name))) for item in types),
        ),
    )
    return f"{_HEAD}\nFigures and names are those of {version}.\n\n" + "\n".join(sections)


def _operations(title: str, rows: Iterable[tuple[ObjectSchema, list[str], list[str]]]) -> str:
    found = [row for row in rows if row[1] or row[2]]
    done, refused = sum(len(right) for _, right, _ in found), sum(len(wrong) for _, _, wrong in found)
    lines = [f"| {item.name} (`{item.code}`) | {_list(right)} | {_list(wrong)} |" for item, right, wrong in found]
    head = f"## {title}\n\n{done} computed, {refused} refused.\n\n| Object | Computed | Refused |\n|---|---|---|\n"
    return head + "\n".join(lines) + "\n"


def _names(title: str, remark: str, rows: Iterable[tuple[ObjectSchema, list[str]]]) -> str:
    lines = [f"| {item.name} (`{item.code}`) | {_list(names)} |" for item, names in rows if names]
    return f"## {title}\n\n{remark}\n\n| Object | Names |\n|---|---|\n" + "\n".join(lines) + "\n"


def _actions(item: ObjectSchema) -> tuple[list[str], list[str]]:
    return _parted(sorted(item.actions), lambda name: is_action_computed(item.code, name))


def _queries(item: ObjectSchema) -> tuple[list[str], list[str]]:
    return _parted(sorted(item.queries), lambda name: is_query_computed(item.code, name))


def _parted(names: list[str], computed: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    return [name for name in names if computed(name)], [name for name in names if not computed(name)]


def _filters(schema: VersionSchema, item: ObjectSchema) -> list[str]:
    return sorted(name for name in item.filter_only if not _is_filter(schema, item.code, name))


def _is_filter(schema: VersionSchema, code: str, name: str) -> bool:
    known = (code, name) in COMPUTED or schema.filter_path(code, name) is not None
    return known or schema.filter_relation(code, name) is not None


def _nowhere(schema: VersionSchema, item: ObjectSchema) -> list[str]:
    return sorted(name for name in item.relations if schema.leads_nowhere(item.code, name))


def _fields(item: ObjectSchema) -> list[str]:
    return sorted(name for name in item.fields if item.is_without_effect(name))


def _list(names: Iterable[str]) -> str:
    return " ".join(_quoted(names)) or "-"


def _quoted(names: Iterable[str]) -> Iterator[str]:
    return (f"`{name}`" for name in names)
