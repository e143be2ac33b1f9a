"""Names that generated code must not take. The lists are frozen: never computed from a library's attributes,
or an upgrade would rename members (https://github.com/googleapis/gapic-generator-python/issues/835)."""

from __future__ import annotations

from workfront_core.interface.reserved_members import RESERVED_MEMBER_NAMES
from workfront_core.interface.reserved_names import (
    RESERVED_ARGUMENT_NAMES,
    RESERVED_CLIENT_NAMES,
    RESERVED_PATH_NAMES,
    RESERVED_SERVICE_NAMES,
)

_ANNOTATION_NAMES = frozenset({"bool", "dict", "float", "int", "list", "object", "property", "str"})

CLASSES = frozenset({"AsyncWorkfront", "False", "None", "TYPE_CHECKING", "True", "Workfront"})
ATTRIBUTES = RESERVED_CLIENT_NAMES
MEMBERS = RESERVED_MEMBER_NAMES | RESERVED_PATH_NAMES | RESERVED_ARGUMENT_NAMES
OPERATIONS = RESERVED_SERVICE_NAMES | _ANNOTATION_NAMES
ARGUMENTS = RESERVED_ARGUMENT_NAMES | frozenset({"target"})
