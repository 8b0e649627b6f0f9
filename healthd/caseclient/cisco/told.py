"""What Cisco said, as entries of the case. Pure.

The customer is told Cisco's number (N10) and nothing else by itself: what
Cisco's engineer writes is for ours, who passes it on in their own words. A
case is never closed because Cisco closed its request.
"""

from collections.abc import Iterator
from datetime import datetime

from healthd.caseclient.cisco import heard as heard_
from healthd.caseclient.cisco.bond import HAND
from healthd.caseclient.cisco.severity import MACHINE
from healthd.model.case import Channel, Did, Entry
from healthd.model.cisco import Bond, BondStage, Heard

CISCO = "Cisco TAC"


def entries(before: Bond, after: Bond, heard: Heard, now: datetime) -> tuple[Entry, ...]:
    """Return what to write on the case when *heard* made *after* of *before*; nothing for what was heard already."""
    if heard.mark in before.marks or heard.mark.startswith(HAND):
        return ()
    return tuple(_entries(before, after, heard, now))


def _entries(before: Bond, after: Bond, heard: Heard, now: datetime) -> Iterator[Entry]:
    if after.sr and not before.sr:
        shadow = after.priority == "Shadow"
        did = Did.NOTED if shadow else Did.CISCO_OPENED
        text = f"Cisco's number is {after.sr}{' (shadow: we work on it ourselves)' if shadow else ''}"
        yield Entry(at=now, who=MACHINE, channel=Channel.CISCO, did=did, text=text, visible=not shadow, facts=(("cisco", after.sr),))
    elif heard.sr and heard.sr != before.sr and before.sr:
        yield _note(now, f"Cisco has a second request {heard.sr} for this case besides {before.sr}: have one of them closed as Duplicate")
    if heard.errors:
        yield _note(now, f"Cisco did not do what it was asked: {'; '.join(heard.errors)}")
    if heard.text and not heard_.confirms(heard):
        yield _note(now, heard.text, heard.who or CISCO)
    if heard.rma and heard.rma != before.rma:
        yield _note(now, f"Cisco's RMA number is {heard.rma}", facts=(("rma-number", heard.rma),))
    if after.stage is BondStage.CLOSED and before.stage is not BondStage.CLOSED:
        said = f": {heard.solution}" if heard.solution else ""
        yield _note(now, f"Cisco has closed {after.sr}{said}", facts=(("status", heard.status),))
    elif before.sr and (after.status, after.mirrored) != (before.status, before.mirrored):
        yield _note(now, f"Cisco's status is {heard.status or heard.state}", facts=(("status", heard.status or heard.state),))


def _note(now: datetime, text: str, who: str = CISCO, facts: tuple[tuple[str, str], ...] = ()) -> Entry:
    return Entry(at=now, who=who, channel=Channel.CISCO, did=Did.NOTED, text=text, facts=facts)
