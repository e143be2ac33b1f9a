"""Sessions, tokens, API keys."""
