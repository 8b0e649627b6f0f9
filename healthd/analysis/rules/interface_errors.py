"""A port receives or sends damaged frames, and it goes on.

What: its error counters grew in several samples of the last hour.
Why: damaged frames are lost and sent again; most come from cable, optics or a duplex mismatch, and get worse.
Remedy: clean or change the patch cable, then the optics, then try another port.
Source: IF-MIB::ifInErrors, ifOutErrors.

A burst in one sample is no trend, and what did not grow in the newer half of that time is over. A counter that falls began again and counts for nothing. Access ports are one notice per device.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from healthd.analysis.rules._growth import Growth, Look, growths
from healthd.analysis.rules._rolled import Hit, told
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import Phrase, say

NEEDS = ("interface.in.errors", "interface.out.errors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*least* and *warning* are frames gained in the time of *look*, in at least *steps* of its samples."""

    least: float = 10
    warning: float = 100
    steps: int = 3
    look: Look = field(default_factory=Look)


_ADVICE = say("Check speed and duplex at both ends, then clean or replace cable and optics.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per carrying port whose errors grow, and one notice per device for its access ports."""
    found = growths(history, NEEDS, now, limits.look)
    hits = (_hit(g, limits) for g in found if g.gained >= limits.least and g.steps >= limits.steps)
    yield from told("interface_errors", hits, _together, _ADVICE)


def _hit(growth: Growth, limits: Limits) -> Hit:
    count, port = round(growth.gained), growth.port.label
    said = (
        say("Port {port} received {count} damaged frames in {over} up to {at}.", port=port, count=count, over=growth.over, at=growth.until)
        if growth.metric == NEEDS[0]
        else say(
            "Port {port} could not send {count} frames in {over} up to {at}.", port=port, count=count, over=growth.over, at=growth.until
        )
    )
    level = Level.WARNING if growth.gained >= limits.warning else Level.NOTICE
    return Hit(port=growth.port, level=level, summary=said, since=growth.since, weight=growth.gained, evidence=growth.evidence)


def _together(count: int, names: str) -> Phrase:
    return say("Errors grew on {count} access ports: {names}.", count=count, names=names)
