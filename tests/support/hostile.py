"""A snapshot as an ill-meaning or careless administrator could make it: every name and label tries to break out."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from workfront_schema.snapshot import Argument, EnumValue, Field, ObjectType, Operation, Relation, Snapshot

MARKER = "HOSTILE_CODE_RAN"
INJECTION = f'""";import builtins;builtins.{MARKER}=True;"""'
LABELS = (
    INJECTION,
    "'''; raise SystemExit('escaped') #",
    "back\\slash at the end \\",
    "new\nline\r\nand \x00 and \x1b[31m",
    "braces {{ 7 * 7 }} {% raise %} {curly} %s",
    "bidi \u202e marks \u2066 \u2069 and \ufeff",
    '"',
    '\\"""',
    "\u2028 line separator \U0001f600 日本語",
    "",
)
NAMES = (
    "class", "def", "None", "True", "import", "match", "type", "self", "cls", "print", "str", "int", "list", "dict",
    "float", "bool", "object", "property", "json", "copy", "schema", "fields", "custom", "modelFields", "model_dump",
    "f", "objCode", "text", "number", "wire", "reference", "collection", "values", "timeout", "all", "eq", "asc",
    "datetime", "JsonValue", "TYPE_CHECKING", "Decimal", "_private", "__init__", "mro",
)  # fmt: skip
TYPES = (
    "string",
    "int",
    "double",
    "boolean",
    "dateTime",
    "date",
    "string[]",
    "map",
    "java.math.BigDecimal",
    "quantum",
    None,
)


def _awkward_names() -> ObjectType:
    fields = tuple(
        Field(name=name, label=LABELS[index % len(LABELS)], type=TYPES[index % len(TYPES)], flags=(INJECTION,))
        for index, name in enumerate(sorted(NAMES))
    )
    return ObjectType(
        obj_code="AWK",
        name="Sequence",
        label=INJECTION,
        flags=(INJECTION,),
        verbs=_VERBS,
        fields=fields,
    )


def _custom() -> dict[str, JsonValue]:
    """Custom fields named like everything else, and after labels that try to break out."""
    words: tuple[JsonValue, ...] = ("string", "double", "date", INJECTION, None, 5, {})
    options: JsonValue = [{"label": INJECTION, "value": INJECTION}]
    return {
        name: {"type": words[index % len(words)], "possibleValues": options if index % 3 else None}
        for index, name in enumerate((*NAMES, *LABELS, "DE:twice", "straße", "STRASSE"))
    }


def _awkward_relations() -> ObjectType:
    return ObjectType(
        obj_code="REL",
        name="Mapping",
        label=LABELS[3],
        verbs=_VERBS,
        fields=(Field("ID", "ID", "string"), Field("state", INJECTION, "string", enum='a.b"$C"""Enum', values=_VALUES)),
        references=(
            Relation("Date", LABELS[2], "Date", "DATE"),
            Relation("missing", LABELS[0], "Nowhere", "NOWH"),
            Relation("nothing", LABELS[1], None, None),
            Relation("sequence", LABELS[0], "Sequence", "AWK"),
            Relation("str", LABELS[0], "Mapping", "REL"),
        ),
        collections=(Relation("mappings", LABELS[5], "Mapping", "REL"), Relation("nowhere", "", "Nowhere", None)),
        actions=tuple(
            Operation(name, LABELS[index % len(LABELS)], _ARGUMENTS, result)
            for index, (name, result) in enumerate(
                [
                    ("class", "string"),
                    ("delete", "quantum"),
                    ("get", None),
                    ("list", "map"),
                    ("move", "Mapping"),
                    ("str", "Date[]"),
                ]
            )
        ),
        search={name: _searched(index) for index, name in enumerate(("search", *sorted(NAMES)))},
        queries=(Operation("import", LABELS[0], _ARGUMENTS, "Mapping[]"), Operation("search", LABELS[7], (), None)),
    )


def _searched(index: int) -> JsonValue:
    kinds: tuple[Mapping[str, JsonValue], ...] = (
        {},
        {"fieldType": INJECTION},
        {"fieldType": "Mapping", "typeObjCode": "REL", "collectionSelector": INJECTION},
        {"fieldType": "Sequence", "typeObjCode": "AWK"},
        {"fieldType": "boolean"},
    )
    return {"label": LABELS[index % len(LABELS)], **kinds[index % len(kinds)]}


_VERBS = ("add", "copy", "count", "delete", "edit", "get", "replace", "report", "search", "teleport")
_ARGUMENTS = (
    Argument("assignableID ", "string"),
    Argument("self", "string"),
    Argument("fields", "string[]"),
    Argument("target", "map"),
    Argument("lambda", "Mapping"),
    Argument("many", "Mapping[]"),
    Argument("where", "quantum"),
    Argument("object", None),
)
_VALUES = (
    EnumValue("A", INJECTION),
    EnumValue('B"""', "same"),
    EnumValue("C\\", "same"),
    EnumValue("D", "enum.some.key"),
    EnumValue("E", "日本語"),
    EnumValue("1", "1 day"),
    EnumValue("class", "class"),
)


def snapshot() -> Snapshot:
    """The hostile tenant, as version v99.0."""
    tenant = ObjectType(obj_code="DATE", name="Date", label="", custom=_custom())
    warning = ObjectType(
        obj_code="WARN", name="Warning", label="x", secondary=True, fields=(Field("ID", "ID", "string"),)
    )
    return Snapshot("v99.0", (_awkward_names(), tenant, _awkward_relations(), warning))
