"""Writes the golden files and the page made from the sandbox: ``python -m tests.support.update_golden``.

After a change that is meant.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.support.hostile import snapshot
from tests.support.places import ROOT, TESTS
from workfront_codegen.generate import generate
from workfront_sandbox.api.coverage import page
from workfront_sandbox.schema.catalogue import Catalogue
from workfront_schema import store

GOLDEN = TESTS / "golden" / "hostile"
COVERAGE = ROOT / "docs" / "sandbox-coverage.md"
VERSION = "v22.0"


def coverage_page() -> str:
    """What the page about the sandbox has to say."""
    return page(Catalogue([store.load_snapshot(store.standard_schema(), VERSION)]).newest, VERSION)


def main() -> None:
    COVERAGE.write_text(coverage_page(), encoding="utf-8")
    shutil.rmtree(GOLDEN, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        store.save_snapshot(snapshot(), Path(folder) / "schema")
        generate(Path(folder) / "schema", ("v99.0",), "hostile_client", Path(folder) / "out", check=False)
        out = Path(folder) / "out"
        for made in (*out.rglob("*.py"), *out.rglob("*.pyi")):
            kept = GOLDEN / made.relative_to(out).with_suffix(f"{made.suffix}.txt")
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(made.read_text())


if __name__ == "__main__":
    main()
