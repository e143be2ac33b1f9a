"""Amounts with their currency, and the customer's default for projects without one."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from tests.support.loopback import Answer, loopback
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from workfront_client.v22 import Project
from workfront_core.auth import ApiKey
from workfront_core.errors import ProtocolError, QueryError
from workfront_core.services._async.currencies import AsyncCurrencies
from workfront_core.services._sync.currencies import Currencies
from workfront_core.values.money import Money

KEY = ApiKey("k3y0000000000000000000000000000000")
CUSTOMER = {"ID": "1", "objCode": "CUST", "name": "Acme", "currency": "USD"}


@pytest.mark.parametrize("data", [[CUSTOMER], CUSTOMER])
def test_a_project_without_a_currency_is_in_the_customers(data: object) -> None:
    with loopback(lambda _asked: Answer(data)) as server, Workfront(server.url, auth=KEY) as wf:
        currencies = Currencies(wf)
        own = Project.from_wire({"ID": "1", "currency": "EUR"})
        none = Project.from_wire({"ID": "2", "currency": None})
        assert currencies.resolve(own.currency) == "EUR"
        assert server.asked == []
        assert [currencies.resolve(none.currency) for _ in range(3)] == ["USD"] * 3
    assert [asked.target for asked in server.asked] == ["/attask/api/v22.0/CUST/currentCustomer?fields=currency"]


def test_the_async_client_asks_once_too() -> None:
    async def run(url: str) -> list[str]:
        async with AsyncWorkfront(url, auth=KEY) as wf:
            currencies = AsyncCurrencies(wf)
            return [await currencies.resolve(currency) for currency in ("EUR", None, None)]

    with loopback(lambda _asked: Answer([CUSTOMER])) as server:
        assert asyncio.run(run(server.url)) == ["EUR", "USD", "USD"]
    assert len(server.asked) == 1


@pytest.mark.parametrize("data", [[], [CUSTOMER, CUSTOMER], {"currency": None}, {"currency": "dollars"}, "USD", None])
def test_a_customer_without_a_currency_is_an_error(data: object) -> None:
    with (
        loopback(lambda _asked: Answer(data)) as server,
        Workfront(server.url, auth=KEY) as wf,
        pytest.raises(ProtocolError, match="which currency"),
    ):
        Currencies(wf).default()


def test_amounts_of_one_currency_add_up_exactly() -> None:
    price = Money(Decimal("0.10"), "EUR")
    assert price + Money(Decimal("0.20"), "EUR") == Money(Decimal("0.30"), "EUR")
    assert price - price == Money(Decimal("0.00"), "EUR")
    with pytest.raises(QueryError, match="EUR and USD do not add up"):
        _ = price + Money(Decimal(1), "USD")


@pytest.mark.parametrize(
    ("amount", "currency"), [(1.5, "EUR"), (Decimal("NaN"), "EUR"), (Decimal(1), "euro"), (1, "EUR")]
)
def test_an_amount_is_a_decimal_in_a_currency(amount: Any, currency: str) -> None:
    with pytest.raises(QueryError):
        Money(amount, currency)
