"""Each call of the API as a value, and how its answer is read."""
