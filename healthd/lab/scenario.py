"""The demo's story: thirty-five days with a few incidents, a yesterday worth reading, and what is wrong today.

Deterministic: the same *until* gives the same faults. Times are those of the
device's own clock, days back from *until*'s day there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import inf
from zoneinfo import ZoneInfo

from healthd.lab.faults import Fault

DAYS = 35
ZONES: Mapping[str, str] = {"ldn": "Europe/London", "man": "Europe/London", "hz": "Asia/Shanghai", "sz": "Asia/Shanghai"}
"""The time zone of each site, which a device's name begins with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """Work that was agreed with the customer, for the store to know of."""

    device: str
    start: datetime
    end: datetime
    reason: str
    author: str


def moment(until: datetime, device: str, days: int, clock: str) -> datetime:
    """Return when the clock at *device* showed *clock*, *days* before *until*."""
    zone = ZoneInfo(ZONES[device.partition("-")[0]])
    day = until.astimezone(zone).date() - timedelta(days=days)
    return datetime.combine(day, time.fromisoformat(clock), zone)


Line = tuple[int, str, str, str, float, str, float | None, str]
"""Days back, local time, device, kind, hours (inf: it still is so), item, amount, reason."""
PAST: tuple[Line, ...] = (
    (32, "10:40", "ldn-acc-02", "psu-noinput", 5.5, "2B", None, ""),
    (27, "14:05", "man-rtr-01", "bgp-lost", 0.35, "10.10.0.17", None, ""),
    (24, "11:20", "ldn-core-01", "temperature", 3.2, "1/Inlet", 24.0, ""),
    (22, "09:12", "ldn-dc-01", "psu-failed", 49.3, "2", None, ""),
    (20, "10:30", "ldn-dc-01", "psu-absent", 0.2, "2", None, ""),
    (20, "10:42", "ldn-dc-01", "psu-replaced", inf, "2", None, ""),
    (19, "12:20", "man-rtr-01", "outage", 1.7, "", None, "PowerOn"),
    (16, "08:00", "ldn-acc-01", "crc", inf, "TenGigabitEthernet2/1/1", 0.08, ""),
    (15, "02:00", "ldn-edge-01", "memory-leak", inf, "", 1550.0, ""),
    (12, "22:20", "ldn-fw-02", "reload", 0.1, "", 300.0, "Reload Command"),
    (9, "16:10", "ldn-dc-02", "link-flap", 0.5, "Ethernet1/7", 90.0, ""),
    (6, "09:30", "ldn-acc-02", "err-disable", 20.0, "GigabitEthernet1/0/9", None, ""),
    (4, "17:16", "man-acc-01", "config-unsaved", inf, "", None, ""),
    (1, "03:12", "man-rtr-01", "outage", 0.62, "", None, "PowerOn"),
    (1, "10:05", "ldn-dc-02", "link-flap", 0.75, "Ethernet1/7", 120.0, ""),
    (1, "15:30", "ldn-core-01", "link-down", 0.4, "TwentyFiveGigE2/0/5", None, ""),
    (1, "22:20", "ldn-fw-02", "reload", 0.1, "", 300.0, "Reload Command"),
    (29, "08:24", "hz-core-01", "reload", 0.1, "", 420.0, "Critical software exception, check bootflash:crashinfo"),
    (22, "20:15", "hz-pe-01", "bgp-lost", 0.8, "203.0.113.1", None, ""),
    (20, "04:00", "hz-fw-01", "memory-leak", inf, "", 1900.0, ""),
    (17, "13:50", "sz-edge-01", "unreachable", 0.6, "", None, ""),
    (14, "11:00", "hz-dc-01", "fan-failed", 26.0, "3", None, ""),
    (11, "18:25", "hz-acc-01", "stack-member-gone", 1.1, "2", None, ""),
    (10, "07:30", "sz-acc-01", "crc", inf, "GigabitEthernet1/0/25", 0.05, ""),
    (8, "14:10", "sz-rtr-01", "cpu", 2.4, "", 62.0, ""),
    (5, "01:50", "sz-acc-01", "outage", 0.45, "", None, "power-on"),
    (2, "21:00", "hz-acc-02", "ntp-lost", inf, "", None, ""),
    (1, "14:31", "sz-edge-01", "unreachable", 0.35, "", None, ""),
    (1, "11:02", "hz-acc-01", "err-disable", 3.0, "GigabitEthernet1/0/9", None, ""),
    (1, "16:40", "sz-rtr-01", "cpu", 1.5, "", 70.0, ""),
    (1, "23:10", "hz-core-01", "reload", 0.1, "", 420.0, "Reload Command"),
)


def past(until: datetime) -> tuple[Fault, ...]:
    """Return what has gone wrong, and mostly been put right, in the days before *until*."""
    return tuple(_fault(until, line) for line in PAST)


def _fault(until: datetime, line: Line) -> Fault:
    days, clock, device, kind, hours, item, amount, reason = line
    start = moment(until, device, days, clock).timestamp() + 7
    return Fault(device=device, kind=kind, start=start, end=start + hours * 3600, item=item, amount=amount, reason=reason)


def maintenances(until: datetime) -> tuple[Maintenance, ...]:
    """Return the agreed work among the past: three of the reloads lay within it."""
    works = (
        ("ldn-fw-02", 12, "Software upgrade, change CHG-1182", "emma.clarke"),
        ("ldn-fw-02", 1, "Software upgrade, second step, change CHG-1207", "emma.clarke"),
        ("hz-core-01", 1, "Software upgrade, change CHG-0931", "wang.lei"),
    )
    return tuple(_work(until, *work) for work in works)


def _work(until: datetime, device: str, days: int, reason: str, author: str) -> Maintenance:
    begin = moment(until, device, days, "22:00")
    return Maintenance(device=device, start=begin, end=begin + timedelta(hours=1, minutes=45), reason=reason, author=author)


def live(now: datetime) -> tuple[Fault, ...]:
    """Return today's faults, still there: a supply that fails, one whose cord and one that itself is pulled, and a switch without power."""
    at = now.timestamp()
    return (
        Fault(device="ldn-acc-01", kind="psu-failed", start=at, item="2B"),
        Fault(device="sz-edge-01", kind="psu-noinput", start=at, item="P1"),
        Fault(device="hz-acc-01", kind="psu-failed", start=at, item="1B"),
        Fault(device="hz-core-01", kind="psu-absent", start=at, item="2/1"),
        Fault(device="man-acc-01", kind="outage", start=at),
    )
