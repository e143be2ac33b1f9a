from enum import IntEnum


class Priority(IntEnum):
    NONE = 0
    LOW = 1
    HIGH = 3
