"""The protocol as a table: typed calls, the requests they become, and what answers are read as."""

import pytest

pytest.register_assert_rewrite("wire.exchange")
