"""A BGP session is not established.

What: peers that the configuration wants and that are in another state than established.
Why: the routes behind the peer are gone, or take a longer way.
Remedy: reach the peer's address first; then compare AS numbers, authentication and timers.
Source: CISCO-BGP4-MIB::cbgpPeer2State, BGP4-MIB::bgpPeerState (RFC 4273).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE
from healthd.analysis.rules._neighbours import Protocol, neighbours
from healthd.model.finding import Finding
from healthd.model.history import History

NEEDS = ("bgp.peer.state", "bgp.peer.admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


BGP = Protocol(rule="bgp", title="BGP", metric="bgp.peer.state", good=frozenset({"established"}), admin="bgp.peer.admin")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per peer that should be established and is not."""
    yield from neighbours(BGP, history, now, limits.max_age)
