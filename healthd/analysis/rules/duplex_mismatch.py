"""The two ends of a line do not agree on duplex.

What: a port runs half duplex while the neighbour's end runs full, or half duplex on a line between two network devices.
Why: each end takes the other's frames for collisions; the line works badly and only under load.
Remedy: let both ends negotiate, or set both alike.
Source: EtherLike-MIB::dot3StatsDuplexStatus at both ends, who is at the other end from CDP and LLDP.

Half duplex at a user's port may be meant. Where a device does not tell, nothing is said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.ports import Port, ports, recent, same_port
from healthd.analysis.present import MAX_AGE
from healthd.analysis.topology import Link, topology
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("interface.duplex", "poll")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a poll's device may have been heard to count as present."""

    max_age: timedelta = MAX_AGE


_ADVICE = say("Let both ends negotiate speed and duplex, or set both to the same values.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per half-duplex end of a line between two of the customer's devices."""
    known = {(p.device, p.row.name): p for p in ports(history, now, limits.max_age).values() if p.row.oper == "up" and p.row.duplex}
    if not any(port.row.duplex == "half" for port in known.values()):
        return
    polls = {d.name: poll for d in history.devices if (poll := recent(history, d.name, now, limits.max_age))}
    for link in topology(history.devices, polls).links:
        here = known.get((link.device, link.port))
        if here and here.row.duplex == "half":
            yield _finding(here, _far(link, known), link.far)


def _far(link: Link, known: Mapping[tuple[str, str], Port]) -> Port | None:
    return next((p for (device, name), p in known.items() if device == link.far and same_port(name, link.far_port)), None)


def _finding(here: Port, there: Port | None, far: str) -> Finding:
    differ = there is not None and there.row.duplex == "full"
    return Finding(
        rule="duplex_mismatch",
        device=here.device,
        item=here.row.name,
        index=here.row.index,
        level=Level.WARNING if differ else Level.NOTICE,
        summary=say("Port {port} runs half duplex, the other end at {far} full duplex.", port=here.label, far=far)
        if differ
        else say("Port {port} toward {far} runs half duplex.", port=here.label, far=far),
        verdict=Condition.CONFIGURATION,
        advice=_ADVICE,
    )
