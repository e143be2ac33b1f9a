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

from workfront_core.credential import ApiKey as ApiKey
from workfront_core.credential import Auth as Auth
from workfront_core.credential import ImsToken as ImsToken
from workfront_core.credential import SessionId as SessionId
from workfront_core.ims import ImsServer as ImsServer
from workfront_core.jwt_flow import JwtFlow as JwtFlow
from workfront_core.login import Login as Login
from workfront_core.oauth import AuthorizationCode as AuthorizationCode
from workfront_core.oauth import Pkce as Pkce
from workfront_core.renewable import RenewableAuth as RenewableAuth
from workfront_core.token import Token as Token
