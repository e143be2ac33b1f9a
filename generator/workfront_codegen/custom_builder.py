"""Builds the custom part of the IR: the namespace of every object, and the options of every field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from workfront_codegen import ir
from workfront_codegen.custom_names import file_name, pascal
from workfront_codegen.custom_naming import CustomNaming
from workfront_codegen.names import ConstantName
from workfront_schema.custom_fields import CustomCatalogue, CustomField, FieldKind
from workfront_schema.form_schema import writable_fields

_MOST_OPTIONS: Final = 300
"""Longer lists are texts: nobody picks from them by name."""
_MOST_FORMS: Final = 3
_CHOICES: Final = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.OPTIONS})


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How a kind is spelt in rows, paths and writes."""

    row: str
    path: str
    write: str


_SPELLINGS: Final[Mapping[FieldKind, _Spelling]] = {
    FieldKind.TEXT: _Spelling("str | None", "TextPath[_R]", "str"),
    FieldKind.NUMBER: _Spelling("float | None", "NumberPath[_R]", "float | _decimal.Decimal"),
    FieldKind.MONEY: _Spelling("_decimal.Decimal | None", "NumberPath[_R]", "_decimal.Decimal | float"),
    FieldKind.DATE: _Spelling("_dt.date | None", "DatePath[_R]", "_dt.date"),
    FieldKind.DATE_TIME: _Spelling("_dt.datetime | None", "DateTimePath[_R]", "_dt.datetime"),
    FieldKind.CHOICE: _Spelling("{option} | None", "{choice}", "{write}"),
    FieldKind.CHOICES: _Spelling("tuple[{option}, ...]", "ChoicesPath[_R]", "_custom.SequenceNotStr[{write}]"),
    FieldKind.OPTIONS: _Spelling(
        "tuple[{option}, ...]", "OptionsPath[_R]", "{write} | _custom.SequenceNotStr[{write}]"
    ),
    FieldKind.LINK: _Spelling("_custom.Linked | None", "TextPath[_R]", "str | _models.WorkfrontObject"),
    FieldKind.RICH: _Spelling("_custom.RichText | None", "FieldPath[_R]", "_custom.RichText | str"),
    FieldKind.JSON: _Spelling("_custom.Json", "JsonPath[_R]", "object"),
}
_WORDS: Final[Mapping[FieldKind, str]] = {
    FieldKind.TEXT: "Text", FieldKind.NUMBER: "Number", FieldKind.MONEY: "Amount", FieldKind.DATE: "Date",
    FieldKind.DATE_TIME: "Date and time", FieldKind.CHOICE: "Choice", FieldKind.CHOICES: "Several choices",
    FieldKind.OPTIONS: "One or several choices", FieldKind.LINK: "Reference", FieldKind.RICH: "Text with formatting",
    FieldKind.JSON: "Kind unknown",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CustomBuilder:
    """The tenant's fields with their names."""

    catalogue: CustomCatalogue
    naming: CustomNaming
    names: Mapping[str, str] = field(init=False)
    options: Mapping[str, ir.Options] = field(init=False)

    def __post_init__(self) -> None:
        self.naming.leave_out(self.catalogue.left_out)
        names = self.naming.fields(item.name for item in self.catalogue.fields)
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "options", {i.name: self._options(i) for i in self.catalogue.fields if _has_enum(i)})

    def every_options(self) -> tuple[ir.Options, ...]:
        """Returns the options of all fields, sorted by module."""
        return tuple(sorted(self.options.values(), key=lambda options: options.module))

    def members(self, obj_code: str) -> tuple[ir.CustomMember, ...]:
        """Returns the namespace of an object type, sorted by name."""
        found = (self._member(item) for item in self.catalogue.of(obj_code))
        return tuple(sorted(found, key=lambda member: member.name))

    def forms(self) -> tuple[ir.Form, ...]:
        """Returns the forms that have anything to write, sorted by module."""
        fields = self.catalogue.by_name()
        names = self.naming.forms(form.name for form in self.catalogue.forms)
        found = [
            ir.Form(
                pascal(names[form.name]),
                file_name(names[form.name]),
                form,
                fields,
                tuple(self._member(item) for item in writable_fields(form, fields).values()),
            )
            for form in self.catalogue.forms
        ]
        return tuple(sorted((form for form in found if form.members), key=lambda form: form.module))

    def _member(self, item: CustomField) -> ir.CustomMember:
        options = self.options.get(item.name)
        root = options.root if options else ""
        text = {
            "option": f"{root}Option | str" if options else "str",
            "choice": f"ChoicePath[_R, {root}Option]" if options else "TextPath[_R]",
            "write": f"{root}Option | {root}Text" if options else "str",
        }
        spelling = _SPELLINGS[item.kind]
        row = spelling.row.format(**text)
        return ir.CustomMember(
            name=self.names[item.name],
            wire=item.name,
            kind=item.kind.value if options or item.kind is not FieldKind.CHOICE else "text",
            label=item.label,
            about=self._about(item),
            annotation=f"_t.Final[{row}]" if item.read_only else row,
            path_class=f"_paths.{spelling.path.format(**text)}",
            write=None if item.read_only else spelling.write.format(**text),
            options=options,
            target=item.target,
        )

    def _about(self, item: CustomField) -> str:
        forms = [form.name for form in self.catalogue.forms if item.name in form.fields]
        some = ", ".join(forms[:_MOST_FORMS]) + (" ..." if len(forms) > _MOST_FORMS else "")
        kind = _WORDS[item.kind] + (", computed" if item.read_only else "")
        target = f" to {item.target}" if item.target else ""
        word = f" ({item.word})" if item.word else ""
        described = f" {item.description.rstrip('.')}." if item.description else ""
        return f"{item.label}.{described} {kind}{target}{word}. On: {some or 'no form'}."

    def _options(self, item: CustomField) -> ir.Options:
        values = {option.value: option for option in item.values}
        names = self.naming.options(item.name, tuple(values.values()))
        members = tuple(ir.EnumMember(ConstantName(names[v]), v, option.label) for v, option in values.items())
        name = self.names[item.name]
        hidden = frozenset(option.value for option in item.values if option.hidden)
        closed = item.complete and item.kind in (FieldKind.CHOICE, FieldKind.CHOICES)
        return ir.Options(pascal(name), file_name(name), item.name, members, hidden, closed)


def _has_enum(item: CustomField) -> bool:
    return item.kind in _CHOICES and 0 < len(item.values) <= _MOST_OPTIONS
