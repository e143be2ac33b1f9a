"""What tests of the pages share."""

from tests.sandbox.live import listener as listener
