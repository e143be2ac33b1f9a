# Generated from ../_async/currencies.py by `python -m tools.sync_from_async`. Not to be edited.
"""The currency of each project.

A project without a currency of its own (``currency`` null) is in its customer's default currency, which one further
call tells: ``CUST/currentCustomer`` (docs/protocol.md 16).
"""

from __future__ import annotations

from workfront_core.arguments import checked_sender, checked_text
from workfront_core.request._sync.flow import Sends
from workfront_core.services.customer_currency import customer_currency


class Currencies:
    """Knows the currency of each project; asks for the customer's default once, when it is first needed.

    Raises:
        QueryError: it is no client.

    Examples:
        >>> from workfront_client import Currencies
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> def main() -> None:
        ...     with in_process() as kit:
        ...         with kit.client(Workfront) as wf:
        ...             currencies = Currencies(wf)
        ...             print(currencies.resolve("EUR"), currencies.resolve(None))
        >>> main()
        EUR USD
    """

    def __init__(self, client: Sends, /) -> None:
        checked_sender(client)
        self._client = client
        self._default: str | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._client!r})"

    def default(self) -> str:
        """Returns the code of the customer's default currency.

        Raises:
            ProtocolError: the server does not say which currency it is.
        """
        if self._default is None:
            self._default = self._client.send(customer_currency())
        return self._default

    def resolve(self, currency: str | None, /) -> str:
        """Returns a project's ``currency``, or the customer's default where it is null.

        Raises:
            ProtocolError: the default is needed, and the server does not say which currency it is.
        """
        return checked_text(currency or "", "resolve()") or self.default()
