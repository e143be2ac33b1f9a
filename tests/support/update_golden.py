"""Writes the golden files anew, after a change that is meant: ``python -m tests.support.update_golden``."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.support.hostile import snapshot
from tests.support.places import TESTS
from workfront_codegen.generate import generate
from workfront_schema import store

GOLDEN = TESTS / "golden" / "hostile"


def main() -> None:
    shutil.rmtree(GOLDEN, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        store.save_snapshot(snapshot(), Path(folder) / "schema")
        generate(Path(folder) / "schema", ("v99.0",), "hostile_client", Path(folder) / "out", check=False)
        for made in (Path(folder) / "out").rglob("*.py"):
            kept = GOLDEN / made.relative_to(Path(folder) / "out").with_suffix(".py.txt")
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(made.read_text())


if __name__ == "__main__":
    main()
