"""The facts that only a write shows, a module for each subject."""
