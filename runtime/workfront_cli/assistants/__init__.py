"""``workfront mcp``: tools for assistants, over the typed client. docs/assistants.md."""
