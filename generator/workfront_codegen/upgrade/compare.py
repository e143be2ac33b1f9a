"""What goes or narrows between two versions of a generated package, read from its source; nothing of it is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workfront_codegen.errors import CodegenError
from workfront_codegen.upgrade.verbs import verb_methods

REMOVED = "removed"
RETYPED = "retyped"
NEEDED = "needed"
"""Of a form's field that may not be left out any more; told as retyped."""
_WRITES = ("Values",)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a class, a key of a TypedDict, a text of a Literal, an argument of a method (``method()argument``).

    ``takes`` says that programs give it: then a type may grow and must not shrink.
    """

    owner: str
    name: str
    type: str
    wire: str
    takes: bool = False
    needed: bool = False


@dataclass(frozen=True, slots=True)
class BrokenMember:
    """A member of the old version that is gone or narrower in the new one; without an owner it is an export.

    ``field`` is the custom field that an option belongs to.
    """

    owner: str
    name: str
    rule: str
    file: str
    wire: str = ""
    detail: str = ""
    field: str = ""

    @property
    def text(self) -> str:
        """What became of it, for people."""
        own = f"{self.owner}.{self.name}".lstrip(".")
        return f"{own} is gone" if self.rule == REMOVED else f"{own}: {self.detail}"

    @property
    def spelling(self) -> str:
        """The name by which a program uses it."""
        method, _, argument = self.name.partition("()")
        return argument if argument and method.isidentifier() else self.name


def broken_members(old: Path, new: Path) -> tuple[BrokenMember, ...]:
    """Returns what the version in folder ``new`` lacks of that in ``old``, or takes or gives otherwise.

    Raises CodegenError where one of them is not there.
    """
    for folder in (old, new):
        if not (folder / "__init__.py").is_file():
            raise CodegenError(f"{folder} does not hold a generated version", "name the versions that the package has")
    files = sorted([*old.rglob("*.py"), *old.rglob("*.pyi")])
    found = (item for file in files for item in _of_file(old, new, file.relative_to(old)))
    fields = _option_fields(old)
    return tuple(replace(item, field=fields.get(item.owner, "")) for item in found)


def members(tree: ast.Module) -> Iterator[Member]:
    """Yields the members of all classes, TypedDicts and Literals of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            is_form = any(ast.unparse(base) == "CustomForm" for base in node.bases)
            for item in node.body:
                yield from _of_form(node.name, item) if is_form else _of_class(node.name, item)
            for method in (method for base in node.bases for method in verb_methods(base)):
                yield Member(node.name, method, "", method)
        elif (texts := literal_texts(node)) is not None:
            for text in texts[1]:
                yield Member(texts[0], text, "", "")
        elif (keys := typed_dict(node)) is not None:
            name, table = keys
            for key, value in zip(table.keys, table.values, strict=True):
                if isinstance(key, ast.Constant):
                    yield Member(name, str(key.value), ast.unparse(value), str(key.value), takes=True)


def typed_dict(node: ast.AST) -> tuple[str, ast.Dict] | None:
    """Returns name and keys of a TypedDict that is made by a call."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
        return None
    call = node.value
    if not ast.unparse(call.func).endswith("TypedDict") or not isinstance(call.args[1], ast.Dict):
        return None
    return str(ast.literal_eval(call.args[0])), call.args[1]


def literal_texts(node: ast.AST) -> tuple[str, tuple[str, ...]] | None:
    """Returns name and texts of a type alias that stands for a Literal, as options have one."""
    match node:
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.Subscript(value=literal, slice=texts)) if (
            ast.unparse(literal) == "_t.Literal"
        ):
            listed = texts.elts if isinstance(texts, ast.Tuple) else [texts]
            return name, tuple(str(item.value) for item in listed if isinstance(item, ast.Constant))
        case _:
            return None


def exports(tree: ast.Module) -> frozenset[str]:
    """Returns the public names of a package."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


def _of_file(old: Path, new: Path, where: Path) -> Iterator[BrokenMember]:
    before = ast.parse((old / where).read_text("utf-8"))
    after = ast.parse((new / where).read_text("utf-8")) if (new / where).is_file() else ast.Module([], [])
    if where.name == "__init__.py":
        for name in sorted(exports(before) - exports(after)):
            yield BrokenMember("", name, REMOVED, where.as_posix())
        return
    now: Mapping[tuple[str, str], Member] = {(item.owner, item.name): item for item in members(after)}
    classes = {item.owner for item in now.values()}
    for item in members(before):
        if item.owner not in classes:
            continue  # the class itself is gone, which its export says
        there = now.get((item.owner, item.name))
        if there is None:
            yield BrokenMember(item.owner, item.name, REMOVED, where.as_posix(), item.wire)
        elif _is_narrower(item, there):
            detail = f"was {item.type}, is {there.type}"
            yield BrokenMember(item.owner, item.name, RETYPED, where.as_posix(), item.wire, detail)
        elif there.needed and not item.needed:
            yield BrokenMember(item.owner, item.name, NEEDED, where.as_posix(), item.wire, "is needed now")


def _option_fields(version: Path) -> Mapping[str, str]:
    """Returns the custom field by the name of what its options are written with, ``RegionText``."""
    found: dict[str, str] = {}
    for file in version.glob("custom/*.py"):
        for member in members(ast.parse(file.read_text("utf-8"))):
            if member.takes:
                found |= dict.fromkeys(re.findall(r"\b\w+Text\b", member.type), member.name)
    return found


def _is_narrower(before: Member, after: Member) -> bool:
    """Returns whether a program that was right may be wrong now: a write takes less, a read gives more."""
    if before.type == after.type or not before.type or not after.type:
        return False
    old, new = set(before.type.split(" | ")), set(after.type.split(" | "))
    return bool(old - new) if before.takes else bool(new - old)


def _of_form(owner: str, item: ast.stmt) -> Iterator[Member]:
    """Yields the field of a form, ``region: Annotated[RegionChoice | None, Field(...)] = None``.

    That one is needed is told apart from what it takes.
    """
    if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
        given = item.annotation
        if isinstance(given, ast.Subscript) and isinstance(given.slice, ast.Tuple):
            given = given.slice.elts[0]
        kinds = [kind for kind in ast.unparse(given).split(" | ") if kind != "None"]
        yield Member(owner, item.target.id, " | ".join(kinds), "", takes=True, needed=item.value is None)


def _of_class(owner: str, item: ast.stmt) -> Iterator[Member]:
    if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
        wire = _wire(item.value) or item.target.id
        yield Member(owner, item.target.id, ast.unparse(item.annotation), wire, takes=owner.endswith(_WRITES))
    elif isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name):
        value = str(item.value.value) if isinstance(item.value, ast.Constant) else ""
        yield Member(owner, item.targets[0].id, "", value)
    elif isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) and not item.name.startswith("_"):
        yield Member(owner, item.name, "", item.name)
        for argument in item.args.kwonlyargs:
            annotation = ast.unparse(argument.annotation) if argument.annotation else ""
            yield Member(owner, f"{item.name}(){argument.arg}", annotation, argument.arg, takes=True)


def _wire(value: ast.expr | None) -> str:
    """Returns the wire name that a member of a model is declared with."""
    if isinstance(value, ast.Call) and value.args and isinstance(value.args[-1], ast.Constant):
        return str(value.args[-1].value)
    return ""
