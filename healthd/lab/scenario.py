"""The demo's story: thirty-five days with a few incidents, and what is wrong today.

Deterministic: the same *until* gives the same faults. Times are told as the
customers' clocks would show them, days back from *until*.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.lab.faults import Fault

DAYS = 35


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """Work that was agreed with the customer, for the store to know of."""

    device: str
    start: datetime
    end: datetime
    reason: str
    author: str


def past(until: datetime) -> tuple[Fault, ...]:
    """Return what has gone wrong, and mostly been put right, in the days before *until*."""

    def fault(  # noqa: PLR0913, PLR0917 - one line an incident below reads best
        device: str, kind: str, back: float, hours: float, item: str = "", amount: float | None = None, reason: str = ""
    ) -> Fault:
        start = (until - timedelta(days=back)).timestamp() // 60 * 60
        return Fault(device=device, kind=kind, start=start + 7, end=start + 7 + hours * 3600, item=item, amount=amount, reason=reason)

    return (
        fault("ldn-acc-02", "psu-noinput", 31.2, 5.5, "2B"),
        fault("man-rtr-01", "bgp-lost", 27.4, 0.35, "10.10.0.17"),
        fault("ldn-core-01", "temperature", 24.1, 3.2, "1/Inlet", 24.0),
        fault("man-rtr-01", "outage", 19.63, 1.7, reason="PowerOn"),
        fault("ldn-acc-01", "crc", 16.0, 15.2 * 24, "TenGigabitEthernet2/1/1", 0.08),
        fault("ldn-fw-02", "reload", 12.45, 0.1, amount=300, reason="Reload Command"),
        fault("ldn-dc-02", "link-flap", 9.3, 0.5, "Ethernet1/7", 90.0),
        fault("ldn-edge-01", "memory-leak", 15.0, 15 * 24 + 5, amount=1550.0),
        fault("ldn-acc-02", "err-disable", 6.2, 20.0, "GigabitEthernet1/0/9"),
        fault("man-acc-01", "config-unsaved", 4.6, 5 * 24, ""),
        fault("hz-core-01", "reload", 29.15, 0.1, amount=420, reason="Critical software exception, check bootflash:crashinfo"),
        fault("hz-pe-01", "bgp-lost", 22.31, 0.8, "203.0.113.1"),
        fault("sz-edge-01", "unreachable", 17.58, 0.6),
        fault("hz-dc-01", "fan-failed", 14.2, 26.0, "3"),
        fault("hz-acc-01", "stack-member-gone", 11.72, 1.1, "2"),
        fault("sz-rtr-01", "cpu", 8.9, 2.4, amount=62.0),
        fault("hz-fw-01", "memory-leak", 20.0, 20 * 24 + 5, amount=1900.0),
        fault("sz-acc-01", "crc", 10.0, 9.4 * 24, "GigabitEthernet1/0/25", 0.05),
        fault("hz-acc-02", "ntp-lost", 2.3, 3 * 24, ""),
        fault("sz-acc-01", "outage", 5.41, 0.45, reason="power-on"),
    )


def maintenances(until: datetime) -> tuple[Maintenance, ...]:
    """Return the agreed work among the past: the reload of ldn-fw-02 lay within it."""
    start = until - timedelta(days=12.5)
    begin = start.replace(minute=0, second=0, microsecond=0)
    return (
        Maintenance(
            device="ldn-fw-02",
            start=begin,
            end=begin + timedelta(hours=4),
            reason="Software upgrade, change CHG-1182",
            author="emma.clarke",
        ),
    )


def live(now: datetime) -> tuple[Fault, ...]:
    """Return today's faults, still there: a supply that fails now on one switch, and a switch without power."""
    at = now.timestamp()
    return (
        Fault(device="ldn-acc-01", kind="psu-failed", start=at, item="2B"),
        Fault(device="hz-acc-01", kind="psu-failed", start=at, item="1B"),
        Fault(device="sz-acc-01", kind="outage", start=at),
        Fault(device="man-acc-01", kind="outage", start=at),
    )
