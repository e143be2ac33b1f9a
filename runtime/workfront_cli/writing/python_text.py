"""A command that writes, as the Python that does the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, cast

from workfront_cli.data.where import given_ids, read_where, typed
from workfront_cli.writing.assignments import Assignment, RowValues, row_of
from workfront_cli.writing.lookups import Lookups
from workfront_core.errors import QueryError
from workfront_core.operations.access_rules import AccessGrant

if TYPE_CHECKING:
    from pathlib import Path

    from workfront_cli.data.session import Session
    from workfront_cli.writing.call import Action
    from workfront_core.models.model import WorkfrontObject

_HEAD: Final = "with Workfront.from_env() as wf:"
_STANDARD: Final = frozenset({"datetime", "pathlib"})


@dataclass(slots=True)
class Program:
    """A program as it is written: names it imports, and lines below its client.

    Attributes:
        opened: what its objects are.
        imports: names by module.
        lines: of the block.
    """

    opened: Session
    imports: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    lines: list[str] = field(default_factory=list[str])

    @property
    def model(self) -> str:
        """The name of the class of its rows."""
        return self.opened.model.__name__

    @property
    def service(self) -> str:
        """How the service of its object is called."""
        services: dict[str, str] = self.opened.client.services
        return f"wf.{services[self.opened.model.obj_code]}"

    @property
    def package(self) -> str:
        """The package of the API version."""
        return type(self.opened.client).__module__.rpartition(".")[0]

    @property
    def root(self) -> str:
        """The package around it."""
        return self.package.rpartition(".")[0]

    def uses(self, module: str, *names: str) -> None:
        """Adds names that are imported."""
        self.imports.setdefault(module, set()).update(names)

    def literal(self, value: object) -> str:
        """Returns a value as Python writes it."""
        match value:
            case Enum():
                return self.literal(value.value)
            case datetime():
                self.uses("datetime", "datetime")
                return f"datetime.fromisoformat({value.isoformat()!r})"
            case date():
                self.uses("datetime", "date")
                return f"date.fromisoformat({value.isoformat()!r})"
            case dict():
                pairs = cast("dict[object, object]", value).items()
                return f"{{{', '.join(f'{self.literal(key)}: {self.literal(one)}' for key, one in pairs)}}}"
            case list() | tuple():
                return f"[{', '.join(map(self.literal, cast('Sequence[object]', value)))}]"
            case _:
                return repr(value)

    def arguments(self, values: Mapping[str, Any]) -> str:
        """Returns arguments by name, each behind a comma."""
        return "".join(f", {name}={self.literal(value)}" for name, value in values.items())

    def finds(self, where: str, *, limit: int | None) -> None:
        """Adds the IDs of the objects that are meant, as ``ids``; those that a condition tells are read first.

        Raises:
            QueryError: WHERE is empty.
        """
        text = read_where(where)
        if not text.strip():
            raise QueryError("WHERE is empty; it would mean every object.", hint="Give an ID, or a condition.")
        if ids := given_ids(text):
            self.lines.append(f"ids = {self.literal(ids[:limit])}")
            return
        self.uses(self.root, "parse")
        self.uses(self.package, self.model)
        most = "" if limit is None else f", limit={limit}"
        test = f"parse({str(typed(text, self.opened.model))!r}, {self.model})"
        self.lines.append(f"ids = [row.id for row in {self.service}.search({test}, fields=['ID']{most})]")

    def text(self) -> str:
        """Returns the program."""
        self.uses(self.package, "Workfront")
        groups = [[name for name in self.imports if (name in _STANDARD) is standard] for standard in (True, False)]
        parts = ["\n".join(f"from {one} import {', '.join(sorted(self.imports[one]))}" for one in sorted(group))
                 for group in groups if group]  # fmt: skip
        block = "\n".join(f"    {line}" for line in self.lines)
        return "\n\n".join([*parts, f"{_HEAD}\n{block}\n"])


def create_text(opened: Session, values: Sequence[Assignment]) -> str:
    """Returns a program that creates the object."""
    program, row = Program(opened), row_of(values, Lookups(opened.client))
    program.lines.append(f"print({program.service}.create({_given(program, row)[2:]}).id)")
    return program.text()


def update_text(opened: Session, where: str, values: Sequence[Assignment], *, limit: int | None) -> str:
    """Returns a program that gives the objects their new values."""
    program, row = Program(opened), row_of(values, Lookups(opened.client))
    program.finds(where, limit=limit)
    new = program.literal(row.values)
    if row.custom:
        kind = f"{program.model}Values"
        program.uses(program.root, "RowInput")
        program.uses(program.package, kind)
        program.lines.append(f"new: RowInput[{kind}] = RowInput({new}, custom={program.literal(row.custom)})")
        new = "new"
    pairs = f"(one, {new}) for one in ids"
    program.lines.append(f"print({program.service}.update_many([{pairs}], on_error='collect'))")
    return program.text()


def delete_text(opened: Session, where: str, *, force: bool, limit: int | None) -> str:
    """Returns a program that deletes the objects."""
    program = Program(opened)
    program.finds(where, limit=limit)
    forced = ", force=True" if force else ""
    program.lines.append(f"print({program.service}.delete_many(ids{forced}, on_error='collect'))")
    return program.text()


def copy_text(opened: Session, source: str, values: Sequence[Assignment], options: Iterable[str]) -> str:
    """Returns a program that copies the object."""
    program, row = Program(opened), row_of(values, Lookups(opened.client))
    given: dict[str, Any] = {"values": row.values, "options": list(options), "custom": row.custom}
    more = program.arguments({name: value for name, value in given.items() if value})
    program.lines.append(f"print({program.service}.copy({source!r}{more}).id)")
    return program.text()


def share_text(opened: Session, where: str, grant: AccessGrant, *, limit: int | None) -> str:
    """Returns a program that shares the objects."""
    program = Program(opened)
    program.finds(where, limit=limit)
    program.uses(program.root, "AccessGrant", "AccessorKind", "CoreAction")
    kind, level = f"AccessorKind.{grant.accessor_kind.name}", f"CoreAction.{grant.core_action.name}"
    program.lines.append(f"{program.service}.share(ids, AccessGrant({grant.accessor_id!r}, {kind}, {level}))")
    return program.text()


def unshare_text(opened: Session, where: str, kind: str, accessor: str, *, limit: int | None) -> str:
    """Returns a program that takes a share back."""
    program = Program(opened)
    program.finds(where, limit=limit)
    program.uses(program.root, "AccessorKind")
    program.lines.append(f"{program.service}.unshare(ids, {accessor!r}, AccessorKind.{kind})")
    return program.text()


def action_text(
    opened: Session, action: Action, where: str | None, arguments: Mapping[str, Any], *, limit: int | None
) -> str:
    """Returns a program that calls the action on each of the objects, or once where it runs on none."""
    program = Program(opened)
    call = f"{program.service}.{action.method.__name__}"
    more = program.arguments(arguments)
    if where is None:
        program.lines.append(f"print({call}({more[2:]}))")
        return program.text()
    program.finds(where, limit=limit)
    program.lines += ["for one in ids:", f"    {call}(one{more})"]
    return program.text()


def reassign_text(opened: Session, held: Iterable[tuple[type[WorkfrontObject], str, str]], taker: str) -> str:
    """Returns a program that gives a user what meets the conditions: each with its object and the field to change."""
    program = Program(opened)
    for model, condition, name in held:
        part = replace(program, opened=replace(opened, model=model))  # imports and lines are those of the program
        part.finds(condition, limit=None)
        pairs = f"(one, {part.literal({name: taker})}) for one in ids"
        part.lines.append(f"print({part.service}.update_many([{pairs}], on_error='collect'))")
    return program.text()


def upload_text(opened: Session, files: Sequence[Path], place: Mapping[str, Any]) -> str:
    """Returns a program that sends the files."""
    program = Program(opened)
    program.uses("pathlib", "Path")
    more = "".join(f", {name}={value!r}" for name, value in place.items())
    program.lines += [
        f"for name in {program.literal([str(file) for file in files])}:",
        f"    print({program.service}.upload(Path(name){more}).id)",
    ]
    return program.text()


def download_text(opened: Session, where: str, folder: Path) -> str:
    """Returns a program that writes the files of documents into a folder."""
    program = Program(opened)
    program.uses("pathlib", "Path")
    program.finds(where, limit=None)
    program.lines += [
        f"folder = Path({str(folder)!r})", "folder.mkdir(parents=True, exist_ok=True)",
        "for one in ids:", f"    print({program.service}.download(one, folder))",
    ]  # fmt: skip
    return program.text()


def _given(program: Program, row: RowValues) -> str:
    custom = {"custom": row.custom} if row.custom else {}
    return program.arguments({**row.values, **custom})
