"""What a shell offers for most words, before click or the client is imported: a person waits for each letter.

Objects, fields, codes and profiles come from a text file of the installed version and from the settings file. What is
asked for otherwise, and options, are left to click. No request is sent. docs/cli.md, completion.
"""

from __future__ import annotations

import os
import sys

from workfront_cli.custom_names import begins
from workfront_cli.field_offers import assignments_of, fields_of, own_fields
from workfront_cli.names_file import ACTION, QUERY, read_names
from workfront_cli.profile_package import option_value, package_said

TYPE_CHECKING = False  # the one of typing takes longer to import than all of this
if TYPE_CHECKING:
    from workfront_cli.names_file import Named

_OBJECT_COMMANDS = frozenset(
    {
        "action", "copy", "count", "create", "delete", "export", "get", "open", "query", "report", "search", "share",
        "unshare", "update",
    }
)  # fmt: skip
_WHERE_COMMANDS = frozenset({"count", "delete", "export", "report", "search", "share", "unshare", "update"})
_CALLS = {"action": ACTION, "query": QUERY}
_FIELD_OPTIONS = frozenset({"--fields", "--order-by", "--by", "--sum", "--avg", "--min", "--max"})
_PROFILE_OPTIONS = frozenset({"-p", "--profile"})
_SHELLS = ("bash_complete", "zsh_complete", "fish_complete", "powershell_complete")
_BREAKS = ("=", ":")
_CUSTOM = "DE:"
_VERSION = "--api-version"
_WHERE = "--where"


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
    words = split_words(os.environ["COMP_WORDS"])
    if instruction == "fish_complete":
        begun = (split_words(os.environ["COMP_CWORD"]) or [""])[0]
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


def split_words(text: str) -> list[str]:
    """Returns the words of a line as a shell reads them; a quote may be open at its end.

    As click's ``split_arg_string``, which needs ``shlex``, and that takes longer to import than all of this.
    """
    found: list[str] = []
    word: list[str] = []
    quote = ""
    is_begun = False
    letters = iter(text)
    for letter in letters:
        if letter == "\\" and quote != "'":
            following = next(letters, "")
            word.append(following if following in ("\\", '"', "") or not quote else f"\\{following}")
        elif quote or letter in "'\"":
            quote, kept = ("", "") if letter == quote else (quote, letter) if quote else (letter, "")
            word.append(kept)
        elif letter.isspace():
            found += ["".join(word)] if is_begun else []
            word.clear()
            is_begun = False
            continue
        else:
            word.append(letter)
        is_begun = True
    return [*found, "".join(word)] if is_begun else found


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
    kind = _kind(words)
    if kind is None:
        return None
    version = _version(words)
    package = package_said(words, version)
    names = _names_of(package, version)
    if names is None:
        return None
    if kind == "object":
        return sorted([*names.objects(), "issue"])
    code = names.code_of(words[1])
    if code is None:
        return [] if package else None
    own = own_fields(names, code, words)
    if kind == "where":
        from workfront_cli.condition_offers import condition_offers

        return condition_offers(names, code, begun, own)
    if kind == "call":
        return names.calls(code, _CALLS[words[0]])
    return assignments_of(names, code, begun, own) if kind == "set" else fields_of(names, code, begun, own)


def _kind(words: list[str]) -> str | None:
    """Returns what is asked for behind these words; ``None`` where click has to read the line for it."""
    asked = words[-1]
    if len(words) == 1:
        return "object"
    if words[1].startswith("-"):
        return None
    if asked in _FIELD_OPTIONS or asked == "--set":
        return None if words[0] == "action" else "set" if asked == "--set" else "fields"
    if asked == _WHERE and (words[0] in _WHERE_COMMANDS or words[0] == "action"):
        return "where"
    if len(words) == 2:
        return "call" if words[0] in _CALLS else "where" if words[0] in _WHERE_COMMANDS else None
    return "where" if words[0] == "action" and len(words) == 3 and not asked.startswith("-") else None


def _version(words: list[str]) -> str:
    found = option_value(words, _VERSION)
    return "22" if found is None else found


def _names_of(package: str, version: str) -> Named | None:
    if not package:
        return read_names(version)
    from workfront_cli.data.package_names import PackageNames

    return PackageNames(package, version)


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
