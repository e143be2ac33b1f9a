"""What is known of operations beside their metadata, from ``facts.toml``: each fact with its source.

Metadata does not say what a create needs, whether an action runs on a row, what its options are; and servers name no
result type for named queries. Facts speak of names: one about something a snapshot does not hold is not used.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from workfront_schema.errors import SchemaError, first_fault
from workfront_schema.store import standard_schema
from workfront_schema.toml_file import read_toml

FILE = "facts.toml"


class _Fact(BaseModel, extra="forbid", frozen=True):
    object: str
    source: str
    certainty: Literal["documented", "seen"] = "documented"
    text: str = ""
    needs: tuple[str, ...] = ()


class QueryFact(_Fact, frozen=True):
    """Named queries that answer with one row; all others answer with a list."""

    names: tuple[str, ...]
    rows: Literal["one"]


class ActionFact(_Fact, frozen=True):
    """What actions of an object type do, which arguments they need, which options they know, where they run."""

    names: tuple[str, ...]
    target: Literal["row", "none"] | None = None
    options: str = ""


class CreateFact(_Fact, frozen=True):
    """What a create needs; ``typed`` where it is certain enough for a type checker to demand it."""

    fixed: tuple[str, ...] = ()
    typed: bool = False


class Facts(BaseModel, extra="forbid", frozen=True):
    """All facts of a file."""

    query: tuple[QueryFact, ...] = ()
    action: tuple[ActionFact, ...] = ()
    create: tuple[CreateFact, ...] = ()

    def is_one_row(self, obj_code: str, query: str) -> bool:
        """Returns whether a named query is known to answer with one row."""
        return any(fact.object == obj_code and query in fact.names for fact in self.query)

    def of_action(self, obj_code: str, action: str) -> tuple[ActionFact, ...]:
        """Returns what is known of an action."""
        return tuple(fact for fact in self.action if fact.object == obj_code and action in fact.names)

    def of_create(self, obj_code: str) -> CreateFact | None:
        """Returns what is known of creating a row."""
        return next((fact for fact in self.create if fact.object == obj_code), None)


def layered(schema: Path) -> Facts:
    """Returns the facts for a schema folder: its own, then the shipped ones, each once. Of a create the first that
    speaks counts.
    """
    own_file, shipped_file = schema / FILE, standard_schema() / FILE
    own = load(own_file)
    if own_file.exists() and own_file.samefile(shipped_file):
        return own
    shipped = load(shipped_file)
    return Facts(
        query=tuple(dict.fromkeys((*own.query, *shipped.query))),
        action=tuple(dict.fromkeys((*own.action, *shipped.action))),
        create=tuple(dict.fromkeys((*own.create, *shipped.create))),
    )


def load(file: Path) -> Facts:
    """Returns the facts in a file; none where there is no file. Raises SchemaError naming the entry that is not
    right.
    """
    try:
        return Facts.model_validate(read_toml(file))
    except ValidationError as error:
        raise SchemaError(f"{file}: {first_fault(error)}", "see schema/README.md") from None
