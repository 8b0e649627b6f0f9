"""What every ``show version`` comes to: the system, its clock and why it last restarted."""

import re
from collections.abc import Iterator

from healthd.collectors.system import VERSION
from healthd.collectors.uptime import REASON, UPTIME
from healthd.model.observation import Fact, Reading, System

SOURCE = "show version"
_UNITS = {"y": 31_536_000, "w": 604_800, "d": 86_400, "h": 3600, "m": 60, "s": 1}
_SPAN = re.compile(r"(\d+) *(year|yr|week|day|hour|hr|min|sec)", re.IGNORECASE)


def facts(system: System, reason: str) -> Iterator[Fact]:
    """Yield *system*, its release and uptime as readings, and the *reason* of the last restart where it is told."""
    yield system
    if system.version:
        yield Reading(metric=VERSION.name, item="", value=system.version, index="0", source=SOURCE)
    if system.uptime_s is not None:
        yield Reading(metric=UPTIME.name, item="", value=system.uptime_s, index="0", unit=UPTIME.unit, source=SOURCE)
    if said := " ".join(reason.split()).strip('." '):
        yield Reading(metric=REASON.name, item="", value=said, index="0", source=SOURCE)


def seconds(text: str) -> float | None:
    """Return the seconds in "2 years, 31 weeks, 6 days, 9 hours, 55 minutes"; None where no span is told. A year has 365 days, as IOS counts."""
    found = _SPAN.findall(text)
    return float(sum(int(count) * _UNITS[unit[0].lower()] for count, unit in found)) if found else None


def first(text: str, *expressions: str) -> str:
    """Return what the first of *expressions* that occurs in *text* takes out of it; ``^`` is the start of a line, case does not matter."""
    for expression in expressions:
        if found := re.search(expression, text, re.MULTILINE | re.IGNORECASE):
            return found[1].strip()
    return ""
