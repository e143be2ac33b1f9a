"""Adobe IMS, server to server. docs/protocol.md 4.8."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

from pydantic import SecretStr

from workfront_core.arguments import checked_text, checked_texts
from workfront_core.auth.renewable import RenewableAuth
from workfront_core.auth.static import as_secret, check_header_value, ims_headers
from workfront_core.auth.tokens import Token, TokenRequest, TokenSite
from workfront_core.errors.redaction import SecretHeaders
from workfront_core.request.address import checked_url

IMS_URL: Final = "https://ims-na1.adobelogin.com/ims/token/v3"
SCOPES: Final = ("openid", "AdobeID", "read_organizations", "additional_info.projectedProductContext")


class ImsServer(RenewableAuth):
    """Signs in as a technical account of Adobe IMS; a token holds about a day.

    An account that was given no access to Workfront sees empty lists, not an error.

    Args:
        client_id: of the credential in the Adobe Developer Console.
        client_secret: of the same.
        org_id: the organisation: ``0123456789ABCDEF@AdobeOrg``; ``None`` for hosts that take the token alone.
        scopes: what the token is to be good for.
        url: the token service; https, or plain http on this machine.
        clock: seconds since 1970.

    Raises:
        QueryError: a part is empty, or the address would send the secret unencrypted.

    Examples:
        >>> from workfront_client import ImsServer
        >>> ImsServer("client-id", "client-secret", org_id="0123456789ABCDEF@AdobeOrg")
        ImsServer('client-id', ***, org_id='0123456789ABCDEF@AdobeOrg')
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str | SecretStr,
        *,
        org_id: str | None = None,
        scopes: Sequence[str] = SCOPES,
        url: str = IMS_URL,
        clock: Callable[[], float] = time.time,
    ) -> None:
        client_secret = as_secret(client_secret)
        super().__init__(clock=clock)
        check_header_value("IMS client id", client_id)
        check_header_value("IMS client secret", client_secret)
        if org_id is not None:
            check_header_value("IMS organisation", org_id)
        self._client_id = client_id
        self._client_secret = client_secret
        self._org_id = org_id
        self._scope = ",".join(checked_texts(scopes, "scopes="))
        self._url = checked_url(checked_text(url, "url="))

    def headers_with(self, token: Token) -> SecretHeaders:
        return ims_headers(token.access.get_secret_value(), self._org_id)

    def request(self, _site: TokenSite, _previous: Token | None, /) -> TokenRequest:
        fields = (
            ("client_id", self._client_id),
            ("client_secret", self._client_secret.get_secret_value()),
            ("grant_type", "client_credentials"),
            ("scope", self._scope),
        )
        return TokenRequest(self._url, fields, repeatable=True)

    def __repr__(self) -> str:
        return f"ImsServer({self._client_id!r}, ***, org_id={self._org_id!r})"
