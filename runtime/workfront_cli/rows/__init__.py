"""Rows from a file: checked all before the first is sent, sent by a job that can go on after any end."""
