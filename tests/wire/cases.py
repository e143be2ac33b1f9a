"""All cases, and the table of those that another one covers."""

from __future__ import annotations

from typing import Final

from tests.wire import actions, documents, filters, many, moments, reading, reports, sharing, writing
from tests.wire.case import Case, Covered

_AREAS: Final = (reading, filters, moments, writing, actions, many, sharing, documents, reports)

CASES: Final[list[Case]] = [case for area in _AREAS for case in area.CASES]
TABLE: Final[list[Covered]] = [covered for area in _AREAS for covered in area.TABLE]
