"""One customer: clock, limits, rows."""
