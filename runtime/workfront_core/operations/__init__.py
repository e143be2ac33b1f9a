"""Each call of the API as a value, and how its answer is read.

``from workfront_core.operations import operation`` gives the builders: ``operation.search(Task, ...)`` is a `Request`.
"""
