"""Devices that send nothing: their faults would be found by polling alone."""

from collections.abc import Iterator
from datetime import timedelta

from healthd.doctor._patient import Found, Patient, good, note
from healthd.errors import StoreError
from healthd.model.counted import counted
from healthd.model.interval import Interval
from healthd.store import database, events, quarantine, runs

ORDER = 100
NAMED = 8
DAY = timedelta(days=1)


def check(patient: Patient) -> Iterator[Found]:
    """Look who has sent no log line for a day, and who sends and is unknown."""
    window = Interval(patient.now - DAY, patient.now)
    if not database.is_open():
        return
    try:
        heard = {(c.code, e.device) for c in patient.customers for e in events.between(c.code, window) if e.source in ("udp", "tcp", "tls")}
        strangers = list(dict.fromkeys(s.address for s in quarantine.senders() if s.last >= window.start))  # one may send logs and traps
        began = min(filter(None, (runs.began(c.code, "daily") for c in patient.customers)), default=None)
    except StoreError:
        return
    silent = sorted(d.name for d in patient.devices if d.in_service and (d.customer, d.name) not in heard)
    if silent and began is None and not heard:
        yield note("no log line was received: healthd has not run here yet", "healthd run")
    elif silent:
        span = "for a day" if began is None or patient.now - began >= DAY else f"since healthd first ran, {_ago(patient.now - began)} ago"
        said = f"{counted(len(silent), 'device')} {'has' if len(silent) == 1 else 'have'} sent no log line {span}"
        yield note(f"{said}: {_named(silent)}", "logging host <this machine> on the device")
    if strangers:
        yield note(
            f"{counted(len(strangers), 'unknown sender')}: {_named(strangers)}",
            "healthd event unknown; add them to the inventory, or stop them",
        )
    if not silent and not strangers:
        yield good("every device sends its log, and nobody else does")


def _ago(span: timedelta) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    return counted(hours, "hour") if hours else counted(minutes, "minute")


def _named(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
