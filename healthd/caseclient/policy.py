"""Which troubles open cases by themselves: the defaults, and a customer's own word before them.

A case at once is for what somebody must act on today: a device that is lost,
a part that has failed, a reserve that is gone. What needs a person's judgement
first (a part that was pulled, a port that is down) is drafted. What a report
tells better (trends, load, configuration) stays there. ``docs/cases.md`` has
the table.
"""

from collections.abc import Mapping
from datetime import timedelta

from healthd.caseclient.together import LOSS
from healthd.caseclient.troubles import Kind, Trouble
from healthd.model.finding import Condition, Level
from healthd.model.policy import Mode, Policy

OPEN, DRAFT, OFF = Mode.OPEN, Mode.DRAFT, Mode.OFF

RULES: Mapping[str, Mode] = {
    "device_down": OPEN, "psu": OPEN, "fan": OPEN, "module": OPEN, "power": OPEN, "stack": OPEN, "redundancy": OPEN, "diagnostic": OPEN,
    "hardware": OPEN,
    "uplink_lost": OPEN, "link_flapping": OPEN,
    "temperature": OPEN, "voltage": DRAFT, "sensor": DRAFT, "optics": DRAFT, "poe": DRAFT,
    "interface_down": DRAFT, "errdisabled": DRAFT, "vpc": DRAFT, "hsrp": DRAFT, "vrrp": DRAFT,
    "bgp": DRAFT, "ospf": DRAFT, "isis": DRAFT, "eigrp": DRAFT,
    "identity_changed": DRAFT, "uncollected_device": DRAFT, "reboot": DRAFT, "memory_leak": DRAFT, "flash": OFF,
}  # fmt: skip
"""What is not named is off."""
CONDITIONS: Mapping[Condition, Mode] = {
    Condition.ABSENT: DRAFT,
    Condition.UNPOWERED: DRAFT,
    Condition.SOFTWARE: DRAFT,
    Condition.CONFIGURATION: DRAFT,
    Condition.HEALTHY: OFF,
}
"""The most that is done for a part in such a condition: nothing of it is the part's fault."""
SERVED = frozenset({"stack", "redundancy"})
"""Rules about what carries: a switch that is gone from its stack takes its ports with it, whoever took it out."""
GRAVE = frozenset({"temperature"})
"""Rules that open a case only when they call it critical."""
_STEPS = (OFF, DRAFT, OPEN)
HARDWARE = frozenset(
    {"hardware", "psu", "fan", "module", "power", "stack", "redundancy", "diagnostic", "sensor", "voltage", "optics", "temperature", "poe"}
)


def mode(trouble: Trouble, policy: Policy) -> Mode:
    """Return what is to be done about *trouble*; a customer's own word on its rule counts as it stands."""
    if trouble.doubted:
        return OFF
    said = policy.rules.get(trouble.root.rule, policy.others)
    return _default(trouble) if said is None else said


def _default(trouble: Trouble) -> Mode:
    wanted = RULES.get(trouble.root.rule, OFF)
    if trouble.kind is Kind.SITE or (trouble.root.rule in SERVED and trouble.state is not Condition.HEALTHY):
        return wanted
    if trouble.root.rule in GRAVE and trouble.root.level < Level.CRITICAL:
        return min(wanted, DRAFT, key=_STEPS.index)
    state = trouble.state
    return min(wanted, CONDITIONS.get(state, OPEN) if state else OPEN, key=_STEPS.index)


def wait(trouble: Trouble, policy: Policy) -> timedelta:
    """Return how long *trouble* must have been seen before anything is done: a suspicion waits for its second proof."""
    if trouble.root.rule == LOSS:
        return policy.hold
    if trouble.root.rule in HARDWARE and trouble.state is Condition.FAILED:
        return timedelta(0)
    return policy.suspect if trouble.root.rule in HARDWARE else policy.hold
