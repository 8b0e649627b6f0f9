"""What a message or a notification, by itself, says about a part: which kind of part, and what would be the matter with it.

Cisco's documents say of few messages that they ask for a replacement; most
say that a part may be at fault, that it is too hot or without input, or that
software or configuration is. The catalogue of messages names the first two
(``hardware``); what its other classes mean is said here. Source: Cisco system
message guides; Cisco TAC's advice on parity errors ("Parity Errors
Troubleshooting Guide": a single error is soft, a repeated one is not).
"""

from collections.abc import Mapping
from functools import cache

from healthd.catalogue.messages.read import HARDWARE, Message, catalogue, entries
from healthd.model.event import Event
from healthd.model.finding import Condition
from healthd.model.verdict import Component

PARTS: Mapping[str, Component] = {
    "psu": Component.PSU,
    "fan": Component.FAN,
    "linecard": Component.MODULE,
    "fabric": Component.MODULE,
    "supervisor": Component.SUPERVISOR,
    "memory": Component.MEMORY,
    "asic": Component.ASIC,
    "flash": Component.FLASH,
    "optic": Component.OPTIC,
    "stack": Component.STACK_MEMBER,
    "stackcable": Component.STACK_CABLE,
    "stackpower": Component.STACK_CABLE,
    "chassis": Component.CHASSIS,
    "temperature": Component.CHASSIS,
    "voltage": Component.CHASSIS,
    "sensor": Component.CHASSIS,
    "poe": Component.CHASSIS,
    "failover": Component.CHASSIS,
    "software": Component.CHASSIS,
    "system": Component.CHASSIS,
    "cpu": Component.CHASSIS,
}
"""By the component that an entry of the catalogue names; ports, protocols and policies are no parts of their own."""
_BY_CLASS: Mapping[str, Component] = {
    "psu": Component.PSU, "fan": Component.FAN, "module": Component.MODULE, "part": Component.MODULE, "redundancy": Component.SUPERVISOR,
    "stack": Component.STACK_MEMBER, "temperature": Component.CHASSIS, "voltage": Component.CHASSIS,
}  # fmt: skip
_CABLES = {"stack.port-changed", "stack.port-up", "stack.ring-open", "stack.ring-closed", "stack.port-flapping"}
_TRAPS = frozenset({
    "psu.changed", "psu.ok", "fan.changed", "fan.ok", "module.changed", "module.ok", "part.removed", "part.inserted", "temperature.high",
    "temperature.ok", "voltage.changed", "voltage.ok", "stack.member-removed", "stack.member-added", *_CABLES,
})  # fmt: skip
_WARNINGS = {"temperature": Condition.ENVIRONMENT, "stack.member-removed": Condition.ABSENT, "part.removed": Condition.ABSENT}

_SAID: Mapping[Condition, tuple[str, ...]] = {
    Condition.ABSENT: ("psu.removed", "psu.absent", "fan.removed", "part.removed", "module.removed", "optic.removed", "stackpower.cable-removed"),
    Condition.UNPOWERED: ("psu.no-input", "power.input-lost"),
    Condition.ENVIRONMENT: ("temperature.", "environment.", "psu.overheated", "psu.warm", "optic.warning", "optic.voltage-warning"),
    Condition.CONFIGURATION: (
        "power.insufficient", "poe.denied", "fan.disabled", "part.unknown", "memory.too-little", "memory.jumbo-failed", "scale.",
        "optic.identity", "optic.duplicate-serial", "optic.unsupported", "module.power-denied", "failover.chassis-mismatch",
        "failover.mode-mismatch",
    ),
    Condition.SOFTWARE: (
        "stackpower.mismatch", "sensor.update-failed", "fpga.golden", "redundancy.sync-failed", "heartbeat.", "chassis.display-failed",
        "memory.exhausted", "memory.allocation-failed", "memory.low", "memory.freed-twice", "resource.", "flash.full", "crash.",
        "software.crash", "process.", "cpu.", "asic.number-invalid", "asic.port-invalid",
    ),
}  # fmt: skip
_SOFT = ("parity.", "memory.ecc-corrected", "asic.interrupt", "asic.error", "asic.tcam-error")
_HARD = {"parity.excessive", "parity.netflow"}


def message_of(event: Event) -> Message | None:
    """Return the entry of the catalogue that *event* is classed by; None for a notification or a message without entry."""
    facility = "ASA" if event.facility in ("FTD", "PIX", "FWSM") or event.facility.startswith("ASA-") else event.facility
    own = next((each for each in catalogue().get(f"{facility}-{event.mnemonic}", ()) if each.kind == event.kind), None)
    # A line that another system's line passes on has the class of what it carries, and another name.
    return own or (_mildest().get(event.kind) if event.mnemonic and event.source != "trap" else None)


def component(message: Message) -> Component | None:
    """Return the kind of part that *message* is about; None where it is about none."""
    if message.component == "interface":
        # A line that works in one direction, or errs on its own: the optic is what is exchanged.
        return Component.OPTIC if message.hardware != "none" else None
    if message.kind.startswith("psu."):
        return Component.PSU
    return PARTS.get(message.component) or (Component.CHASSIS if message.hardware != "none" else None)


def condition(message: Message) -> Condition | None:
    """Return what *message* alone says of its part; None where it says nothing of its health."""
    if message.hardware != "none":
        return Condition.FAILED if message.hardware == "failed" else Condition.SUSPECT
    if message.kind in good():
        return Condition.HEALTHY
    return next((what for what, kinds in _SAID.items() if any(_is(message.kind, kind) for kind in kinds)), None)


def of_trap(kind: str) -> tuple[Component, Condition] | None:
    """Return the part and what a notification of class *kind* says of it, where no state in it says more; None for other classes."""
    if kind not in _TRAPS:
        return None
    part = Component.STACK_CABLE if kind in _CABLES else _BY_CLASS[kind.partition(".")[0]]
    if kind in good() or kind in ("part.inserted", "stack.member-added", "stack.port-up", "stack.ring-closed"):
        return part, Condition.HEALTHY
    return part, _WARNINGS.get(kind) or _WARNINGS.get(kind.partition(".")[0]) or Condition.SUSPECT


def is_soft(kind: str) -> bool:
    """Say whether a single event of class *kind* may be a soft error: a bit that was flipped once, and no fault."""
    return kind not in _HARD and any(_is(kind, each) for each in _SOFT)


@cache
def _mildest() -> Mapping[str, Message]:
    """Return by class the entry that claims least."""
    return {m.kind: m for m in sorted(entries(), key=lambda m: -HARDWARE.index(m.hardware))}


@cache
def good() -> frozenset[str]:
    """Return the classes that are good news: those that clear another, and those that end so."""
    return frozenset({m.clears for m in entries() if m.clears} | {m.kind for m in entries() if m.kind.endswith((".ok", "-ok"))})


@cache
def kinds() -> frozenset[str]:
    """Return the classes of all messages and notifications that say something about a part."""
    said = {m.kind for m in entries() if component(m) is not None and condition(m) is not None}
    return frozenset(said | _TRAPS)


def _is(kind: str, pattern: str) -> bool:
    return kind.startswith(pattern) if pattern.endswith(".") else kind == pattern
