"""Snapshots as the sandbox takes them: whole from the start, or read when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from workfront_schema.snapshot import Snapshot


@dataclass(frozen=True)
class SnapshotSource:
    """A snapshot that is read when somebody asks for more than the names of its object types.

    Attributes:
        version: as ``v22.0``.
        names: of the object types, by objCode.
        load: reads it.
    """

    version: str
    names: Mapping[str, str]
    load: Callable[[], Snapshot]

    @cached_property
    def snapshot(self) -> Snapshot:
        """The snapshot."""
        return self.load()

    @property
    def number(self) -> int:
        """The version as a number: 22."""
        return int(self.version.removeprefix("v").partition(".")[0])

    @property
    def words(self) -> frozenset[str]:
        """What paths may call its object types by, in lower case."""
        return frozenset(word.lower() for pair in self.names.items() for word in pair)


def source_of(snapshot: Snapshot) -> SnapshotSource:
    """Returns a snapshot that is read already as a source."""
    names = {item.obj_code: item.name for item in snapshot.objects}
    return SnapshotSource(snapshot.version, names, lambda: snapshot)
