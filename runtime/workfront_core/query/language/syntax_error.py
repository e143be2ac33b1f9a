"""A fault in a condition's text, with its place."""

from __future__ import annotations

from workfront_core.errors.kinds import QueryError


class ConditionSyntaxError(QueryError):
    """A text is not a condition on the object; nothing was sent.

    Attributes:
        text: the whole text.
        start: where the fault begins, in characters from 0.
        end: the place behind it.

    Examples:
        >>> from workfront_client import ConditionSyntaxError, parse
        >>> from workfront_client.v22 import Task
        >>> try:
        ...     parse("percentComplete < 100 and and", Task)
        ... except ConditionSyntaxError as error:
        ...     print(error)
        Here a comparison is missing.
          percentComplete < 100 and and
                                       ^
        Hint: Write one, such as = 'text', < 100, in (A, B), is null.
    """

    def __init__(self, message: str, *, hint: str | None = None, text: str = "", start: int = 0, end: int = 0) -> None:
        super().__init__(message, hint=hint)
        self.text = text
        self.start = start
        self.end = end

    def __str__(self) -> str:
        first, *rest = super().__str__().split("\n")
        return "\n".join((first, *self.marked(), *rest))

    def marked(self) -> tuple[str, ...]:
        """Returns the line of the fault, and below it carets where it stands; nothing for an empty text."""
        if not self.text:
            return ()
        begin = self.text.rfind("\n", 0, self.start) + 1
        line = self.text[begin:].partition("\n")[0].replace("\t", " ")
        width = max(1, min(self.end, begin + len(line)) - self.start)
        return f"  {line}", f"  {' ' * (self.start - begin)}{'^' * width}"
