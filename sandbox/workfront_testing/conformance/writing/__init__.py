"""Facts that only a write shows, tried within one project that is removed again."""
