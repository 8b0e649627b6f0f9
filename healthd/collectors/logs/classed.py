"""What the catalogue of messages knows of a log line: its class, the part it speaks of, and its variables."""

from dataclasses import replace

from healthd.catalogue.messages.read import match
from healthd.model.event import Event


def classed(event: Event) -> Event:
    """Return *event* with its class; what the event says of itself already is kept."""
    if not event.mnemonic:
        return event
    known = match(event.facility, event.severity, event.mnemonic, event.text)
    return replace(event, kind=event.kind or known.kind, item=event.item or known.item, variables=event.variables or known.variables)
