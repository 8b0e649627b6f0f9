"""A port throws good frames away, and it goes on.

What: its discard counters grew in several samples of the last hour.
Why: the port, or what stands behind it, takes less than it is given: users see a slow network with no fault in it.
Remedy: look at the port's load at the same time, its queues and its speed against the other end's.
Source: IF-MIB::ifInDiscards, ifOutDiscards.

A few discards belong to every full queue, and what did not grow in the newer half of that hour is over. Access ports are one notice per device.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from healthd.analysis.rules._growth import Growth, Look, growths
from healthd.analysis.rules._rolled import Hit, told
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import Phrase, say

NEEDS = ("interface.in.discards", "interface.out.discards")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*least* and *warning* are frames gained in the time of *look*, in at least *steps* of its samples."""

    least: float = 1_000
    warning: float = 10_000
    steps: int = 3
    look: Look = field(default_factory=Look)


_ADVICE = say("Compare with the port's load and speed; raise the speed or shape what is sent.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per carrying port whose discards grow, and one notice per device for its access ports."""
    found = growths(history, NEEDS, now, limits.look)
    hits = (_hit(g, limits) for g in found if g.gained >= limits.least and g.steps >= limits.steps)
    yield from told("interface_discards", hits, _together, _ADVICE)


def _hit(growth: Growth, limits: Limits) -> Hit:
    count, port = round(growth.gained), growth.port.label
    said = (
        say(
            "Port {port} discarded {count} received frames in {over} up to {at}.", port=port, count=count, over=growth.over, at=growth.until
        )
        if growth.metric == NEEDS[0]
        else say(
            "Port {port} discarded {count} frames instead of sending them in {over} up to {at}.",
            port=port,
            count=count,
            over=growth.over,
            at=growth.until,
        )
    )
    level = Level.WARNING if growth.gained >= limits.warning else Level.NOTICE
    return Hit(port=growth.port, level=level, summary=said, since=growth.since, weight=growth.gained, evidence=growth.evidence)


def _together(count: int, names: str) -> Phrase:
    return say("Frames were discarded on {count} access ports: {names}.", count=count, names=names)
