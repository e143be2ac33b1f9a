"""Where a command connects to, and with which version of the API."""
