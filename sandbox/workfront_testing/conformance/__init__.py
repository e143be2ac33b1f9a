"""What docs/protocol.md says of the service, as checks that ask a server by GET alone (docs/conformance.md)."""

from workfront_testing.conformance.corpus import CORPUS as CORPUS
from workfront_testing.conformance.runner import CheckResult as CheckResult
from workfront_testing.conformance.runner import Outcome as Outcome
from workfront_testing.conformance.runner import examine as examine
from workfront_testing.conformance.server import Server as Server

__all__ = ["CORPUS", "CheckResult", "Outcome", "Server", "examine"]
