"""``workfront sync``: a DuckDB file that follows the service."""
