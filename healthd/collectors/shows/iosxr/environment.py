"""``show environment``, ``admin show environment``, also with ``all``, ``power``, ``fan``, ``temperatures`` of IOS XR.

Source: Cisco IOS XR System Management Command Reference, "show environment".

Only supplies have a state of their own there; temperatures come with the device's thresholds.
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows import _hardware, _words
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact
from healthd.model.request import Show

ASKS = (Show("show environment"),)

_SUPPLY = re.compile(r"\s*(\d+/P[MTS]\d\S*)\s+(\S+)\s+[\d./ -]*([A-Za-z].*?)\s*$", re.IGNORECASE)
_PLACE = re.compile(r"\s*(\d+/\S+)\s*$")
_HEAT = re.compile(r"\s+(\S.*?)\s+(-?\d+(?:\.\d+)?)((?:\s+(?:-?\d+|NA|N/A)){6})\s*$", re.IGNORECASE)
_HEATS = re.compile(r"\s*Location\s+TEMPERATURE", re.IGNORECASE)
_FAN = re.compile(r"\s*(\d+/(?:FT|PM|PT)\d\S*)\s+(\S+)((?:\s+\d{3,5})+)\s*$")
_FANS = re.compile(r".*Fan speed \(rpm\)", re.IGNORECASE)
_OTHER = re.compile(r"\s*(?:Location\s|Power\s+Supply|CHASSIS LEVEL)", re.IGNORECASE)


def reads(command: str) -> bool:
    """Say whether *command* tells of supplies, fans, temperatures."""
    return typed(command, "show environment [*]", "show power [*]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the state of every supply, the temperatures with their limits, and the speeds of fans."""
    table, place = "power", ""
    for line in text.splitlines():
        if _HEATS.match(line):
            table = "heat"
        elif _FANS.match(line):
            table = "fan"
        elif _OTHER.match(line):
            table = "power" if table != "fan" else table
        elif table == "heat" and (found := _PLACE.match(line)):
            place = found[1]
        elif table == "heat" and (found := _HEAT.match(line)):
            yield from _hardware.heat(f"{place} {found[1]}", "", command, float(found[2]), _limits(found[3]))
        elif table == "fan" and (found := _FAN.match(line)):
            for number, speed in enumerate(found[3].split()):
                yield from _hardware.fan(f"{found[1]} FAN_{number}", "", command, (float(speed), "rpm"))
        elif table == "power" and (found := _SUPPLY.match(line)):
            yield from _hardware.supply(found[1], _words.supply(found[3]), command, (found[2], ""), raw=found[3])


def _limits(text: str) -> _hardware.Limits:
    """Return the thresholds of the columns critical, major, minor (low), minor, major, critical (high)."""
    low, _, warn_low, warn_high, _, high = (float(each) if re.fullmatch(r"-?\d+", each) else None for each in text.split())
    return low, warn_low, warn_high, high
