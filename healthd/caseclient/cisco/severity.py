"""From our priority to Cisco's severity, and what Cisco wants done for it.

Cisco's severity is about the case, not about a log line. S1 and S2 are opened
by telephone; a request that was sent all the same is told there.
"""

from healthd.errors import NotAllowed
from healthd.model.case import Case, Priority
from healthd.model.cisco import Severity

MACHINE = "healthd"
_OF = {Priority.P1: Severity.S1, Priority.P2: Severity.S2, Priority.P3: Severity.S3, Priority.P4: Severity.S4}


def severity(case: Case) -> Severity:
    """Return the severity that *case* has for Cisco: the number of its priority."""
    return _OF[case.priority]


def check(wanted: Severity, who: str) -> None:
    """Refuse what only a person may do.

    Raises:
        NotAllowed: *who* is the machine and *wanted* is graver than S3.
    """
    if who == MACHINE and wanted < Severity.S3:
        raise NotAllowed(f"a request of severity {wanted.value} is opened by a person, by telephone; healthd may open S3 and S4 only")
