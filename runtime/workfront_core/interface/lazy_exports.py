"""Lazy names of generated packages."""

from workfront_core.lazy_exports import lazy_exports as lazy_exports
