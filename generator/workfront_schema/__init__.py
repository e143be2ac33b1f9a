"""What an API version offers: snapshots read, corrected, compared and written. Knows nothing of Python names."""
