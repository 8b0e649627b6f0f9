"""Events as bytes: a JSON list in a fixed order, without compression.

Log lines come by the thousand a second, and one is too short to gain from
compression. The text of a line is nearly always the end of what came over
the wire, so only its length is kept then. An event that does not fit (none is
known) and those of older versions are ``_codec``'s, which begin otherwise.
"""

import json
from datetime import datetime

from healthd.model.event import Event
from healthd.store import _codec
from healthd.store._moment import micros, moment

_dumps = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def pack(event: Event) -> bytes:
    """Return *event* as bytes; the same event gives the same bytes."""
    raw, text = event.raw.decode("latin-1"), event.text
    shared: str | int = len(text) if text and text.isascii() and raw.endswith(text) else text
    said = [
        micros(event.received), event.device, event.kind, event.source, None if event.at is None else micros(event.at), event.item,
        event.severity, event.before, event.after, shared, event.address, event.hostname, event.facility, event.mnemonic, event.location,
        event.sequence, event.variables, raw,
    ]  # fmt: skip
    return _dumps(said).encode("ascii")


def unpack(content: bytes | memoryview) -> Event:
    """Return the event of which *content* was made."""
    content = bytes(content)
    if content[:1] != b"[":
        event: Event = _codec.unpack(content)
        return event
    (
        received, device, kind, source, at, item, severity, before, after, shared, address, hostname, facility, mnemonic, location,
        sequence, variables, raw,
    ) = json.loads(content)  # fmt: skip
    return Event(
        device=device, received=moment(received), kind=kind, source=source, at=_maybe(at), item=item, severity=severity, before=before,
        after=after, text=raw[len(raw) - shared :] if isinstance(shared, int) else shared, address=address, hostname=hostname,
        facility=facility, mnemonic=mnemonic, location=location, sequence=sequence,
        variables=tuple((name, value) for name, value in variables), raw=raw.encode("latin-1"),
    )  # fmt: skip


def _maybe(at: int | None) -> datetime | None:
    return None if at is None else moment(at)
