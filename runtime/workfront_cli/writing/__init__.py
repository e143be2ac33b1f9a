"""Commands that change something: what they would do is shown first, and asked about."""
