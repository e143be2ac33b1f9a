"""Work of several requests where each may depend on the answer before: written once, run by either client.

A generator yields requests and is sent their results, or thrown their errors; it returns the result of the whole.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeAlias, TypeVar

from workfront_core.request.request import Request

T = TypeVar("T")

RequestFlow: TypeAlias = Generator[Request[Any], Any, T]
