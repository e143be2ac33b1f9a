"""What a condition's text consists of: the tree that the grammar builds, before any name is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from workfront_core.query.language.tokens import Token


@dataclass(frozen=True, slots=True)
class TextRange:
    """Where something stands in the text: its first character, and the place behind its last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PathNode:
    """A field by its names.

    Attributes:
        names: wire or Python names along the path; of a custom field the relations to it alone.
        custom: name of the custom field, where it is one.
        is_raw: whether the names are not to be checked.
        is_length: whether the length of the field is meant, and not its value.
    """

    names: tuple[Token, ...]
    span: TextRange
    custom: Token | None = None
    is_raw: bool = False
    is_length: bool = False


@dataclass(frozen=True, slots=True)
class Literal:
    """A single token as a value: text, number, date, wildcard."""

    token: Token
    span: TextRange
    is_negative: bool = False


@dataclass(frozen=True, slots=True)
class MomentNode:
    """A time that the server works out.

    Attributes:
        name: ``today`` or ``now``; empty where an edge is meant.
        edge: ``start`` or ``end``, or empty.
        period: of the edge.
        amount: units by which it is moved.
        unit: the letter behind the amount, empty where it is not moved.
    """

    name: str
    span: TextRange
    edge: str = ""
    period: str = ""
    amount: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class CallerNode:
    """The caller (no name), or one of the caller's fields."""

    name: Token | None
    span: TextRange


@dataclass(frozen=True, slots=True)
class OuterNode:
    """A field of the searched object, named inside ``exists``."""

    path: PathNode
    span: TextRange


@dataclass(frozen=True, slots=True)
class WordNode:
    """A bare word or a path as a value: a code, or another field of the row."""

    path: PathNode
    span: TextRange

    @property
    def word(self) -> str | None:
        """The word, where it is a single one."""
        single = len(self.path.names) == 1 and self.path.custom is None and not self.path.is_raw
        return self.path.names[0].text if single else None


Value: TypeAlias = Literal | MomentNode | CallerNode | OuterNode | WordNode


@dataclass(frozen=True, slots=True)
class TestNode:
    """One field against values.

    Attributes:
        path: the field.
        word: the comparison, in lower case; for ``is`` with the word behind it, such as ``is null``.
        word_span: where the comparison stands.
        is_negated: whether ``not`` stands in front of the word.
        values: what it is compared with.
    """

    __test__ = False

    path: PathNode
    word: str
    word_span: TextRange
    is_negated: bool
    values: tuple[Value, ...]
    span: TextRange


@dataclass(frozen=True, slots=True)
class ExistsNode:
    """Rows of another object exist."""

    object_name: Token
    condition: Node
    span: TextRange


@dataclass(frozen=True, slots=True)
class NotNode:
    """The part does not hold."""

    part: Node
    span: TextRange


@dataclass(frozen=True, slots=True)
class AllNode:
    """Every part holds."""

    parts: tuple[Node, ...]
    span: TextRange


@dataclass(frozen=True, slots=True)
class AnyNode:
    """At least one part holds."""

    parts: tuple[Node, ...]
    span: TextRange


Node: TypeAlias = TestNode | ExistsNode | NotNode | AllNode | AnyNode
