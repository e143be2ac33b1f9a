"""One call of the object API: what was asked, by whom, and what it is answered from."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from workfront_sandbox.access.approver import people_of
from workfront_sandbox.access.rights import Rights
from workfront_sandbox.query.field_name import Names
from workfront_sandbox.query.filter_sql import Compiler
from workfront_sandbox.query.projection import Projection, written_fields
from workfront_sandbox.query.wildcard import Caller
from workfront_sandbox.schema.catalogue import ObjectSchema, VersionSchema
from workfront_sandbox.store.store import Store
from workfront_sandbox.tenant.tenant import Change, Tenant
from workfront_sandbox.wire.address import Address
from workfront_sandbox.wire.errors import ApiError, no_access, not_found
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.wire.parameters import Parameters


@dataclass(frozen=True)
class Call:
    """A call in the making. The tenant's watchers are notified of ``changes`` once the call has succeeded.

    What follows from the parts of rows that are in ``making`` waits until all of them are there.
    """

    tenant: Tenant
    address: Address
    caller: Caller
    parameters: Parameters
    changes: list[Change] = field(default_factory=list[Change])
    making: set[str] = field(default_factory=set[str])

    @property
    def store(self) -> Store:
        """The tenant's rows."""
        return self.tenant.store

    @property
    def schema(self) -> VersionSchema:
        """The object types of the called version."""
        return self.tenant.catalogue.at(self.address.version)

    @property
    def names(self) -> Names:
        """What finds fields for this call."""
        return Names(
            self.schema, self.store, self.tenant.custom, self.tenant.catalogue, self.address.model,
            self.address.unsupported, self.tenant.strict,
        )  # fmt: skip

    @property
    def projection(self) -> Projection:
        """What shapes rows for this call."""
        return Projection(self.names, self.store, self.tenant.limits, self.rights)

    @cached_property
    def rights(self) -> Rights | None:
        """What the caller may do, or None where everybody may do everything."""
        if not self.tenant.rights:
            return None
        user = self.caller.user
        people = people_of(self.store, self.caller.user_id, self.tenant.clock.now())
        return Rights(self.store, user, people, is_admin=self.tenant.is_admin(user))

    def compiler(self) -> Compiler:
        """Returns a compiler for one statement."""
        return Compiler(self.names, self.store, self.caller)

    def object(self, code: str) -> ObjectSchema:
        """Returns an object type of the called version."""
        return self.schema.objects[code]

    def fields(self) -> list[str]:
        """Returns the names in ``fields``."""
        return written_fields(self.parameters.all("fields"))

    def check_fields(self, code: str) -> None:
        """Raises ApiError where ``fields`` name what an object type does not have."""
        self.projection.select(code, self.fields())

    def shaped(self, code: str, rows: Sequence[Row]) -> list[Row]:
        """Returns rows as ``fields`` ask for them. Raises ApiError."""
        projection = self.projection
        return projection.shape(projection.select(code, self.fields()), rows)

    @contextmanager
    def atomically(self) -> Generator[None]:
        """Keeps all that is written inside, or nothing of it, and then nobody is notified."""
        done = len(self.changes)
        try:
            with self.store.transaction():
                yield
        except BaseException:
            del self.changes[done:]
            self.tenant.custom.forget()
            raise

    def row(self, code: str, object_id: str) -> Row:
        """Returns one row as it is stored. Raises ApiError 404."""
        found = self.store.get(code, object_id)
        if found is None:
            raise not_found(self.object(code).name, object_id, was_deleted=self._was_deleted(object_id))
        if self.rights is not None and not self.rights.sees(code, found):
            raise self._hidden(code, object_id)
        return found

    def _was_deleted(self, object_id: str) -> bool:
        """Returns whether the journal tells that a row of an ID was deleted."""
        return any(self.store.where("JRNLE", changeType="D", **{name: object_id}) for name in ("objID", "subObjID"))

    def _hidden(self, code: str, object_id: str) -> ApiError:
        """Returns the refusal of a row the caller may not see: as if there was none, but where strictness is asked."""
        return (
            no_access("view", self.object(code).name.lower())
            if self.tenant.strict
            else not_found(self.object(code).name, object_id)
        )
