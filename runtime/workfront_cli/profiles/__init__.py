"""The profiles of the settings file: shown, made, removed, and which one counts."""
