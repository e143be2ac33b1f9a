"""The service's own time, told by the header ``Date`` of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from workfront_core.errors.kinds import ProtocolError
from workfront_core.foreign_text import http_date, whole_number
from workfront_core.operations import decoders
from workfront_core.request.request import Request

TIME_CALL: Final = Request("GET", "USER/count", decoders.count, reads=True)
"""A short call that every user may make, for the sake of the time of its answer."""


def server_time(headers: Mapping[str, str]) -> datetime:
    """Returns the time of an answer, in whole seconds and UTC, less its ``Age`` where a cache kept it.

    Raises:
        ProtocolError: the answer tells no time.
    """
    sent = http_date(headers.get("Date", ""))
    if sent is None:
        raise ProtocolError(
            "The answer has no Date, so the server's time is not known.", hint="Does a proxy drop the header?"
        )
    return datetime.fromtimestamp(sent - (whole_number(headers.get("Age", "")) or 0), UTC)
