"""A Workfront of one's own to build against: a stateful server of the REST API.

``Sandbox`` is the server without a socket, ``create_app`` makes an ASGI application of it.
"""

from workfront_core.sandbox.clock import Clock as Clock
from workfront_core.sandbox.faults import Faults as Faults
from workfront_core.sandbox.limits import Limits as Limits
from workfront_core.sandbox.reply import Incoming as Incoming
from workfront_core.sandbox.reply import Reply as Reply
from workfront_core.sandbox.server import Exchange as Exchange
from workfront_core.sandbox.server import Sandbox as Sandbox
