"""How urgent a trouble is: what it took away, times what the contract promises; with the reason in words.

Impact has four steps. The contract's level moves the middle ones: where
service is given on working days only, a single loss waits a step longer, and
where a part comes within two hours, a lost reserve of the core is worth a
step more. ``docs/cases.md`` has the table.
"""

from collections.abc import Mapping
from datetime import timedelta

from healthd.caseclient.together import LOSS
from healthd.caseclient.troubles import Trouble
from healthd.model.case import Priority
from healthd.model.coverage import NBD, Promised
from healthd.model.device import Device
from healthd.model.finding import Condition
from healthd.model.phrase import Phrase, say

MANY = 10
"""Devices without service that make a loss widespread."""
CENTRE = frozenset({"core", "datacenter", "firewall", "edge", "wan"})
LEAVES = frozenset({"access", "wireless", "management", "other"})
RESERVE = frozenset({"psu", "redundancy", "uplink_lost", "hsrp", "vrrp", "vpc"})
"""Rules whose trouble leaves one alone that were two."""
CARRIES = frozenset({"module", "stack", "power", "diagnostic"})
SOON = timedelta(hours=2)
PROPOSED = (Priority.P1, Priority.P2)
"""Priorities that the hotline has to confirm when the machine gives them."""

Graded = tuple[Priority, Phrase]


def graded(trouble: Trouble, devices: Mapping[str, Device], level: Promised) -> Graded:
    """Return the priority of *trouble* under a contract of *level*, and why."""
    step, why = _impact(trouble, devices)
    found = _by_contract(step, trouble, devices, level)
    return found, say("{impact}; service level {level}.", impact=why, level=level.text or say("unknown"))


def _impact(trouble: Trouble, devices: Mapping[str, Device]) -> tuple[int, Phrase]:
    """Return 1 (widespread) to 4 (nothing lost), and what was lost."""
    if trouble.root.rule == LOSS or trouble.impact:
        return _loss(trouble, devices)
    role, part = _role(trouble, devices), trouble.state
    if trouble.root.rule in CARRIES and part is not Condition.SUSPECT:
        return (2 if role in CENTRE else 3), say("part of the device is out of service ({role})", role=role or say("role unknown"))
    if trouble.root.rule in RESERVE or trouble.root.rule == "stack":
        return 3, say("nothing is lost yet, but one more failure is an outage ({role})", role=role or say("role unknown"))
    if part is Condition.FAILED or trouble.root.rule == "temperature":
        return 3, say("a part has failed; the device works on")
    return 4, say("no service is lost as far as is known")


def _loss(trouble: Trouble, devices: Mapping[str, Device]) -> tuple[int, Phrase]:
    names, role = trouble.impact or trouble.devices, _role(trouble, devices)
    points = sorted({devices[name].service_point for name in names if name in devices and devices[name].service_point})
    if len(names) >= MANY:
        return 1, say("{count} devices have lost service", count=len(names))
    if points:
        return 1, say("service points are without service: {points}", points=", ".join(points))
    if len(names) > 1:
        return (1 if role in CENTRE else 2), say(
            "{count} devices have lost service ({role})", count=len(names), role=role or say("role unknown")
        )
    if role in LEAVES:
        return 3, say("one device has lost service ({role})", role=role)
    return 2, say("one device has lost service ({role})", role=role or say("role unknown"))


def _role(trouble: Trouble, devices: Mapping[str, Device]) -> str:
    """Return the weightiest role among the devices that it is about."""
    roles = [devices[name].role for name in trouble.devices if name in devices]
    return next((role for role in roles if role in CENTRE), next(iter(roles), ""))


def _by_contract(step: int, trouble: Trouble, devices: Mapping[str, Device], level: Promised) -> Priority:
    days_only = level.within == NBD or (level.known and not level.round_the_clock and level.within is None)
    if days_only and step in (1, 2):
        return Priority(step + 1)
    quick = level.within is not None and level.within <= SOON
    if quick and step == 3 and trouble.root.rule in RESERVE | CARRIES and _role(trouble, devices) in CENTRE:
        return Priority.P2
    return Priority(step)
