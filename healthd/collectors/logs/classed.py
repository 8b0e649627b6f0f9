"""What the catalogue of messages knows of a log line: its class, the part it speaks of, and its variables."""

from dataclasses import replace

from healthd.catalogue.messages.read import Match, match
from healthd.collectors.logs.syslog import CARRIED
from healthd.model.event import Event

CARRIERS = frozenset({"IOSXE-PLATFORM", "KERN-SYSTEM_MSG"})
"""Messages that pass on what a part below wrote, sometimes a whole message of its own. DAEMON and AUTHPRIV pass on what people typed."""


def classed(event: Event) -> Event:
    """Return *event* with its class; what the event says of itself already is kept."""
    if not event.mnemonic:
        return event
    known = _carried(event) or match(event.facility, event.severity, event.mnemonic, event.text)
    return replace(event, kind=event.kind or known.kind, item=event.item or known.item, variables=event.variables or known.variables)


def _carried(event: Event) -> Match | None:
    """Return what is known of the message that *event* passes on; None when it carries none that the catalogue knows."""
    inner = CARRIED.match(event.text) if event.message in CARRIERS else None
    if inner is None:
        return None
    found = match(inner["facility"], int(inner["severity"]), inner["mnemonic"], event.text[inner.end() :].lstrip(" :\t"))
    return found if found.message else None
