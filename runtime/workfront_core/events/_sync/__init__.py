# Generated from ../_async/__init__.py by `python -m tools.sync_from_async`. Not to be edited.
