"""Devices that send nothing: their faults would be found by polling alone."""

from collections.abc import Iterator
from datetime import timedelta

from healthd.doctor._patient import Found, Patient, good, note
from healthd.errors import StoreError
from healthd.model.interval import Interval
from healthd.store import database, events, quarantine

ORDER = 100
NAMED = 8


def check(patient: Patient) -> Iterator[Found]:
    """Look who has sent no log line for a day, and who sends and is unknown."""
    window = Interval(patient.now - timedelta(days=1), patient.now)
    if not database.is_open():
        return
    try:
        heard = {e.device for c in patient.customers for e in events.between(c.code, window) if e.source in ("udp", "tcp", "tls")}
        strangers = [s.address for s in quarantine.senders() if s.last >= window.start]
    except StoreError:
        return
    silent = sorted(d.name for d in patient.devices if d.in_service and d.name not in heard)
    if silent:
        yield note(f"{len(silent)} devices have sent no log line for a day: {_named(silent)}", "logging host <this machine> on the device")
    if strangers:
        yield note(
            f"{len(strangers)} unknown senders: {_named(strangers)}", "healthd event unknown; add them to the inventory, or stop them"
        )
    if not silent and not strangers:
        yield good("every device sends its log, and nobody else does")


def _named(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
