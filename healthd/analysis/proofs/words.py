"""What the word of a state says about a part, the same on every wire: the rules' own judgement of it."""

from collections.abc import Mapping

from healthd.analysis.rules import fan, module, power, psu, redundancy, stack, voltage
from healthd.analysis.rules._judgement import Judgement
from healthd.model.finding import Condition
from healthd.model.observation import Part
from healthd.model.verdict import Component

_FAMILIES: Mapping[str, tuple[Component, Mapping[str, Judgement], frozenset[str]]] = {
    "psu.state": (Component.PSU, psu.JUDGEMENTS, frozenset(psu.GOOD)),
    "fan.state": (Component.FAN, fan.JUDGEMENTS, frozenset(fan.GOOD)),
    "module.state": (Component.MODULE, module.JUDGEMENTS, frozenset({"ok"})),
    "power.state": (Component.MODULE, power.JUDGEMENTS, frozenset({"on"})),
    "voltage.state": (Component.CHASSIS, voltage.JUDGEMENTS, frozenset({"normal"})),
    "stack.member.state": (Component.STACK_MEMBER, stack.JUDGEMENTS, frozenset({"ready"})),
    "redundancy.state": (Component.SUPERVISOR, redundancy.UNITS, frozenset({"standbyHot", "active", "up"})),
}
_PLAIN: Mapping[str, tuple[Component, Mapping[str, Condition]]] = {
    "diagnostic.state": (Component.MODULE, {"failed": Condition.FAILED, "passed": Condition.HEALTHY}),
    "stack.ring": (Component.STACK_CABLE, {"notRedundant": Condition.SUSPECT, "redundant": Condition.HEALTHY}),
    "stack.port.state": (Component.STACK_CABLE, {"down": Condition.SUSPECT, "up": Condition.HEALTHY}),
    "sensor.state": (Component.CHASSIS, {"nonoperational": Condition.SUSPECT, "ok": Condition.HEALTHY}),
}
METRICS: Mapping[Component, tuple[str, ...]] = {
    Component.PSU: ("psu.state",),
    Component.FAN: ("fan.state",),
    Component.MODULE: ("module.state", "power.state", "diagnostic.state"),
    Component.SUPERVISOR: ("module.state", "redundancy.state", "diagnostic.state"),
    Component.STACK_MEMBER: ("stack.member.state",),
    Component.STACK_CABLE: ("stack.ring", "stack.port.state"),
    Component.CHASSIS: ("diagnostic.state",),
    Component.ASIC: ("diagnostic.state",),
    Component.MEMORY: ("diagnostic.state",),
}
"""Where the state of a part is told, by what it is."""
_MISSING = {"notPresent": Condition.ABSENT}
VAGUE = frozenset({"offEnvOther", "shutdown", "poweredDown"})
"""Words that say only that a part is off, and not why."""


def means(metric: str, word: str) -> Condition | None:
    """Return what *word* of the state *metric* says about its part; None where it says nothing."""
    if metric in _PLAIN:
        return _PLAIN[metric][1].get(word)
    if metric not in _FAMILIES:
        return None
    _, judgements, well = _FAMILIES[metric]
    if word in well:
        return Condition.HEALTHY
    judgement = judgements.get(word)
    return judgement.verdict if judgement else _MISSING.get(word)


def is_supervisor(part: Part | None, name: str) -> bool:
    """Say whether a module is what runs the device: a supervisor, a route processor."""
    said = f"{name} {part.name} {part.description} {part.pid}".lower() if part else name.lower()
    words = said.replace("/", " ").replace("-", " ").split()
    return any(each.startswith(("supervisor", "sup", "rsp")) or each in ("rp", "rp0", "rp1", "processor") for each in words)
