"""Reads Workfront object metadata into a snapshot and renders a typed client from it.

The flow is one-way: fetch -> normalise -> override -> IR -> render -> write.
Only the first and the last touch network or disk.
"""
