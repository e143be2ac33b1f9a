"""What services of both clients are: operations on one object type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from workfront_core.errors.frames import HidesCalls

if TYPE_CHECKING:
    from workfront_core.models.model import WorkfrontObject

M = TypeVar("M", bound="WorkfrontObject")


class _CodeOfModel:
    """The objCode of a service that does not say it itself."""

    def __get__(self, service: BoundService[Any] | None, owner: type[BoundService[Any]]) -> str:
        source: Any = owner if service is None else service
        code: str = source.model.obj_code
        return code


class BoundService(HidesCalls, Generic[M]):
    """The operations on one object type, bound to a client; how that sends is said by `Service` and `AsyncService`."""

    model: type[M]
    obj_code: ClassVar[str] = cast("str", _CodeOfModel())

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.model.obj_code}>"
