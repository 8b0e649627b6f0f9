"""A VRRP router does not run.

What: virtual routers that have not left their first state on an interface that is not shut.
Why: the router protects nobody, and nobody protects it.
Remedy: look at the interface; compare the group's configuration on both routers.
Source: VRRP-MIB::vrrpOperState (RFC 2787), VRRPV3-MIB::vrrpv3OperationsStatus (RFC 6527).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, present
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.analysis.rules._places import shut
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("vrrp.state",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


_DOWN = Judgement(
    Level.WARNING,
    say("VRRP on {item} does not run."),
    None,
    say("Look at the interface of the group; VRRP starts when it comes up and has an address."),
)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per virtual router that does not run."""
    for seen in present(history, "vrrp.state", now, limits.max_age):
        if seen.word == "initialize" and not shut(seen):
            yield finding("vrrp", seen, _DOWN)
