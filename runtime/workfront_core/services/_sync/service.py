# Generated from ../_async/service.py by `python -m tools.sync_from_async`. Not to be edited.
"""What every service is: the model and the client it was given, actions by wire name, metadata of its object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from workfront_core.services.base import BoundService

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from workfront_core.models.model import WorkfrontObject
    from workfront_core.operations.metadata import ObjectMetadata
    from workfront_core.request._sync.flow import Sends
    from workfront_core.request.request import Request
    from workfront_core.values.sequences import SequenceNotStr

M = TypeVar("M", bound="WorkfrontObject")
T = TypeVar("T")


class Service(BoundService[M]):
    """The operations on one object type, bound to a client of the same side."""

    def __init__(self, client: Sends, /) -> None:
        self._client = client

    def _send(self, request: Request[T], /) -> T:
        return self._client.send(request)

    def action(
        self,
        name: str,
        object_id: str | None = None,
        arguments: Mapping[str, object] | None = None,
        /,
        *,
        form: Literal["path", "parameter"] = "path",
    ) -> JsonValue:
        """Runs an action by its wire name, for dynamic code and for actions the metadata does not list.

        Args:
            name: wire name, such as ``calculateTimeline``.
            object_id: the object it runs on, ``None`` for actions that name their objects in arguments.
            arguments: by wire name; ``None`` leaves one out.
            form: where the name stands: in the path, or as the parameter ``action``.

        Raises:
            QueryError: the name or an argument cannot be sent; nothing was sent.
            InvalidRequest: the object has no such action, or the server refuses its arguments.
        """
        from workfront_core.operations import operation

        return self._send(
            operation.action(self.model, name, object_id, {} if arguments is None else arguments, form=form)
        )

    def metadata(self, *, fields: SequenceNotStr[str] | None = None) -> ObjectMetadata:
        """Returns what the API says of this object: fields, actions, named queries, the tenant's custom fields.

        Args:
            fields: parts to load, such as ``["custom", "fields"]``; ``None`` for all.

        Raises:
            ProtocolError: the answer does not describe the object.
        """
        from workfront_core.operations.metadata import object_metadata

        return self._send(object_metadata(self.model.obj_code, fields))
