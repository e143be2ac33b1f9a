"""``python -m workfront_codegen``."""

from workfront_codegen.cli import app

app(prog_name="workfront-codegen")
