"""Work on the tables of a sync, one after another: what stops one of them stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from workfront_cli.guarded import error_lines
from workfront_cli.output import tell
from workfront_core.errors import AuthenticationError, RateLimited, ServerError, TransportError, WorkfrontError
from workfront_core.sync import SyncResult, TableResult

OF_THE_SERVICE: Final = (TransportError, RateLimited, ServerError)
"""Errors that say nothing of a table: a later run may not meet them."""


class TableByTable:
    """What became of tables.

    Attributes:
        done: results, in the order in which they came.
        stopped: what stopped a table, by its object type.
    """

    def __init__(self) -> None:
        self.done: list[TableResult] = []
        self.stopped: dict[Any, WorkfrontError] = {}

    def work(self, models: Iterable[Any], work: Callable[[Any], SyncResult]) -> None:
        """Does the work for each object type that nothing has stopped yet.

        Raises:
            WorkfrontError: the service does not answer, limits calls, or nobody is signed in.
        """
        for model in models:
            if model in self.stopped:
                continue
            try:
                self.done.extend(work(model).tables.values())
            except (*OF_THE_SERVICE, AuthenticationError):
                raise
            except WorkfrontError as error:
                self.stopped[model] = error

    def end(self) -> None:
        """Tells what stopped tables.

        Raises:
            WorkfrontError: the first of them; the others stand on the error stream.
        """
        errors = list(self.stopped.values())
        for error in errors[1:]:
            tell(*error_lines(error))
        if errors:
            raise errors[0]
