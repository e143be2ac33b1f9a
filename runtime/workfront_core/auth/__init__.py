"""Every way to sign in. The objects are interchangeable: each fits ``auth=`` of every client.

========================  ==========================================================  ================
credential                what it takes                                               renews itself
========================  ==========================================================  ================
``ApiKey``                a user's API key                                            no
``SessionId``             a session or access token from elsewhere                    no
``Login``                 username and password, on stacks that still have the login  yes
``AuthorizationCode``     OAuth 2 application with a secret, and a code or a token    yes
``Pkce``                  OAuth 2 application without a secret                        yes
``JwtFlow``               OAuth 2 application for servers, with an RSA key            yes
``ImsServer``             Adobe IMS, server to server                                 yes
``ImsToken``              an Adobe IMS token from elsewhere                           no
========================  ==========================================================  ================
"""

from typing import TYPE_CHECKING

from workfront_core.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from workfront_core.auth.ims import ImsServer as ImsServer
    from workfront_core.auth.jwt import JwtFlow as JwtFlow
    from workfront_core.auth.login import Login as Login
    from workfront_core.auth.oauth import AuthorizationCode as AuthorizationCode
    from workfront_core.auth.oauth import Pkce as Pkce
    from workfront_core.auth.renewable import RenewableAuth as RenewableAuth
    from workfront_core.auth.static import ApiKey as ApiKey
    from workfront_core.auth.static import Auth as Auth
    from workfront_core.auth.static import ImsToken as ImsToken
    from workfront_core.auth.static import SessionId as SessionId
    from workfront_core.auth.tokens import Token as Token

__all__ = [
    "ApiKey",
    "Auth",
    "AuthorizationCode",
    "ImsServer",
    "ImsToken",
    "JwtFlow",
    "Login",
    "Pkce",
    "RenewableAuth",
    "SessionId",
    "Token",
]

if not TYPE_CHECKING:  # a checker must not take an unknown name for a lazy one
    __getattr__, __dir__ = lazy_exports(
        __name__,
        {
            "ApiKey": "static",
            "Auth": "static",
            "AuthorizationCode": "oauth",
            "ImsServer": "ims",
            "ImsToken": "static",
            "JwtFlow": "jwt",
            "Login": "login",
            "Pkce": "oauth",
            "RenewableAuth": "renewable",
            "SessionId": "static",
            "Token": "tokens",
        },
    )
