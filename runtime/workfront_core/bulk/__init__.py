"""Many writes, and what became of each row."""
