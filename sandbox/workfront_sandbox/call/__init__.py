"""One call while it is answered."""
