"""The command that serves a sandbox."""
