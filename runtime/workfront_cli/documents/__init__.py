"""``workfront upload | download``."""
