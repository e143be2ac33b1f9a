"""Amounts with their currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workfront_core.errors.kinds import QueryError

CURRENCY_CODE: Final = re.compile("[A-Z]{3}")
"""How ISO 4217 writes a currency."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in a currency, ISO 4217: ``Money(Decimal("12.50"), "EUR")``.

    Raises:
        QueryError: the amount is a float or not finite, the currency is no code of three letters.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(f"An amount is a finite Decimal, not {self.amount!r:.80}.", hint='Write Decimal("12.50").')
        if not CURRENCY_CODE.fullmatch(self.currency):
            raise QueryError(f"{self.currency!r:.80} is no currency code.", hint="Write EUR, USD, ...")

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + other.amount, self._shared(other))

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - other.amount, self._shared(other))

    def _shared(self, other: Money) -> str:
        if self.currency != other.currency:
            raise QueryError(f"{self.currency} and {other.currency} do not add up.", hint="Convert one of them first.")
        return self.currency
