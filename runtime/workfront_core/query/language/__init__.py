"""The condition language: what an administrator types, as conditions and back."""
