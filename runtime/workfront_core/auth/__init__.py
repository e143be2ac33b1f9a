"""Every way to sign in. The objects are interchangeable: each fits ``auth=`` of every client.

========================  ==========================================================  ================
credential                what it takes                                               renews itself
========================  ==========================================================  ================
``Anonymous``             nothing: for what a service tells anybody                   no
``ApiKey``                a user's API key                                            no
``SessionId``             a session or access token from elsewhere                    no
``CookieSession``         the cookies of a browser session, and its XSRF token        no
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
    from workfront_core.auth.cookie_session import CookieSession as CookieSession
    from workfront_core.auth.ims import ImsServer as ImsServer
    from workfront_core.auth.jwt import JwtFlow as JwtFlow
    from workfront_core.auth.login import Login as Login
    from workfront_core.auth.oauth import AuthorizationCode as AuthorizationCode
    from workfront_core.auth.oauth import Pkce as Pkce
    from workfront_core.auth.oauth import refresh_token as refresh_token
    from workfront_core.auth.pkce import Redirect as Redirect
    from workfront_core.auth.pkce import authorize_url as authorize_url
    from workfront_core.auth.pkce import new_state as new_state
    from workfront_core.auth.pkce import new_verifier as new_verifier
    from workfront_core.auth.pkce import read_redirect as read_redirect
    from workfront_core.auth.renewable import RenewableAuth as RenewableAuth
    from workfront_core.auth.static import Anonymous as Anonymous
    from workfront_core.auth.static import ApiKey as ApiKey
    from workfront_core.auth.static import Auth as Auth
    from workfront_core.auth.static import ImsToken as ImsToken
    from workfront_core.auth.static import SessionId as SessionId
    from workfront_core.auth.token_store import FileStore as FileStore
    from workfront_core.auth.token_store import KeyringStore as KeyringStore
    from workfront_core.auth.token_store import TokenStore as TokenStore
    from workfront_core.auth.token_store import default_store as default_store
    from workfront_core.auth.tokens import Token as Token

__all__ = [
    "Anonymous",
    "ApiKey",
    "Auth",
    "AuthorizationCode",
    "CookieSession",
    "FileStore",
    "ImsServer",
    "ImsToken",
    "JwtFlow",
    "KeyringStore",
    "Login",
    "Pkce",
    "Redirect",
    "RenewableAuth",
    "SessionId",
    "Token",
    "TokenStore",
    "authorize_url",
    "default_store",
    "new_state",
    "new_verifier",
    "read_redirect",
    "refresh_token",
]

if not TYPE_CHECKING:  # a checker must not take an unknown name for a lazy one
    __getattr__, __dir__ = lazy_exports(
        __name__,
        {
            "Anonymous": "static",
            "ApiKey": "static",
            "Auth": "static",
            "AuthorizationCode": "oauth",
            "CookieSession": "cookie_session",
            "FileStore": "token_store",
            "ImsServer": "ims",
            "ImsToken": "static",
            "JwtFlow": "jwt",
            "KeyringStore": "token_store",
            "Login": "login",
            "Pkce": "oauth",
            "Redirect": "pkce",
            "RenewableAuth": "renewable",
            "SessionId": "static",
            "Token": "tokens",
            "TokenStore": "token_store",
            "authorize_url": "pkce",
            "default_store": "token_store",
            "new_state": "pkce",
            "new_verifier": "pkce",
            "read_redirect": "pkce",
            "refresh_token": "oauth",
        },
    )
