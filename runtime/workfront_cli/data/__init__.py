"""The commands that read and write rows."""
