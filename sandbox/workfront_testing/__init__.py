"""A sandbox for tests: in the process or behind a socket, with factories, a request log and faults (docs/testing.md).

Needs extra ``sandbox``. Its names are imported when they are first used.
"""

from typing import TYPE_CHECKING, Any

from workfront_core.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from workfront_testing.conditions import Conditions as Conditions
    from workfront_testing.factory import Factory as Factory
    from workfront_testing.filled_form import fill as fill
    from workfront_testing.recorded_fault import RecordedFault as RecordedFault
    from workfront_testing.request_log import RequestLog as RequestLog
    from workfront_testing.request_log import Sent as Sent
    from workfront_testing.sandbox_kit import PostedEvent as PostedEvent
    from workfront_testing.sandbox_kit import SandboxKit as SandboxKit
    from workfront_testing.sandbox_kit import in_process as in_process
    from workfront_testing.sandbox_kit import live as live
    from workfront_testing.transport import SandboxTransport as SandboxTransport

__all__ = [
    "Conditions",
    "Factory",
    "PostedEvent",
    "RecordedFault",
    "RequestLog",
    "SandboxKit",
    "SandboxTransport",
    "Sent",
    "fill",
    "in_process",
    "live",
]

if not TYPE_CHECKING:  # a checker must not take an unknown name for a lazy one
    _load, __dir__ = lazy_exports(
        __name__,
        {
            "SandboxKit": "sandbox_kit",
            "Conditions": "conditions",
            "Factory": "factory",
            "PostedEvent": "sandbox_kit",
            "RecordedFault": "recorded_fault",
            "RequestLog": "request_log",
            "SandboxTransport": "transport",
            "Sent": "request_log",
            "fill": "filled_form",
            "in_process": "sandbox_kit",
            "live": "sandbox_kit",
        },
    )

    def __getattr__(name: str) -> Any:
        if name in __all__:
            from workfront_testing.extra import require_sandbox

            require_sandbox()
        return _load(name)
