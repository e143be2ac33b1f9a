"""CustomEnum (CSTEM): rows without an ID."""

from typing import ClassVar

from workfront_core.models.model import WorkfrontObject


class CustomEnum(WorkfrontObject):
    """A status of a tenant."""

    obj_code: ClassVar[str] = "CSTEM"

    value: str | None = None
    label: str | None = None
