"""An IS-IS adjacency is not up, or is lost.

What: adjacencies in another state than up, and those that vanished.
Why: the routes behind the neighbour are gone, or take a longer way.
Remedy: look at the link; compare level, area, authentication and MTU of both sides.
Source: ISIS-MIB::isisISAdjState (RFC 4444), CISCO-IETF-ISIS-MIB.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE
from healthd.analysis.rules._neighbours import Protocol, neighbours
from healthd.model.finding import Finding
from healthd.model.history import History

NEEDS = ("isis.neighbor.state",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


ISIS = Protocol(rule="isis", title="IS-IS", metric="isis.neighbor.state", good=frozenset({"up"}), passing=frozenset({"initializing"}))


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per adjacency that is not up or is lost."""
    yield from neighbours(ISIS, history, now, limits.max_age)
