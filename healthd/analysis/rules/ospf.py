"""An OSPF neighbour is not adjacent, or is lost.

What: neighbours that stick below full (two-way is right between routers that are neither DR nor BDR), and those that vanished.
Why: the routes behind the neighbour are gone, or take a longer way.
Remedy: look at the link; compare area, timers, authentication and MTU of both sides.
Source: OSPF-MIB::ospfNbrState (RFC 4750), OSPFV3-MIB::ospfv3NbrState (RFC 5643).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE
from healthd.analysis.rules._neighbours import Protocol, neighbours
from healthd.model.finding import Finding
from healthd.model.history import History

NEEDS = ("ospf.neighbor.state",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


OSPF = Protocol(
    rule="ospf",
    title="OSPF",
    metric="ospf.neighbor.state",
    good=frozenset({"full", "twoWay"}),
    passing=frozenset({"exchangeStart", "exchange", "loading"}),
)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per neighbour that is not adjacent or is lost."""
    yield from neighbours(OSPF, history, now, limits.max_age)
