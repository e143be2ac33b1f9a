"""A Workfront of one's own to build against: a stateful server of the REST API.

``Sandbox`` is the server without a socket, ``create_app`` makes an ASGI application of it.
"""

from workfront_sandbox.server import Sandbox as Sandbox
from workfront_sandbox.store.database import DatabaseRefused as DatabaseRefused
from workfront_sandbox.tenant.clock import Clock as Clock
from workfront_sandbox.tenant.effects import NotComputedWarning as NotComputedWarning
from workfront_sandbox.tenant.limits import Limits as Limits
from workfront_sandbox.wire.exchange import Exchange as Exchange
from workfront_sandbox.wire.faults import Faults as Faults
from workfront_sandbox.wire.messages import HttpRequest as HttpRequest
from workfront_sandbox.wire.messages import HttpResponse as HttpResponse
