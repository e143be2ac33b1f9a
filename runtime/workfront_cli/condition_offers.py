"""What may come next in a condition that is begun: a field, a comparison, a code, ``and``. Nothing is imported for it.

The text is read as ``workfront_core.query.language`` reads a whole one, but never refused: where it makes no sense,
nothing is offered. docs/conditions.md.
"""

from __future__ import annotations

TYPE_CHECKING = False  # the one of typing takes longer to import than all of this
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workfront_cli.names_file import Named

SIGNS = ("=", "!=", "<", "<=", ">", ">=", "==", "<>")
SINGLE = (
    "contains", "icontains", "startswith", "istartswith", "endswith", "iendswith", "like", "ilike", "differs",
    "iequals", "soundex", "has", "anybits", "allbits", "nobits",
)  # fmt: skip
LISTS = ("in", "iin", "icontainsany", "icontainsall", "hasany", "hasall")
RANGES = ("between", "ibetween")
STATES = ("null", "not null", "blank", "not blank", "true", "false")
PERIODS = ("day", "week", "month", "quarter", "year")
MOMENTS = ("today", "now", "start(", "end(", "me", "null", "true", "false")
_OPPOSITES = ("in", "iin", "between", "ibetween", "contains", "icontains", "iequals", "icontainsany", "icontainsall")
_WORDS = {
    "compared": (
        *SIGNS,
        *SINGLE,
        *LISTS,
        *RANGES,
        *(f"is {one}" for one in STATES),
        *(f"not {one}" for one in _OPPOSITES),
    ),
    "compared not": _OPPOSITES,
    "state": STATES,
    "state not": ("null", "blank"),
    "joined": ("and", "or"),
    "range": ("and",),
    "moment": PERIODS,
}
"""What may stand where a word of the language is due."""

_BEHIND = {
    "value": "joined",
    "first": "range",
    "second": "joined",
    "list": "joined",
    "item": "item",
    "moment": "moment",
}
"""What is due behind what, whatever stands there."""

_OPENED = {"list": "list", "opened": "exists", "field": "group"}
"""What a parenthesis opens."""

_ENDS = " \t\n(),=!<>'\"&|"
_QUOTES = "'\""


def condition_offers(names: Named, code: str, begun: str, own: Sequence[str] = ()) -> list[str]:
    """Returns the whole texts that a condition on an object may go on as.

    Args:
        names: of the API version, or of a package of the tenant.
        code: of the object.
        begun: the condition as far as it is written.
        own: custom fields of the object, as a condition has them.
    """
    tokens, last = _parted(begun)
    if last[:1] in ("'", '"'):
        return []
    before = begun[: len(begun) - len(last)]
    reader = _Reader(names, code)
    for token in tokens:
        reader.read(token)
    if before and not before[-1].isspace() and before[-1] not in "(,=<>":
        return []
    mine = [one for one in own if last and one.lower().startswith(last.lower())] if reader.code == code else []
    return [f"{before}{one}" for one in reader.offers(last, mine)]


def _parted(text: str) -> tuple[list[str], str]:
    """Returns the whole words and signs of a text, and the word at its end that is still begun."""
    tokens: list[str] = []
    place = 0
    while place < len(text):
        end = _end(text, place)
        if not text[place].isspace():
            tokens.append(text[place:end])
        place = end
    ended = not tokens or text[-1].isspace() or tokens[-1] in ("(", ")", ",", *SIGNS) or _closed(tokens[-1])
    return (tokens, "") if ended else (tokens[:-1], tokens[-1])


def _end(text: str, start: int) -> int:
    """Returns where the token ends that begins there."""
    first, end = text[start], start + 1
    if first in _QUOTES:
        return _behind_quote(text, start)
    if first in "=!<>":
        while end < len(text) and text[end] in "=<>":
            end += 1
    elif first not in _ENDS:
        while end < len(text) and (text[end] not in _ENDS or (text[end] in _QUOTES and text[end - 1] == ":")):
            end = _behind_quote(text, end) if text[end] in _QUOTES else end + 1
    return end


def _behind_quote(text: str, start: int) -> int:
    end = start + 1
    while end < len(text) and text[end] != text[start]:
        end += 2 if text[end] == "\\" else 1
    return min(end + 1, len(text))


def _closed(token: str) -> bool:
    return token[0] in _QUOTES and len(token) > 1 and token[-1] == token[0]


class _Reader:
    """Follows a condition token by token, and knows what is due behind the last.

    Attributes:
        code: of the object that the next field is of.
    """

    def __init__(self, names: Named, code: str) -> None:
        self.code = code
        self._names = names
        self._open: list[tuple[str, str]] = []
        """What each open parenthesis stands for, and the object outside of it."""
        self._due = "field"
        self._field = self._inner = ""
        self._in_range = False

    def read(self, text: str) -> None:
        """Goes on behind a word or a sign."""
        if text == "(":
            self._enter()
        elif text == ")":
            self._leave()
        elif self._due in _BEHIND:
            self._due = _BEHIND[self._due]
        else:
            self._due = self._behind(text, text.lower())

    def offers(self, begun: str, own: Iterable[str]) -> Iterator[str]:
        """Yields the words that may stand there and begin so."""
        lowered = begun.lower()
        if self._due == "field":
            yield from self._names.paths(self.code, begun)
            yield from own
        elif self._due in ("value", "item", "first", "second"):
            yield from self._values(begun)
        else:
            words = sorted(self._names.objects()) if self._due == "object" else _WORDS.get(self._due, ())
            yield from (one for one in words if one.lower().startswith(lowered))

    def _values(self, begun: str) -> Iterator[str]:
        before, dot, path = begun.partition(".")
        outside = next((code for kind, code in reversed(self._open) if kind == "exists"), None)
        if dot and outside is not None and before.lower() == "outer":
            yield from (f"{before}.{one}" for one in self._names.paths(outside, path))
            return
        codes = self._codes()
        words = codes or (MOMENTS if begun else ())
        yield from (one for one in words if one.lower().startswith(begun.lower()))

    def _codes(self) -> list[str]:
        if self._field.startswith("DE:"):
            return self._names.codes(self.code, self._field)
        *relations, member = self._field.replace(":", ".").split(".")
        code = self.code
        for name in relations:
            code = self._names.target(code, name)
        return self._names.codes(code, member)

    def _enter(self) -> None:
        is_length = self._due == "compared" and self._field.lower() == "length"
        kind = "length" if is_length else _OPENED.get(self._due, "moment")
        self._open.append((kind, self.code))
        if kind == "exists":
            self.code = self._inner
        self._due = {"list": "item", "moment": "moment"}.get(kind, "field")

    def _leave(self) -> None:
        kind, self.code = self._open.pop() if self._open else ("group", self.code)
        behind = "range" if self._in_range else "joined"
        self._due = {"length": "compared", "moment": behind}.get(kind, "joined")

    def _behind(self, text: str, word: str) -> str:
        """Returns what is due behind a word that says so itself."""
        if self._due == "field" and word not in ("not", "~"):
            self._field = text
            return "object" if word == "exists" else "compared"
        if self._due == "object":
            self._inner = self._names.code_of(text) or ""
            return "opened"
        if word == "not" and self._due in ("compared", "state"):
            return f"{self._due} not"
        if self._due.startswith("compared") and word != "is":
            self._in_range = word in RANGES
            return "list" if word in LISTS else "first" if self._in_range else "value"
        if self._due == "compared" and word == "is":
            return "state"
        if self._due.startswith("state"):
            return "joined"
        if self._due == "range" and word == "and":
            self._in_range = False
            return "second"
        return "field" if self._due == "joined" and word in ("and", "or", "&", "|") else self._due
