"""The log lines that a device remembers: CISCO-SYSLOG-MIB::clogHistoryTable over SNMP, ``show logging`` over SSH.

For devices that send none, or whose lines got lost on the way.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from healthd.catalogue.mibs.snmpv2 import ENGINE, SYSTEM
from healthd.catalogue.mibs.syslog import HISTORY
from healthd.collectors._lines import Line, lines, scalars
from healthd.collectors.logs.classed import classed
from healthd.collectors.logs.syslog import Context
from healthd.collectors.shows import log
from healthd.model.answer import Answers
from healthd.model.event import Event
from healthd.model.request import Request, Show
from healthd.model.screen import clean

SHOW = Show("show logging")
_WRAP = 2**32


def asks(*, snmp: bool, ssh: bool) -> set[Request]:
    """Return what to ask a device over the wires it has."""
    return {*({HISTORY, SYSTEM, ENGINE} if snmp else ()), *({SHOW} if ssh else ())}


def read(answers: Answers, context: Context) -> Iterator[Event]:
    """Yield the lines in the order in which they were made; those of the buffer where it was printed, as it says more."""
    text = answers.text(SHOW)
    if text is not None:
        told = log.events(clean(text, SHOW.command), replace(context, source="cli"))
        yield from (classed(event) for event in told)
        return
    now = scalars(answers, SYSTEM).number("sysUpTime")
    for line in sorted(lines(answers, HISTORY), key=lambda each: int(each.index.partition(".")[0] or 0)):
        yield classed(_event(line, now, replace(context, source="clog")))


def _event(line: Line, now: int | None, context: Context) -> Event:
    made, severity = line.number("clogHistTimestamp"), line.number("clogHistSeverity")
    # A stamp that lies ahead of the clock was made before it wrapped (497 days).
    age = None if made is None or now is None else (now - made) % _WRAP
    name, facility, text = line.text("clogHistMsgName"), line.text("clogHistFacility"), line.text("clogHistMsgText")
    level = None if severity is None else severity - 1
    return Event(
        device=context.device,
        received=context.received,
        at=None if age is None else context.received - timedelta(seconds=age / 100),
        kind="",
        source=context.source,
        address=context.address,
        facility=facility,
        severity=level,
        mnemonic=name,
        text=text,
        raw=f"%{facility}-{'' if level is None else level}-{name}: {text}".encode("utf-8", "surrogateescape"),
    )
