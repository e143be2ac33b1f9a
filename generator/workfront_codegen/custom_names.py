"""Python names for what a tenant calls its fields, options and forms: its own words in its own letters (PEP 3131).

A name is made of its own text alone, but for two cases: new texts that come out alike all get a mark of their text, and
so does a newcomer that meets a name already given. So no name ever means another field, even where the lock was lost:
the old name is gone then, and a type checker says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from keyword import iskeyword
from typing import Final

_LONGEST: Final = 60
_SIGNS: Final = {
    "%": "percent", "&": "and", "+": "plus", "#": "number", "@": "at", "<": "under", ">": "over", "=": "equals",
    "±": "plus minus", "№": "number", "°": "degrees",
}  # fmt: skip
_UNSEEN: Final = frozenset({"Cf", "Cc", "Co", "Cs", "Cn"})
"""Characters nobody sees: formatting, control, private, half, unassigned."""
_LIKE: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
"""Scripts that have letters which look alike."""
_DEVICE: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_AVOIDED: Final = ("model_dump", "model_validate")
"""What pydantic warns of at the beginning of a name."""
RESERVED: Final = frozenset(
    {
        "cls", "construct", "copy", "dict", "from_orm", "json", "keys", "model_computed_fields", "model_config",
        "model_construct", "model_copy", "model_extra", "model_fields", "model_fields_set", "model_json_schema",
        "model_parametrized_name", "model_post_init", "model_rebuild", "mro", "parse_file", "parse_obj", "parse_raw",
        "schema", "schema_json", "self", "update_forward_refs", "validate",
        "from_row", "from_texts", "objects", "values",
        "bool", "float", "int", "list", "object", "property", "str", "tuple", "type",
    }
)  # fmt: skip
"""What a form has of its own, and the types that stand beside members: a field is called alike in rows, paths and
forms. ``keys`` is what ``dict(row.custom)`` would call. Frozen, never asked of a library."""


def mark(text: str) -> str:
    """Returns four letters and digits that belong to a text alone, as far as one tenant reaches."""
    return _hash(text)[:4]


def base(text: str) -> str:
    """Returns the name that a text has by itself, never empty: ``Go-live date`` -> ``go_live_date``."""
    name = _lower("_".join(words(text))) or _pictures(text)
    if not name:
        return f"field_{mark(text)}"
    if len(name) > _LONGEST:
        head = name[:_LONGEST]
        name = f"{head.rpartition('_')[0] or head}_{mark(text)}"
    if not name[0].isidentifier() or name.startswith(_AVOIDED):
        name = f"field_{name}"
    if any(map(_mixes_scripts, name.split("_"))):
        name = f"{name}_{mark(text)}"
    name = f"{name}_" if iskeyword(name) or name in RESERVED else name
    return name if name.isidentifier() else f"field_{mark(text)}"


def settle(
    texts: Iterable[str],
    given: Mapping[str, str],
    held: Iterable[str] = (),
    chosen: Mapping[str, str] | None = None,
    make: Callable[[str], str] = base,
) -> dict[str, str]:
    """Returns the names of all texts at once.

    Args:
        texts: what is to be named.
        given: names given before, by text; they stay.
        held: further names that are taken, such as those of texts that are gone.
        chosen: names that people chose, by text; they go before all others.
        make: gives a text the name it has by itself.
    """
    names = dict(chosen or {})
    taken = set(names.values())
    wanted = sorted(set(texts) - names.keys())
    for text in [text for text in wanted if text in given]:
        names[text] = given[text] if given[text] not in taken else _marked(given[text], text, taken)
        taken.add(names[text])
    taken |= set(held)
    groups: dict[str, list[str]] = {}
    for text in [text for text in wanted if text not in names]:
        groups.setdefault(make(text), []).append(text)
    for key, group in sorted(groups.items()):
        for text in group:
            name = make(text)
            alone = len(group) == 1 and key not in taken
            names[text] = name if alone else _marked(name, text, taken)
    for text in wanted:
        taken.add(names[text])
    return {text: names[text] for text in sorted(names)}


@lru_cache(maxsize=4096)
def constant(text: str) -> str:
    """Returns the name of an option as a constant: ``Yes, now`` -> ``YES_NOW``, ``2024`` -> ``VALUE_2024``."""
    name = base(text).removesuffix("_")
    bare = name.removeprefix("field_")
    return unicodedata.normalize("NFKC", bare.upper() if bare[:1].isidentifier() else f"VALUE_{bare.upper()}")


def words(text: str) -> list[str]:
    """Returns the words of a text in whatever script; case parts them where the script has cases."""
    plain = unicodedata.normalize("NFKC", "".join(map(_spelt, unicodedata.normalize("NFC", text))))
    parted = "".join(char if char != "_" and f"a{char}".isidentifier() else " " for char in plain)
    return "".join(_by_case(parted, at) for at in range(len(parted))).split()


def pascal(name: str) -> str:
    """Returns a name as that of a class: ``go_live`` -> ``GoLive``; two names never come out alike."""
    return "".join(map(_capital, name.split("_"))).removeprefix("_") or name


def file_name(name: str) -> str:
    """Returns a name as that of a module: itself where it is ASCII, which every wheel and file system takes.

    Names of devices are no files on Windows, whatever stands behind a dot.
    """
    return name if name.isascii() and not _DEVICE.fullmatch(name) else f"x{_hash(name)[:8]}"


def _lower(text: str) -> str:
    return unicodedata.normalize("NFKC", text.lower().replace("i\u0307", "i"))


def _spelt(char: str) -> str:
    """Returns signs by their names, what nobody sees left out."""
    category = unicodedata.category(char)
    if char in _SIGNS:
        return f" {_SIGNS[char]} "
    if category == "Sc":
        return f" {unicodedata.name(char, '').replace(' SIGN', '').replace('-', ' ').lower()} "
    if category in _UNSEEN:
        return " " if char.isspace() else ""
    return char


def _by_case(text: str, at: int) -> str:
    """Returns a character, a blank before it where a word begins: ``goLive``, ``SOAPEnabled``, not ``URLs``."""
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    plural = after == "s" and not text[at + 2 : at + 3].islower()
    begins = before.islower() or before.isdigit() or (before.isupper() and after.islower() and not plural)
    return f" {char}" if char.isupper() and begins else char


def _pictures(text: str) -> str:
    """Returns the names of pictures, for a text that has no word: ``🚀`` -> ``rocket``."""
    named = (unicodedata.name(char, "") for char in text if unicodedata.category(char) == "So")
    return "_".join("_".join(name.lower().replace("-", " ").split()) for name in named)[:_LONGEST].strip("_")


def _mixes_scripts(word: str) -> bool:
    """Returns whether a word holds letters of scripts that look alike: a Cyrillic o in a Latin word."""
    scripts = {unicodedata.name(char, "?").split()[0] for char in word if char.isalpha()}
    return len(scripts & _LIKE) > 1


def _marked(name: str, text: str, taken: set[str]) -> str:
    marked = f"{name.rstrip('_')}_{mark(text)}"
    return marked if marked not in taken else f"{marked}{_hash(text)[4:12]}"


def _capital(word: str) -> str:
    upper = word[:1].upper()
    plain = len(upper) == 1 and upper.lower() == word[:1] and upper != word[:1]
    return f"{upper}{word[1:]}" if plain else f"_{word}"


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
