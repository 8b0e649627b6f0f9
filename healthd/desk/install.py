"""Does the device hold the new part? What a poll's inventory (ENTITY-MIB entPhysicalSerialNum, ``show inventory``) says about it."""

from collections.abc import Iterable, Mapping

from healthd.desk.rma_rules import plain
from healthd.model.observation import Part
from healthd.model.poll import Poll
from healthd.model.rma import Replacement, Step, Stepped

WHO = "healthd"


def seen(found: Replacement, polls: Mapping[str, Poll]) -> Stepped | None:
    """Return what the newest *polls*, by device, tell about the part of *found*; None when they tell nothing new.

    The new serial number in the right device verifies the installation, also
    one that nobody has entered yet. Something else there is told once. A poll
    from before, or one that broke off, disproves nothing.
    """
    poll = polls.get(found.wanted.device)
    new = plain(found.serial_in or found.out[1])
    begun = found.installed or found.issued
    if begun is None or found.verified or not found.is_open or not new:
        return None
    if poll and poll.at > begun and (part := _part(poll.parts, new)):
        facts = (("serial", new), ("pid", part.pid), ("place", part.name or part.slot), ("source", _source(poll)))
        return Stepped(at=poll.at, who=WHO, step=Step.VERIFIED, facts=facts)
    words = _otherwise(found, new, poll, polls) if found.installed else ""
    if not words or words == found.disputed:
        return None
    at = max(each.at for each in polls.values())
    return Stepped(at=at, who=WHO, step=Step.DISPUTED, facts=(("seen", words),))


def _otherwise(found: Replacement, new: str, poll: Poll | None, polls: Mapping[str, Poll]) -> str:
    """Return in words what is there instead of the new part; empty when nobody can tell."""
    begun = found.installed
    for name, each in sorted(polls.items()):
        if name != found.wanted.device and begun and each.at > begun and (part := _part(each.parts, new)):
            return f"{new} is in {name} ({part.name or part.slot}), not in {found.wanted.device}"
    if poll is None or begun is None or poll.at <= begun or not poll.up or poll.errors or not poll.parts:
        return ""
    old = plain(found.wanted.serial)
    if old and (part := _part(poll.parts, old)):
        return f"the old part {old} is still in {poll.device} ({part.name or part.slot})"
    there = next((part for part in poll.parts if found.wanted.item and part.name == found.wanted.item), None)
    if there and plain(there.serial):
        return f"{there.name} of {poll.device} holds {plain(there.serial)}, not {new}"
    return f"{poll.device} does not name {new} among its parts"


def _part(parts: Iterable[Part], serial: str) -> Part | None:
    return next((part for part in parts if plain(part.serial) == serial), None)


def _source(poll: Poll) -> str:
    return "ENTITY-MIB::entPhysicalSerialNum" if "snmp" in poll.by else "show inventory"
