"""The methods of ``wf.task``: one mixin an operation."""
