"""Searches of any number of rows, each row once."""
