"""Sensors line by line as IOS XE prints them on modular systems, and the tables of supplies and fan trays beside them."""

import re
from collections.abc import Iterator

from healthd.collectors.shows import _hardware, _words
from healthd.collectors.shows._hardware import Limits
from healthd.model.observation import Fact

_STATE = r"(?:Normal|Warning|Critical|Minor|Major|Shutdown|Not Present|Good|Bad|Green|Yellow|Red|Faulty|Fail(?:ed|ure)?|OK|N/A|Unknown|Disabled|Fan Speed +\d+%)"
_SLOT = r"(?:switch ?\d+[ -]*)?(?:[RPF]?\d+(?:/\w+)?|[RPF][TP]?\d+|FC\d+|SUP\d*|PSOC\S*)"
_REST = rf"(?P<state>{_STATE})\s+(?P<value>-?\d+(?:\.\d+)?)\s*(?P<unit>Celsius|mV|V AC|V DC|V|mA|A|Watts|mW|W|RPM|rpm|%|C)\b\s*(?:\((?P<limits>[^)]*)\))?"
_BY_SLOT = re.compile(rf"\s*(?P<slot>{_SLOT})\s+(?P<sensor>\S.*?)\s+{_REST}", re.IGNORECASE)
_BY_SENSOR = re.compile(rf"\s*(?P<sensor>\S.*?)\s+(?P<slot>{_SLOT})\s+{_REST}", re.IGNORECASE)
_PLAIN = re.compile(rf"\s*(?P<slot>)(?P<sensor>PS-?\d+ \w+(?: \w+)?)\s+(?P<state>{_STATE})\s+(?P<value>-?\d+(?:\.\d+)?)\s*(?P<unit>mV|mA|mW|rpm|C)\b(?P<limits>$)?", re.IGNORECASE)  # fmt: skip
_SPEED = re.compile(r"fan speed +(\d+)%", re.IGNORECASE)
_NONE = r"not present|none|n/a|n\.a\.|--"
_SUPPLY = re.compile(rf"\s*PS(\d+)\s+({_NONE}|\S+)\s+(?:(?:AC|DC|{_NONE})\s+)?(?:\d+\s*W|{_NONE})?\s+(\S+)(?:\s+(.*))?$", re.IGNORECASE)
_INPUT = re.compile(r"\s*PS(\d+)-(\d+)\s+\S*V\s+(\S+)\s*$", re.IGNORECASE)
_TRAY = re.compile(r"\s*(F[MT]\d+)\s+(\S+)((?:\s+\S+)*)$", re.IGNORECASE)


def sensor(line: str, switch: str, source: str) -> Iterator[Fact]:
    """Yield what a line of the sensor list says; *switch* is the one spoken of, in a virtual pair."""
    found = _BY_SLOT.match(line) or _BY_SENSOR.match(line) or _PLAIN.match(line)
    if not found:
        return
    item = " ".join(f"{f'Switch {switch} - ' if switch else ''}{found['slot']} {found['sensor']}".split())
    word = found["state"]
    if speed := _SPEED.match(word):
        # A sensor that steers the fans says how fast they run instead of how it is itself.
        yield from _hardware.fan(item, "", source, (float(speed[1]), "%"), index=item)
        word = ""
    yield from _hardware.sensor(item, word, source, (float(found["value"]), found["unit"]), _limits(found["limits"] or ""))


def _limits(text: str) -> Limits | None:
    """Return the thresholds of "(Minor,Major,Critical,Shutdown)"; "na" stands for none."""
    said = [float(each) if re.fullmatch(r"\s*-?\d+\s*", each) else None for each in text.split(",")]
    return (
        (None, None, said[0] if said[0] is not None else said[1], said[2]) if len(said) == 4 and any(x is not None for x in said) else None
    )


def table(line: str, switch: str, source: str, first: int = 0) -> Iterator[Fact]:
    """Yield what a row of the tables of supplies and fan trays says; *first* is the number of a tray's first fan."""
    before = f"Switch {switch} - " if switch else ""
    if found := _SUPPLY.match(line):
        item = f"{before}PS{found[1]}"
        if re.fullmatch(_NONE, found[2], re.IGNORECASE):
            yield from _hardware.supply(item, "notPresent", source, raw=found[2])
            return
        state = _words.supply(found[3])
        fans = [_words.fan(word) for word in (found[4] or "").split()]
        state = "onButFanFail" if state == "on" and "down" in fans else state
        yield from _hardware.supply(item, state, source, (found[2], ""), raw=found[3])
    elif found := _INPUT.match(line):
        item = f"{before}PS{found[1]} input {found[2]}"
        yield from _hardware.supply(
            item, "offEnvPower" if _words.supply(found[3]) == "failed" else _words.supply(found[3]), source, raw=found[3]
        )
    elif (found := _TRAY.match(line)) and not _words.fan(found[2]).startswith("other"):
        yield from _hardware.fan(f"{before}{found[1].upper()}", found[2], source)
        for number, word in enumerate(found[3].split(), first):
            if _words.fan(word) == "down":
                yield from _hardware.fan(f"{before}{found[1].upper()} fan {number}", word, source)
