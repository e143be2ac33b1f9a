"""Amounts with their currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workfront_core.arguments import checked_text, described
from workfront_core.errors.kinds import NotSupported, QueryError

CURRENCY_CODE: Final = re.compile("[A-Z]{3}")
"""How ISO 4217 writes a currency."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in a currency, ISO 4217: ``Money(Decimal("12.50"), "EUR")``.

    Raises:
        QueryError: the amount is a float or not finite, the currency is no code of three letters.

    Examples:
        >>> from decimal import Decimal
        >>> from workfront_client import Money
        >>> Money(Decimal("12.50"), "EUR") + Money(Decimal("0.25"), "EUR")
        Money(amount=Decimal('12.75'), currency='EUR')
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(f"An amount is a finite Decimal, not {self.amount!r:.80}.", hint='Write Decimal("12.50").')
        if not CURRENCY_CODE.fullmatch(checked_text(self.currency, "The currency of an amount")):
            raise QueryError(f"{self.currency!r:.80} is not a currency code.", hint="Write EUR, USD, ...")

    def __add__(self, other: Money) -> Money:
        shared = self._shared(other)
        return Money(self.amount + other.amount, shared)

    def __sub__(self, other: Money) -> Money:
        shared = self._shared(other)
        return Money(self.amount - other.amount, shared)

    def _shared(self, other: Money) -> str:
        if not isinstance(other, Money):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise NotSupported(
                f"Money adds up with Money, not with {described(other)}.", hint='Write Money(Decimal("1"), "EUR").'
            )
        if self.currency != other.currency:
            raise QueryError(f"{self.currency} and {other.currency} do not add up.", hint="Convert one of them first.")
        return self.currency
