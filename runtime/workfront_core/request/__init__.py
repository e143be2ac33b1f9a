"""A call as a value, and its bytes."""
