"""``workfront-codegen``, also as ``python -m workfront_codegen``."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line, or says what is missing for it."""
    try:
        from workfront_codegen.cli import app
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("workfront_"):
            raise
        sys.exit(f"error: the generator needs {error.name}; install it with: pip install 'workfront-client[codegen]'")
    app(prog_name="workfront-codegen")


if __name__ == "__main__":
    main()
