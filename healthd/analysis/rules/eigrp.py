"""An EIGRP neighbour is lost.

What: neighbours that were there inside the window and are missing in the newest poll. The MIB lists only those that are up.
Why: the routes behind the neighbour are gone, or take a longer way.
Remedy: look at the link; compare AS number, metric weights and authentication of both sides.
Source: CISCO-EIGRP-MIB::cEigrpPeerTable.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE
from healthd.analysis.rules._neighbours import Protocol, neighbours
from healthd.model.finding import Finding
from healthd.model.history import History

NEEDS = ("eigrp.neighbor.state",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


EIGRP = Protocol(rule="eigrp", title="EIGRP", metric="eigrp.neighbor.state", good=frozenset({"up"}))


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per neighbour that is lost."""
    yield from neighbours(EIGRP, history, now, limits.max_age)
