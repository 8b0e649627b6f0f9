"""A vPC pair has lost its other half, or a vPC its consistency.

What: a peer keepalive that is not alive, and vPCs that are up with parameters that do not agree.
Why: with the keepalive lost, a broken peer link makes both switches primary; inconsistent vPCs suspend ports.
Remedy: look for the path of the keepalive; compare the configuration of both switches.
Source: CISCO-VPC-MIB::cVpcPeerKeepAliveStatus, cVpcStatusHostLinkConsistencyStatus.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, present
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("vpc.keepalive.state", "vpc.link.consistency")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


_PATH = say("Look for the path of the keepalive, usually through the management network, and for the peer itself.")
_SAME = say("Compare the vPC's parameters on both switches.")
_LOST = Judgement(Level.WARNING, say("The peer of {item} does not answer keepalives ({state}): the pair is no longer safe."), None, _PATH)
_WRONG = Judgement(Level.WARNING, say("The keepalive of {item} is misconfigured ({state})."), Condition.CONFIGURATION, _PATH)
_DIFFERS = Judgement(Level.WARNING, say("{item} does not agree with the other switch."), Condition.CONFIGURATION, _SAME)

KEEPALIVE = {
    "peerUnreachable": _LOST,
    "suspendedAsDestIPUnreachable": _LOST,
    "suspendedAsVRFUnusable": _LOST,
    "aliveButDomainIdDismatch": _WRONG,
    "misconfigured": _WRONG,
}


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per pair and per vPC in trouble."""
    for seen in present(history, "vpc.keepalive.state", now, limits.max_age):
        if judgement := KEEPALIVE.get(seen.word):
            yield finding("vpc", seen, judgement, None, state=seen.word)
    for seen in present(history, "vpc.link.consistency", now, limits.max_age):
        if seen.word == "failed":
            yield finding("vpc", seen, _DIFFERS)
