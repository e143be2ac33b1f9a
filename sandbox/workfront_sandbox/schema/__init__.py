"""What the metadata says of objects, and what it does not say."""
