"""An online diagnostic test of a part fails.

What: tests whose present result is a failure; one that failed once and passes now is past.
Why: the part may still carry traffic, but it has shown a fault that the next restart can make final.
Remedy: run the test again in a quiet hour, reseat the part, try another slot.
Source: Cisco "show diagnostic result", "show module" (online diag status).

What was not tested says nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, present, unit
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("diagnostic.state",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a result may be to count as present."""

    max_age: timedelta = MAX_AGE


_FAILED = Judgement(
    Level.WARNING,
    say("A diagnostic test fails: {item}."),
    Condition.SUSPECT,
    say("Run its diagnostics again, reseat it, and try it in another slot before it is replaced."),
)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per test that fails."""
    for seen in present(history, "diagnostic.state", now, limits.max_age):
        if seen.word == "failed":
            yield finding("diagnostic", seen, _FAILED, unit(seen.poll, seen.reading.index))
