"""What a checker says of a program against the copy, as uses of what goes.

Members are told by the names that mypy quotes; a value whose type nobody knows gives a possible use.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from workfront_codegen.upgrade.compare import NEEDED, RETYPED, BrokenMember
from workfront_codegen.upgrade.plain_tables import table_keys

_SAID: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r'"(?:type\[)?(?P<owner>\w+)[^"]*" has no attribute "(?P<name>\w+)"',
        r'Item "(?:type\[)?(?P<owner>\w+)[^"]*" of "[^"]*" has no attribute "(?P<name>\w+)"',
        r'Module(?: "[\w.]+")? has no attribute "(?P<name>\w+)"',
        r'Unexpected keyword argument "(?P<name>\w+)" for "(?P<method>\w+)" of "(?P<owner>\w+)',
        r'Unexpected keyword argument "(?P<name>\w+)" for "(?P<owner>\w+)"',
        r'Missing named argument "(?P<name>\w+)" for "(?P<owner>\w+)"',
        r'Extra keys? (?P<names>.+) for TypedDict "(?P<owner>\w+)"',
        r'TypedDict "(?P<owner>\w+)" has no key "(?P<name>[^"]+)"',
    )
)
"""How mypy says that something is not there."""
_OVERLOADED: Final = re.compile(r'(?:No overload variant|Value of type variable "\w+") of "\w+" of "(?P<owner>\w+)')
_CLASS: Final = re.compile(r'"type\[(\w+)\]"|cannot be "(\w+)"$')
_OPTION: Final = re.compile(r"""(?:has|incompatible) type "Literal\[(?P<text>'.*?'|".*?")\]\??[,";]""")
_QUOTED: Final = re.compile(r'"([^"]+)"')
_TEXTS: Final = frozenset({"fields", "getattr", "raw_field", "raw", "get"})

_BESIDE_ROWS: Final = ("Values", "Field", "Option", "Text")
"""Ends of the names of classes whose members are no attributes of rows."""

N = TypeVar("N", bound=ast.expr)


@dataclass(frozen=True, slots=True)
class Use:
    """A place of a program that uses something that goes; possible ones are not sure. ``rule`` names the kind."""

    path: str
    line: int
    column: int
    name: str
    text: str
    rule: str
    certain: bool = True


def uses(errors: Sequence[Mapping[str, Any]], broken: Sequence[BrokenMember]) -> tuple[Use, ...]:
    """Returns the uses that a checker's errors tell of, each place and name once, certain ones first."""
    by_name: dict[str, list[BrokenMember]] = {}
    for item in broken:
        by_name.setdefault(item.spelling, []).append(item)
    found: dict[tuple[str, int, str], Use] = {}
    for error in errors:
        for use in _of_error(error, by_name):
            known = found.get(key := (use.path, use.line, use.name))
            if known is None or (use.certain and not known.certain):
                found[key] = use
    sure = {(use.path, use.line, use.column) for use in found.values() if use.certain}
    kept = [use for use in found.values() if use.certain or (use.path, use.line, use.column) not in sure]
    return tuple(sorted(kept, key=lambda use: (use.path, use.line, use.column, use.name)))


def texts(file: Path, broken: Sequence[BrokenMember]) -> Iterator[Use]:
    """Yields possible uses by text: a wire name that goes in ``fields=``, in brackets or ``raw_field``, a name in
    ``getattr``.

    A text in brackets behind a table of the program's own is none. Raises SyntaxError for a file that is no Python.
    """
    wires = {item.wire: item for item in broken if item.wire and item.wire != item.name and item.owner}
    members = {item.name: item for item in broken if item.owner and not item.owner.endswith(_BESIDE_ROWS)}
    written = {item.name: item for item in broken if item.owner.endswith("Values")}
    tree = _tree(str(file))
    tables = table_keys(tree)
    for node in ast.walk(tree):
        for key in _rows_keys(node):
            if (item := written.get(str(key.value))) is not None:
                said = f"possibly {item.text}: rows of plain texts are not checked"
                yield Use(str(file), key.lineno, key.col_offset + 1, item.name, said, "possible", certain=False)
        for text in _named_texts(node):
            is_text = isinstance(text, ast.Constant) and isinstance(text.value, str)
            if isinstance(text, ast.Constant) and is_text and (text.lineno, text.col_offset) not in tables:
                for item, how in _meant(str(text.value), wires, members if _is_getattr(node) else {}):
                    said = f"possibly {item.text}, by its {how}"
                    yield Use(str(file), text.lineno, text.col_offset + 1, item.name, said, "possible", certain=False)


def _meant(
    text: str, wires: Mapping[str, BrokenMember], members: Mapping[str, BrokenMember]
) -> Iterator[tuple[BrokenMember, str]]:
    """Yields what a text may stand for, and what of it the text is."""
    if text in members:
        yield members[text], "name"
        return
    yield from ((wires[part], "wire name") for part in text.removeprefix("DE:").split(":") if part in wires)


def _is_getattr(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr"


def _rows_keys(node: ast.AST) -> Iterator[ast.Constant]:
    """Yields keys of rows of a bulk call, whose texts may come from a table and are not typed."""
    match node:
        case ast.Call(func=ast.Attribute(attr="create_many" | "update_many") | ast.Name(id="RowInput")):
            for table in (item for item in ast.walk(node) if isinstance(item, ast.Dict)):
                yield from (key for key in table.keys if isinstance(key, ast.Constant))
        case _:
            return


def _named_texts(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.keyword(arg="fields", value=ast.List(elts=elements) | ast.Tuple(elts=elements)):
            return elements
        case ast.Subscript(slice=ast.Constant() as text):
            return [text]
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=arguments) if name in _TEXTS:
            return arguments
        case _:
            return []


def _of_error(error: Mapping[str, Any], by_name: Mapping[str, list[BrokenMember]]) -> Iterator[Use]:
    message = str(error["message"])
    if message.startswith("Expression has type"):
        yield from _possible(error, by_name)
        return
    for pattern in _SAID:
        for match in pattern.finditer(message):
            parts = match.groupdict()
            names = _QUOTED.findall(parts["names"]) if parts.get("names") else [parts["name"]]
            for name in names:
                yield from _certain(error, name, parts.get("owner") or "", by_name)
    if (overloaded := _OVERLOADED.search(message)) is not None:
        yield from _keywords(error, overloaded["owner"], by_name)
        yield from _options_of_call(error, by_name)
        yield from _custom_of_call(error, message, by_name)
    yield from _option(error, message, by_name)
    for owner in set(re.findall(r"\b(\w+Values)\b", f"{message} {error.get('hint')}")):
        yield from _keys(error, owner, by_name)


def _certain(
    error: Mapping[str, Any], name: str, owner: str, by_name: Mapping[str, list[BrokenMember]]
) -> Iterator[Use]:
    base = owner.removeprefix("Async").removesuffix("Service")
    owners = {owner, f"{base}Values", f"{base}CreateValues", f"_{base}OtherValues", f"Async{base}Service"}
    own = [item for item in by_name.get(name, []) if not owner or item.owner in owners]
    if own:
        item = own[0]
        rule = RETYPED if item.rule == NEEDED else item.rule
        yield Use(str(error["file"]), int(error["line"]), int(error["column"]) + 1, name, item.text, rule)


def _option(error: Mapping[str, Any], message: str, by_name: Mapping[str, list[BrokenMember]]) -> Iterator[Use]:
    """Yields a text that is no option any more; mypy names the enumeration beside the texts that are left."""
    for match in _OPTION.finditer(message):
        text = str(ast.literal_eval(match["text"]))
        for owner in set(re.findall(r"\b(\w+)Option\b", message)) & {i.owner[:-4] for i in by_name.get(text, ())}:
            yield from _certain(error, text, f"{owner}Text", by_name)


def _possible(error: Mapping[str, Any], by_name: Mapping[str, list[BrokenMember]]) -> Iterator[Use]:
    """Yields an attribute of that name on a value whose type is not known."""
    place = (int(error["line"]), int(error["column"]))
    for node in ast.walk(_tree(str(error["file"]))):
        if isinstance(node, ast.Attribute) and node.attr in by_name and (node.lineno, node.col_offset) == place:
            owners = sorted({item.owner for item in by_name[node.attr]})
            said = f"possibly {' or '.join(owners[:3])}.{node.attr}: the type of the value is not known"
            yield Use(str(error["file"]), place[0], place[1] + 1, node.attr, said, "possible", certain=False)


def _keywords(error: Mapping[str, Any], owner: str, by_name: Mapping[str, list[BrokenMember]]) -> Iterator[Use]:
    """Yields keywords of a call that no overload takes any more; mypy names the method alone."""
    for keyword in (keyword for node in _around(error, ast.Call) for keyword in node.keywords):
        place = {**error, "line": keyword.lineno, "column": keyword.col_offset}
        yield from _certain(place, keyword.arg or "", owner, by_name)


def _options_of_call(error: Mapping[str, Any], by_name: Mapping[str, list[BrokenMember]]) -> Iterator[Use]:
    """Yields options in the ``custom=`` of a call that no overload takes any more."""
    for node in _around(error, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            for text in (item for item in ast.walk(value) if isinstance(item, ast.Constant)):
                for item in by_name.get(str(text.value), ()):
                    if isinstance(key, ast.Constant) and item.field == key.value:
                        place = {**error, "line": text.lineno, "column": text.col_offset}
                        yield from _certain(place, item.name, item.owner, by_name)


def _custom_of_call(error: Mapping[str, Any], message: str, by_name: Mapping[str, list[BrokenMember]]) -> Iterator[Use]:
    """Yields names in the ``custom=`` of a call that takes the class of a row; mypy names the class alone."""
    owners = [f"{match[1] or match[2]}CustomValues" for match in _CLASS.finditer(message)]
    for node in _around(error, ast.Call) if owners else ():
        for table in (item.value for item in node.keywords if item.arg == "custom"):
            if isinstance(table, ast.Dict):
                for owner in owners:
                    yield from _keys_of(error, table, owner, by_name)


def _keys(error: Mapping[str, Any], owner: str, by_name: Mapping[str, list[BrokenMember]]) -> Iterator[Use]:
    """Yields keys of a mapping inside a list or a variable, of which mypy names the class alone."""
    for node in _around(error, ast.Dict):
        yield from _keys_of(error, node, owner, by_name)


def _keys_of(
    error: Mapping[str, Any], table: ast.Dict, owner: str, by_name: Mapping[str, list[BrokenMember]]
) -> Iterator[Use]:
    for key in table.keys:
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            place = {**error, "line": key.lineno, "column": key.col_offset}
            yield from _certain(place, key.value, owner, by_name)


def _around(error: Mapping[str, Any], kind: type[N]) -> Iterator[N]:
    """Yields the parts of a program, of one kind, that the line of an error is in."""
    line = int(error["line"])
    for node in ast.walk(_tree(str(error["file"]))):
        if isinstance(node, kind) and node.lineno <= line <= (node.end_lineno or 0):
            yield node


def _tree(path: str) -> ast.Module:
    file = Path(path)
    return _parsed(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _parsed(file: Path, _changed: int) -> ast.Module:
    """Returns the tree of a file, which many errors ask for one after the other."""
    return ast.parse(file.read_bytes())
