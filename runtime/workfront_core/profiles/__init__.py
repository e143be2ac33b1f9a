"""Settings from a file and from environment variables."""
