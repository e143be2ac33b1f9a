"""What services of both clients are: operations on one object type."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from workfront_core.models.model import WorkfrontObject

M = TypeVar("M", bound=WorkfrontObject)


class BoundService(Generic[M]):
    """The operations on one object type, bound to a client; how that sends is said by `Service` and `AsyncService`."""

    model: type[M]
    obj_code: ClassVar[str]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.model.obj_code}>"
