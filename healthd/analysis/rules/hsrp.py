"""An HSRP group does not run, or has lost its standby router.

What: groups that have not left their first states, and groups without a standby where there was one.
Why: without a standby the next failure of the gateway is an outage of the network behind it.
Remedy: compare the group's configuration on both routers and look for the path between them.
Source: CISCO-HSRP-MIB::cHsrpGrpStandbyState, cHsrpGrpStandbyRouter.

A group on an interface that is shut by configuration is meant so. A group that never had a standby is a notice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, earlier, present
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.analysis.rules._places import shut
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("hsrp.state", "hsrp.standby")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


_INTERFACE = say("Look at the interface of the group: HSRP starts when it comes up.")
_CONFIG = say("Compare address, authentication and version of the group with its other router.")
_PATH = say("Look for the other router and the path to it; both must hear each other's hellos.")

JUDGEMENTS = {
    "initial": Judgement(Level.WARNING, say("HSRP on {item} does not run."), None, _INTERFACE),
    "learn": Judgement(Level.WARNING, say("HSRP on {item} has not learned its virtual address."), None, _CONFIG),
}
_LOST = Judgement(Level.WARNING, say("HSRP on {item} has lost its standby router: the gateway is no longer safe."), None, _PATH)
_NONE = Judgement(Level.NOTICE, say("HSRP on {item} has no standby router."), None, _PATH)
NOBODY = {"0.0.0.0", "::", "unknown"}  # noqa: S104 - an address that HSRP reports, nothing is bound to it


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per group that does not run or protects no longer."""
    for seen in present(history, "hsrp.state", now, limits.max_age):
        judgement = JUDGEMENTS.get(seen.word)
        if judgement and not shut(seen):
            yield finding("hsrp", seen, judgement)
    states = {(s.device, s.reading.item): s.word for s in present(history, "hsrp.state", now, limits.max_age)}
    for seen in present(history, "hsrp.standby", now, limits.max_age):
        # Only the active router's word counts: others may simply not have heard yet.
        if seen.word in NOBODY and states.get((seen.device, seen.reading.item)) == "active":
            had = earlier(history, seen) - NOBODY
            yield finding("hsrp", seen, _LOST if had else _NONE)
