"""What a shell offers for most words, before click or the client is imported: a person waits for each letter.

Objects, fields, codes and profiles come from a text file of the installed version and from the settings file. What is
asked for otherwise, and options, are left to click. No request is sent. docs/cli.md, completion.
"""

from __future__ import annotations

import os
import sys

from workfront_cli.custom_names import begins, custom_names, custom_word, profile_said
from workfront_cli.names_file import Names, read_names

TYPE_CHECKING = False  # the one of typing takes longer to import than all of this
if TYPE_CHECKING:
    from collections.abc import Iterator

_OBJECT_COMMANDS = frozenset(
    {
        "action", "copy", "count", "create", "delete", "export", "get", "open", "query", "report", "search", "share",
        "unshare", "update",
    }
)  # fmt: skip
_FIELD_OPTIONS = frozenset({"--fields", "--order-by", "--by", "--sum", "--avg", "--min", "--max"})
_PROFILE_OPTIONS = frozenset({"-p", "--profile"})
_SHELLS = ("bash_complete", "zsh_complete", "fish_complete", "powershell_complete")
_BREAKS = ("=", ":")
_CUSTOM = "DE:"
_VERSION = "--api-version"
_PACKAGE = "--package"


def answer(instruction: str) -> bool:
    """Writes what a shell offers for the word it asks about; returns whether that was known here."""
    if instruction not in _SHELLS:
        return False
    shell = instruction.partition("_")[0]
    words, begun = _words(instruction)
    cut = 0
    if shell == "bash":
        words, begun, cut = _glued(words, begun)
    offers = _offers(words, begun)
    if offers is None:
        return False
    sys.stdout.write("".join(f"{_line(shell, value, about, cut)}\n" for value, about in offers))
    return True


def _words(instruction: str) -> tuple[list[str], str]:
    """Returns the words in front of the one that is begun, and that one, as click takes them from the variables."""
    words = _split(os.environ["COMP_WORDS"])
    if instruction == "fish_complete":
        begun = (_split(os.environ["COMP_CWORD"]) or [""])[0]
        before = words[1:]
        if begun and before and before[-1] == begun:
            before.pop()
        return before, begun
    place = int(os.environ["COMP_CWORD"])
    return words[1:place], words[place] if place < len(words) else ""


def _glued(words: list[str], begun: str) -> tuple[list[str], str, int]:
    """Returns the words as they stand on the line, and how much of the last bash keeps: it parts them at = and :."""
    parts: list[str] = []
    for word in [*words, begun]:
        if parts and (word in _BREAKS or parts[-1][-1:] in _BREAKS):
            parts[-1] += word
        else:
            parts.append(word)
    whole = parts.pop() if parts else ""
    cut = len(whole) if begun in _BREAKS and begun else len(whole) - len(begun)
    return parts, whole, cut


def _split(text: str) -> list[str]:
    if not any(letter in text for letter in "'\"\\"):
        return text.split()
    import shlex

    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    found: list[str] = []
    try:
        found.extend(lexer)
    except ValueError:  # a quote that is still open
        found.append(lexer.token)
    return found


def _offers(words: list[str], begun: str) -> list[tuple[str, str]] | None:
    """Returns values with what is said of them; ``None`` where that is not known here."""
    if begun.startswith("-"):
        return None
    if not words:
        return _commands(begun)
    if words[-1] in _PROFILE_OPTIONS:
        found = _profiles()
    elif words[0] in _OBJECT_COMMANDS:
        found = _of_object(words, begun)
    else:
        found = None
    return None if found is None else [(one, "") for one in found if begins(one, begun)]


def _commands(begun: str) -> list[tuple[str, str]]:
    from workfront_cli.commands import COMMANDS  # with typing, which names of fields do without

    return [(name, entry.summary) for name, entry in COMMANDS.items() if name.startswith(begun)]


def _of_object(words: list[str], begun: str) -> list[str] | None:
    asked = words[-1] if len(words) > 1 else ""
    if len(words) > 1 and asked not in _FIELD_OPTIONS and asked != "--set":
        return None
    version = words[words.index(_VERSION) + 1] if _VERSION in words[:-1] else "22"
    package = _package(words)
    if package:
        return _of_package(package, version, words, begun)
    names = read_names(version)
    if names is None:
        return None
    if len(words) == 1:
        return sorted([*names.objects(), "issue"])
    code = names.code_of(words[1])
    if code is None:
        return None
    own = [custom_word(name) for name in custom_names(profile_said(words), code)]
    return list(_assignments(names, code, begun, own) if asked == "--set" else _field_lists(names, code, begun, own))


def _package(words: list[str]) -> str:
    """Returns the package of the tenant that the line or the variable names; empty where none is named."""
    for place, word in enumerate(words):
        name, sign, value = word.partition("=")
        if name == _PACKAGE and (sign or place + 1 < len(words)):
            return value if sign else words[place + 1]
    return os.environ.get("WORKFRONT_PACKAGE") or ""


def _of_package(package: str, version: str, words: list[str], begun: str) -> list[str]:
    """Returns what a package of the tenant knows, which has to be imported for it."""
    from workfront_cli.data.suggestions import assignments_of, lists_of, model_named, objects_of

    if len(words) == 1:
        return sorted(objects_of(package, version))
    model = model_named(package, version, words[1])
    return assignments_of(model, begun) if words[-1] == "--set" else lists_of(model, begun)


def _field_lists(names: Names, code: str, begun: str, own: list[str]) -> Iterator[str]:
    before, comma, last = begun.rpartition(",")
    return (f"{before}{comma}{path}" for path in [*names.paths(code, last), *_begun(own, last)])


def _assignments(names: Names, code: str, begun: str, own: list[str]) -> Iterator[str]:
    field, sign, _ = begun.partition("=")
    if sign:
        return (f"{field}={one}" for one in names.codes(code, field))
    return (f"{path}=" for path in [*names.paths(code, begun), *_begun(own, begun)])


def _begun(own: list[str], begun: str) -> list[str]:
    """Returns the custom fields that begin so, once ``DE:`` is begun: a list of hundreds helps nobody."""
    return [name for name in own if begun and begins(name, begun)]


def _profiles() -> list[str] | None:
    path = os.environ.get("WORKFRONT_CONFIG")
    if path is None:
        return None
    import tomllib

    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib takes longer to import than all of this
            return list(tomllib.load(file).get("profiles", {}))
    except (OSError, ValueError, RecursionError, AttributeError):
        return []


def _line(shell: str, value: str, about: str, cut: int = 0) -> str:
    """Returns an offer as the scripts for the shells read it; what bash keeps of the word is cut off."""
    if shell == "bash":
        plain = value[cut:]
        return f"plain,{_escaped(plain) if _CUSTOM in value else plain}"
    if shell == "powershell":
        return f"{value}\t{about}" if about else value
    if shell == "zsh":
        shown = value.replace(":", r"\:") if about else value
        return f"plain\n{shown}\n{about or '_'}"
    return f"plain,{value}\t{about}" if shell == "fish" and about else f"plain,{value}"


def _escaped(value: str) -> str:
    """Returns a value as bash reads it: quotes and blanks are its own signs, and click's script takes one away."""
    return "".join(f"\\\\{letter}" if letter in " \"'()&;|<>$`\\" else letter for letter in value)
