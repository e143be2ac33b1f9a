"""TOML files that people write: read whole, or one clear error."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from workfront_schema.errors import SchemaError


def read_toml(file: Path, remedy: str | None = None) -> dict[str, Any]:
    """Returns the content of a TOML file, nothing where there is no file.

    Raises SchemaError where it is not TOML, not UTF-8, or nested beyond all measure.
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"{file}: is not TOML ({error})", remedy) from None
