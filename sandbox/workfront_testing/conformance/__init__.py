"""What docs/protocol.md says of the service, as checks: most ask by GET alone, some write within one project
(docs/conformance.md).
"""

from workfront_testing.conformance.corpus import CORPUS as CORPUS
from workfront_testing.conformance.corpus import WRITTEN as WRITTEN
from workfront_testing.conformance.runner import CheckResult as CheckResult
from workfront_testing.conformance.runner import Outcome as Outcome
from workfront_testing.conformance.runner import examine as examine
from workfront_testing.conformance.runner import examine_writing as examine_writing
from workfront_testing.conformance.server import Server as Server
from workfront_testing.conformance.writing.trial import Trial as Trial
from workfront_testing.conformance.writing.trial import project as project

__all__ = [
    "CORPUS",
    "WRITTEN",
    "CheckResult",
    "Outcome",
    "Server",
    "Trial",
    "examine",
    "examine_writing",
    "project",
]
