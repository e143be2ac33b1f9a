"""Every error the client raises, and what it knows."""

from typing import TYPE_CHECKING

from workfront_core.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from workfront_core.errors.kinds import AuthenticationError as AuthenticationError
    from workfront_core.errors.kinds import Conflict as Conflict
    from workfront_core.errors.kinds import DeadlineExceeded as DeadlineExceeded
    from workfront_core.errors.kinds import FileError as FileError
    from workfront_core.errors.kinds import Gone as Gone
    from workfront_core.errors.kinds import InvalidRequest as InvalidRequest
    from workfront_core.errors.kinds import NotFound as NotFound
    from workfront_core.errors.kinds import PermissionDenied as PermissionDenied
    from workfront_core.errors.kinds import ProtocolError as ProtocolError
    from workfront_core.errors.kinds import QueryError as QueryError
    from workfront_core.errors.kinds import RateLimited as RateLimited
    from workfront_core.errors.kinds import ServerError as ServerError
    from workfront_core.errors.kinds import TransportError as TransportError
    from workfront_core.errors.kinds import Truncated as Truncated
    from workfront_core.errors.kinds import Unreachable as Unreachable
    from workfront_core.errors.kinds import WorkfrontError as WorkfrontError
    from workfront_core.errors.kinds import WriteRefused as WriteRefused

__all__ = [
    "AuthenticationError",
    "Conflict",
    "DeadlineExceeded",
    "FileError",
    "Gone",
    "InvalidRequest",
    "NotFound",
    "PermissionDenied",
    "ProtocolError",
    "QueryError",
    "RateLimited",
    "ServerError",
    "TransportError",
    "Truncated",
    "Unreachable",
    "WorkfrontError",
    "WriteRefused",
]

if not TYPE_CHECKING:  # a checker must not take an unknown name for a lazy one
    __getattr__, __dir__ = lazy_exports(
        __name__,
        {
            "AuthenticationError": "kinds",
            "DeadlineExceeded": "kinds",
            "Conflict": "kinds",
            "FileError": "kinds",
            "Gone": "kinds",
            "InvalidRequest": "kinds",
            "NotFound": "kinds",
            "PermissionDenied": "kinds",
            "ProtocolError": "kinds",
            "QueryError": "kinds",
            "RateLimited": "kinds",
            "ServerError": "kinds",
            "TransportError": "kinds",
            "Truncated": "kinds",
            "Unreachable": "kinds",
            "WorkfrontError": "kinds",
            "WriteRefused": "kinds",
        },
    )
