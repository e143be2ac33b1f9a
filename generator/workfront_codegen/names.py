"""Python names made from wire names: the only place where one becomes the other.

Each kind of name is a ``str`` of its own type, so that a wire name cannot slip into the output as an identifier.
"""

from __future__ import annotations

import re
import unicodedata
from keyword import iskeyword

_WORD = re.compile(r"[A-Z]+s(?![a-z])\d*|[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+")
_SEPARATORS = re.compile(r"[\W_]+")


class ClassName(str):
    """The name of a generated class: ``ProjectStatus``."""

    __slots__ = ()


class MemberName(str):
    """The name of an attribute, a method or an argument: ``planned_start_date``."""

    __slots__ = ()


class ModuleName(str):
    """The name of a generated module: ``project_status``."""

    __slots__ = ()


class ConstantName(str):
    """The name of a member of an enum: ``PLANNED_START_DATE``."""

    __slots__ = ()


def words(text: str) -> list[str]:
    """Returns the words of a wire name or a label in ASCII: ``accessorIDs`` -> ``accessor``, ``IDs``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return [word for part in _SEPARATORS.split(plain) for word in _WORD.findall(part)]


def snake(text: str) -> str:
    """Returns the name in snake case: ``isSOAPEnabled`` -> ``is_soap_enabled``; empty where no word is left."""
    return "_".join(words(text)).lower()


def pascal(text: str) -> str:
    """Returns the name of a class: ``project status`` -> ``ProjectStatus``; a name that is already in this form stays
    as it is.
    """
    if text.isascii() and text.isidentifier() and text[0].isupper() and "_" not in text:
        return text
    return "".join(word[0].upper() + word[1:] for word in words(text))


def usable(name: str) -> bool:
    """Returns whether the text can stand as a public Python name."""
    return name.isidentifier() and name.isascii() and not name.startswith("_") and not iskeyword(name)


def clear_of(name: str, reserved: frozenset[str]) -> str:
    """Returns the name, with a trailing underscore where the plain one is a keyword or taken by the engine."""
    return f"{name}_" if iskeyword(name) or name in reserved else name


def enum_class(enum_type: str) -> str:
    """Returns the class of an enumeration: ``com.attask.common.constants.ProjectStatusEnum`` -> ``ProjectStatus``."""
    last = re.split(r"[.$]", enum_type)[-1]
    return pascal(last.removesuffix("Enum") or last)


def constant(label: str, value: str | int) -> str:
    """Returns the constant for one value of an enum, from its label, else from its code; empty where neither gives a
    name.
    """
    for text in (label, str(value)):
        name = snake(text).upper()
        if name:
            return name if name[0].isalpha() else f"VALUE_{name}"
    return ""
