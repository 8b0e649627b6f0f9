"""What states say of a part: a proof for each word that a finding rests on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from healthd.analysis.present import Present, parents, unit
from healthd.analysis.proofs.places import Place, place
from healthd.analysis.proofs.told import of_events
from healthd.analysis.proofs.words import VAGUE, is_supervisor, means
from healthd.analysis.states import state
from healthd.model.event import Event
from healthd.model.finding import Condition, Finding
from healthd.model.history import History
from healthd.model.observation import Observation, Part
from healthd.model.phrase import say
from healthd.model.poll import Poll
from healthd.model.verdict import Component, Proof, Way

COMPONENTS = {
    "psu": Component.PSU,
    "fan": Component.FAN,
    "module": Component.MODULE,
    "power": Component.MODULE,
    "diagnostic": Component.MODULE,
    "redundancy": Component.SUPERVISOR,
    "optics": Component.OPTIC,
    "stack": Component.STACK_MEMBER,
    "voltage": Component.CHASSIS,
    "sensor": Component.CHASSIS,
    "temperature": Component.CHASSIS,
    "poe": Component.CHASSIS,
    "flash": Component.FLASH,
    "memory": Component.MEMORY,
    "memory_leak": Component.MEMORY,
}
"""By the rule that found it. Rules of ports, protocols and settings find no part at fault."""
_BY_KIND = {
    "powerSupply": Component.PSU,
    "fan": Component.FAN,
    "module": Component.MODULE,
    "chassis": Component.CHASSIS,
    "container": Component.CHASSIS,
}
_UNSURE = {"module", "power", "diagnostic", "voltage", "sensor"}
"""Rules whose rows may lie in any kind of part; the inventory says in which."""
_TESTS = "show diagnostic result"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """A finding about a part: what it is, and where.

    *row* is the part's own row of the inventory, *part* the unit that would
    be replaced: the row itself, or what holds it.
    """

    finding: Finding
    component: Component
    where: Place
    part: Part | None = field(default=None, repr=False)
    row: Part | None = field(default=None, repr=False)

    @property
    def numbers(self) -> tuple[str, str, str]:
        """PID, serial number and slot of what would be replaced.

        A supply that is built in has a serial number of its own and is
        replaced with what holds it; one that only cannot be read is not.
        """
        found, part = self.finding, self.part
        if found.pid or part is None:
            return found.pid, found.serial, found.slot
        if self.row is not None and self.row.kind == "powerSupply" and self.row.fru is not False:
            return "", found.serial, found.slot
        return part.pid, part.serial, found.slot or part.slot

    @property
    def says(self) -> Condition:
        """What the finding alone suggests."""
        return self.finding.verdict or Condition.HEALTHY


def suspicion(finding: Finding, history: History) -> Suspicion | None:
    """Return what *finding* says of a part; None where it is about none."""
    component = COMPONENTS.get(finding.rule) or _of_log(finding)
    if component is None or finding.verdict is None:
        return None
    poll = history.poll(finding.device)
    part = unit(poll, finding.index) if poll else None
    if finding.rule in _UNSURE or (finding.rule == "temperature" and finding.verdict is Condition.SUSPECT):
        component = _inside(component, finding, poll)
    elif finding.rule == "stack" and any(each.reading.metric == "stack.ring" for each in finding.evidence if isinstance(each, Observation)):
        component = Component.STACK_CABLE
    row = next(parents(poll, finding.index), None) if poll else None
    return Suspicion(finding=finding, component=component, where=place(finding.item), part=part, row=row)


def _of_log(finding: Finding) -> Component | None:
    """Return the part that the lines are about on which a finding of the rule ``hardware`` rests."""
    lines = [each for each in finding.evidence if isinstance(each, Event)] if finding.rule == "hardware" else []
    return next((each.component for each in of_events(lines)), None)


def _inside(component: Component, finding: Finding, poll: Poll | None) -> Component:
    """Return the kind of the part that the row of *finding* lies in, where the inventory says it."""
    part = unit(poll, finding.index) if poll else None
    found = _BY_KIND.get(part.kind, component) if part else component
    if found is Component.MODULE and is_supervisor(part, finding.item):
        return Component.SUPERVISOR
    return Component.MODULE if found is Component.CHASSIS and component is Component.MODULE and finding.rule == "module" else found


def proofs(finding: Finding) -> Iterator[Proof]:
    """Yield one proof for each state that *finding* rests on."""
    for each in finding.evidence:
        if isinstance(each, Observation):
            yield _proof(finding, each)


def _proof(finding: Finding, seen: Observation) -> Proof:
    reading, word = seen.reading, str(seen.reading.value)
    says = means(reading.metric, word) or finding.verdict or Condition.SUSPECT
    if says is not Condition.HEALTHY and finding.verdict in (Condition.ABSENT, Condition.UNPOWERED, Condition.ENVIRONMENT):
        # The rule has weighed the word against what else it knows: an empty bay, a fan inside a dark supply.
        says = finding.verdict
    return Proof(
        way=way(reading.source),
        at=min(_since(finding, seen), seen.at) if says is not Condition.HEALTHY else seen.at,
        last=seen.at,
        says=says,
        text=say("{source}: {item} is {state}", source=reading.source, item=reading.item, state=state(word)),
        source=reading.source,
        raw=word,
    )


def _since(finding: Finding, seen: Observation) -> datetime:
    return finding.since or seen.at


def way(source: str) -> Way:
    """Return the way on which a reading from *source* came: a MIB's object, a command, a test's result."""
    if source.startswith(_TESTS):
        return Way.TEST
    return Way.SNMP if "::" in source else Way.CLI


def vague(finding: Finding) -> bool:
    """Say whether the device only says that the part is off, and not why; some write the reason into its name."""
    off = any(isinstance(each, Observation) and each.reading.value in VAGUE for each in finding.evidence)
    return off and "no input" not in finding.item.lower()


def well(now: Present) -> Proof:
    """Return the proof that a part is well, out of its present state."""
    text = say("{source}: {item} is {state}", source=now.reading.source, item=now.reading.item, state=state(now.word))
    source = now.reading.source
    return Proof(way=way(source), at=now.since, last=now.at, says=Condition.HEALTHY, text=text, source=source, raw=now.word)
