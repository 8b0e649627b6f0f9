"""The switch has shut a port itself.

What: ports in err-disabled state, with the cause that the switch names.
Why: the port stays down until somebody or a timer opens it again.
Remedy: remove the cause first; a port that is merely opened shuts again.
Source: CISCO-ERR-DISABLE-MIB::cErrDisableIfStatusCause.

Most causes are the switch enforcing its configuration; a flapping link or a bad optic may be hardware.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, present
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("interface.errdisabled",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


HARDWARE = {"linkFlap", "gbicInvalid", "tranceiverIncomp", "udld", "linkMonitorFailure", "portModeFailure", "inlinePower"}
"""Causes behind which a cable, an optic or a powered device may be at fault."""

_SAID = say("The switch has shut {item} itself: {cause}.")
_SUSPECT = Judgement(
    Level.WARNING, _SAID, Condition.SUSPECT, say("Check cable, optic and the device at the other end; then open the port again.")
)
_POLICY = Judgement(
    Level.WARNING, _SAID, Condition.CONFIGURATION, say("Remove the cause first; a port that is merely opened again will shut again.")
)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per port that the switch has shut."""
    for seen in present(history, "interface.errdisabled", now, limits.max_age):
        judgement = _SUSPECT if seen.word in HARDWARE else _POLICY
        yield finding("errdisabled", seen, judgement, None, cause=seen.word)
