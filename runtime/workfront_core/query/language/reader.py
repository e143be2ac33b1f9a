"""The tokens of a text, read from left to right."""

from __future__ import annotations

from typing import Final

from workfront_core.query.language.syntax import TextRange
from workfront_core.query.language.syntax_error import ConditionSyntaxError
from workfront_core.query.language.tokens import Kind, Token, tokens

MAX_LENGTH: Final = 10_000
"""Characters of a condition; far beyond what a person writes."""

MAX_LEVELS: Final = 50
"""Parentheses inside each other."""


class TokenReader:
    """Hands out tokens one by one, and knows how deep in parentheses it stands.

    Args:
        text: what a person wrote.
        has_every: whether ``*`` is a token, as in lists of fields.
    """

    def __init__(self, text: str, *, has_every: bool = False) -> None:
        self.text = text
        self._levels = 0
        self._place = 0
        if len(text) > MAX_LENGTH:
            raise self.fault(
                f"The condition has {len(text):,} characters; the most are {MAX_LENGTH:,}.",
                TextRange(MAX_LENGTH, len(text)),
                "Give a long list of values to several searches.",
                shows_text=False,
            )
        self._tokens: Final = list(tokens(text, has_every=has_every))

    @property
    def token(self) -> Token:
        """The token that is read next."""
        return self._tokens[self._place]

    def is_at_end(self) -> bool:
        """Returns whether nothing is left."""
        return self.token.kind is Kind.END

    def ahead(self, number: int = 1) -> Token:
        """Returns the token ``number`` positions behind the next one; ``END`` where the text stops before it."""
        return self._tokens[min(self._place + number, len(self._tokens) - 1)]

    def take(self) -> Token:
        """Takes the next token, and stands behind it."""
        token = self.token
        self._place = min(self._place + 1, len(self._tokens) - 1)
        return token

    def take_word(self, *words: str) -> Token | None:
        """Takes the next token, if it is one of these words."""
        return self.take() if self.token.is_word(*words) else None

    def take_mark(self, *marks: str) -> Token | None:
        """Takes the next token, if it is one of these marks."""
        return self.take() if self.token.is_mark(*marks) else None

    def need_mark(self, mark: str, why: str) -> Token:
        """Returns the next token, which must be this mark.

        Raises:
            ConditionSyntaxError: it is something else.
        """
        if not self.token.is_mark(mark):
            raise self.fault(f"Here {mark} is missing{why}.", self.span())
        return self.take()

    def span(self, start: int | None = None) -> TextRange:
        """Returns the place of the next token; with ``start`` all from there to the end of the last token taken."""
        if start is None:
            return TextRange(self.token.start, self.token.end)
        return TextRange(start, self._tokens[max(0, self._place - 1)].end)

    def deeper(self) -> None:
        """Goes one level down.

        Raises:
            ConditionSyntaxError: that is one level too many.
        """
        self._levels += 1
        if self._levels > MAX_LEVELS:
            raise self.fault(
                f"The condition has more than {MAX_LEVELS} levels of parentheses, not and exists.",
                self.span(),
                "Leave out the parentheses that change nothing.",
            )

    def higher(self) -> None:
        """Goes one level up."""
        self._levels -= 1

    def fault(
        self, message: str, span: TextRange, hint: str | None = None, *, shows_text: bool = True
    ) -> ConditionSyntaxError:
        """Returns the error for a place of the text."""
        text = self.text if shows_text else ""
        return ConditionSyntaxError(message, hint=hint, text=text, start=span.start, end=span.end)
