"""What the options of a Spark read ask for: the object and its fields, the conditions, and who signs in."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final

import pyarrow as pa

from workfront_core.auth import ApiKey
from workfront_core.errors.kinds import QueryError
from workfront_core.frames.batch import to_batch
from workfront_core.frames.schema import EXTRA_COLUMN, FrameSchema, frame_schema
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import did_you_mean
from workfront_core.operations.search import MAX_PAGE, Query
from workfront_core.process_state import cached_property
from workfront_core.query.condition import FilterCondition
from workfront_core.query.language.field_lists import parse_fields
from workfront_core.query.language.objects import model_named
from workfront_core.query.language.parsing import parse
from workfront_core.query.selection import field_parameters, listed_names
from workfront_core.sync.parts import PartWalk
from workfront_core.sync.state import Part

OPTIONS: Final = (
    "object", "fields", "where", "version", "package", "profile", "address", "key", "allow_key_in_options",
    "partitions", "page_size", "overlap", "pushdown", "path",
)  # fmt: skip
_PACKAGE: Final = "workfront_client"
_MOST_PARTITIONS: Final = 8
"""Calls that a tenant takes at a time from one user, with some to spare (docs/protocol.md 6)."""


@dataclass
class SparkRead:
    """The options of a read, understood.

    Args:
        options: as Spark gives them; names in any case.

    Raises:
        QueryError: an option is missing, unknown or makes no sense.
    """

    options: Mapping[str, str]
    pushed: list[FilterCondition[Any]] = field(default_factory=list[FilterCondition[Any]])

    def __post_init__(self) -> None:
        self.options = {name.lower(): value for name, value in self.options.items()}
        for name in self.options:
            if name not in OPTIONS:
                raise QueryError(f"The source has no option {name}.", hint=did_you_mean(name, OPTIONS))
        if "object" not in self.options:
            raise QueryError("Which object? The source takes an option for it.", hint='.option("object", "TASK")')
        if "key" in self.options and self.options.get("allow_key_in_options", "").lower() != "true":
            raise QueryError(
                "An API key in the options of Spark shows in its plans, its logs and its history.",
                hint="Use .option('profile', ...), or WORKFRONT_URL and WORKFRONT_API_KEY in the environment of the "
                "workers; or allow it: .option('allow_key_in_options', 'true').",
            )

    def narrowed(self, columns: Sequence[str]) -> SparkRead:
        """Returns what is asked where only these columns are: where no fields are named, no others are read."""
        if self.options.get("fields"):
            return self
        named = [_spelt(name) for name in columns if name != EXTRA_COLUMN]
        return SparkRead({**self.options, "fields": ",".join(named or ["ID"])})

    @cached_property
    def model(self) -> type[WorkfrontObject]:
        """The class of the rows.

        Raises:
            QueryError: there is no such object, or its rows have no ID.
        """
        model = model_named(self.options["object"], self._package)
        if not Query(model).has_id:
            raise QueryError(f"Rows of {model.__name__} have no ID, by which ranges of them are read.")
        return model

    @cached_property
    def schema(self) -> FrameSchema:
        """The columns."""
        return frame_schema(self.model, self._names, nested="struct")

    @property
    def has_pushdown(self) -> bool:
        """Whether filters of Spark are tested by the server too."""
        return self.options.get("pushdown", "").lower() == "true"

    @property
    def page_size(self) -> int:
        """Rows a call."""
        return self._whole("page_size", MAX_PAGE, MAX_PAGE)

    @property
    def partitions(self) -> int:
        """The number of ranges that are read side by side, at most."""
        return self._whole("partitions", 4, _MOST_PARTITIONS)

    @property
    def overlap(self) -> float:
        """Seconds by which a batch of the stream begins before the end of the one before."""
        return float(self._whole("overlap", 600, None))

    @property
    def where(self) -> Sequence[FilterCondition[Any]]:
        """Conditions: those of the option, and the filters of Spark that the server tests."""
        text = self.options.get("where")
        return [*([parse(text, self.model)] if text else []), *self.pushed]

    def query(self, *more: FilterCondition[Any]) -> Query[Any]:
        """Returns the search, for rows that meet further conditions too."""
        return Query(self.model, where=(*self.where, *more), fields=self._names)

    @contextmanager
    def client(self) -> Generator[Any]:
        """Opens a client that only reads, one call at a time, until the block ends.

        Raises:
            AuthenticationError: there is nothing to sign in with.
        """
        kind: Any = import_module(self._package).Workfront
        own: dict[str, Any] = {"concurrency": 1, "allow_writes": False}
        if "key" in self.options:
            made = kind(self._address(), auth=ApiKey(self.options["key"]), **own)
        else:
            made = kind.from_env(self.options.get("profile"), **own)
        with made as client:
            yield client

    def batches(self, query: Query[Any], part: Part, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Yields the rows of one range of IDs, page by page, with these columns."""
        walk = PartWalk(part, query, self.page_size)
        with self.client() as client:
            while (request := walk.pages.ask()) is not None:
                page = client.send(request)
                if not walk.pages.fits(page.rows):
                    return
                rows, after_id = walk.take(page.rows)
                if rows:
                    yield to_batch(rows, self.schema).select(list(columns))
                if after_id is None or after_id == part.upto:
                    return

    @property
    def _names(self) -> tuple[str, ...]:
        text = self.options.get("fields")
        if not text:
            return ("ID", "*")
        return tuple(dict.fromkeys(["ID", *listed_names(field_parameters(parse_fields(text, self.model), {}))]))

    @property
    def _package(self) -> str:
        version = self.options.get("version", "v22.0").lower().removeprefix("v").partition(".")[0]
        package, name = self.options.get("package", _PACKAGE), f"v{version}"
        if package == _PACKAGE:
            return f"{package}.{name}"
        try:
            import_module(f"{package}.{name}")
        except (ImportError, ValueError, TypeError) as error:
            raise QueryError(
                f"The package {package} has no {name} here: {error}.",
                hint="Install it on the driver and on every worker, and name its version: .option('version', 'v22.0').",
            ) from None
        return f"{package}.{name}"

    def _address(self) -> str:
        if "address" not in self.options:
            raise QueryError("A key needs an address.", hint='.option("address", "https://acme.my.workfront.com")')
        return self.options["address"]

    def _whole(self, name: str, default: int, most: int | None) -> int:
        text = self.options.get(name, str(default))
        if not text.isdecimal() or int(text) < 1 or (most is not None and int(text) > most):
            upto = f"from 1 to {most}" if most is not None else "from 1"
            raise QueryError(f"{name}={text!r:.40}: it is a whole number {upto}.")
        return int(text)


def _spelt(name: str) -> str:
    """Returns the name of a column as a list of fields has it."""
    return f'DE:"{name.removeprefix(CUSTOM)}"' if name.startswith(CUSTOM) else name
