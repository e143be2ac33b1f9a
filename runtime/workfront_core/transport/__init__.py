"""What happens around a call: retries, limits, deadlines, hooks."""
