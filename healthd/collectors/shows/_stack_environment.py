"""The environment as Catalyst switches of one box and of stacks print it: "is OK" lines, blocks of a temperature, tables of supplies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from healthd.collectors.shows import _hardware, _words
from healthd.model.observation import Fact

_STATES = r"(?:OK|NOT OK|NOT PRESENT or FAULTY|NOT PRESENT|FAULTY|FAILED|FAIL|GOOD|BAD|N/?A|DISABLED|SHUTDOWN|NOT RESPONDING|UNKNOWN|NORMAL|WARNING|CRITICAL)"
_SWITCH = re.compile(r"\s*switch\s*:?\s*(\d+)\s*:?\s*$", re.IGNORECASE)
_FAN_IS = re.compile(rf"\s*(?:switch\s*(\d+)\s*:?\s*)?fan(?:\s+(ps-?\w+|\w+))?\s+(?:is|:)\s+({_STATES})\b", re.IGNORECASE)
_FAN_ROW = re.compile(rf"\s*(\d+)\s+(\d+)\s+(\d+)\s+({_STATES})\b", re.IGNORECASE)
_HEAT_IS = re.compile(
    rf"\s*(?:switch\s*(\d+)\s*:?\s*)?(?:(system|power supply \w+)\s+)?temperature\s*(?:is|:)\s+({_STATES})\b", re.IGNORECASE
)
_POWER_IS = re.compile(rf"\s*(?:switch\s*(\d+)\s*:?\s*)?(?:system )?power(?: supply(?: (\w+))?)?\s+is\s+({_STATES})\b", re.IGNORECASE)
_VALUE = re.compile(
    r"\s*(?:switch\s*(\d+)\s*[-:]?\s*)?(?:(\S.*?)\s+)?(?:temperature value\s*:|temp(?:erature)? sensor\s*:?)\s*(-?\d+(?:\.\d+)?)\s*(?:degree|celsius|c\b)",
    re.IGNORECASE,
)
_STATE = re.compile(r"\s*(?:system )?temperature state\s*:\s*(\w+)", re.IGNORECASE)
_THRESHOLD = re.compile(r"\s*(yellow|red)\s+threshold\s*:\s*(-?\d+)", re.IGNORECASE)
_SUPPLY = re.compile(r"\s*(\d+)([A-D])?\s+(\S+)\s+(\S+)\s+(\S.*?)\s+(good|bad|n/?a|disabled|\S+)(?:\s+(good|bad|n/?a|disabled))?\s+(?:\d[\d/]*|n/?a|unknown)?\s*$", re.IGNORECASE)  # fmt: skip
_NO_SUPPLY = re.compile(r"\s*(\d+)([A-D])?\s+not present\b", re.IGNORECASE)
_BUILT_IN = re.compile(r"\s*(\d+)([A-D])?\s+built-in\s+(?:\S+\s+)*?(good|bad|ok|faulty)\b", re.IGNORECASE)
_RUGGED = re.compile(r"\s*power supply(?:[- ](\w))?\s{2,}(\S+)\s+(?:(\S+)\s+)?(ok|not present|faulty|bad|fail\w*|no input power|shutdown|off|disabled)(?:\s+(good|bad|n/?a))?\b", re.IGNORECASE)  # fmt: skip


@dataclass(slots=True)
class Walk:
    """Where in the output we are: the switch spoken of, and the temperature whose lines are still coming."""

    source: str
    switch: str = ""
    table: str = ""
    pending: dict[str, str] = field(default_factory=dict)

    def name(self, rest: str, switch: str | None = None) -> str:
        """Return *rest* with the switch before it, in a stack."""
        self.switch = switch or self.switch
        return f"Switch {self.switch} - {rest}" if self.switch else rest

    def line(self, line: str) -> Iterator[Fact]:
        """Yield what *line* completes."""
        if found := _SWITCH.match(line):
            yield from self.flush()
            self.switch = found[1]
        elif found := _VALUE.match(line):
            yield from self.flush()
            self.pending = {"item": self.name(f"{found[2] or 'System'} Temp Sensor", found[1]), "value": found[3]}
        elif found := _STATE.match(line):
            self.pending["state"] = found[1]
        elif found := _THRESHOLD.match(line):
            self.pending[found[1].lower()] = found[2]
        elif line.strip():
            self.table = _table(line) or self.table
            yield from self._is(line)
            yield from self._supply(line)

    def flush(self) -> Iterator[Fact]:
        """Yield the temperature whose lines have all come."""
        said, self.pending = self.pending, {}
        if "value" in said:
            limits = (None, None, _number(said.get("yellow")), _number(said.get("red")))
            yield from _hardware.heat(said["item"], said.get("state", ""), self.source, float(said["value"]), limits)

    def _is(self, line: str) -> Iterator[Fact]:
        if found := _FAN_IS.match(line):
            which = (found[2] or "").upper()
            yield from _hardware.fan(self.name(f"Fan {which}".strip(), found[1]), found[3], self.source)
        elif self.table == "fan" and (found := _FAN_ROW.match(line)):
            yield from _hardware.fan(self.name(f"Fan {found[2]}", found[1]), found[4], self.source, (float(found[3]), "rpm"))
        elif found := _HEAT_IS.match(line):
            name = "Temperature" if not found[2] else f"{found[2].title()} Temperature"
            yield from _hardware.heat(self.name(name, found[1]), found[3], self.source)
        elif (found := _POWER_IS.match(line)) and not line.lower().lstrip().startswith("fan"):
            yield from _hardware.supply(
                self.name(f"Power Supply {found[2] or ''}".strip(), found[1]), _words.supply(found[3]), self.source, raw=found[3]
            )

    def _supply(self, line: str) -> Iterator[Fact]:
        if self.table == "rugged" and (found := _RUGGED.match(line)):
            state = _both(found[4], found[5] or "", "")
            pid, serial = (found[2], found[3] or "") if found[3] else ("", "")
            yield from _hardware.supply(self.name(f"Power Supply {found[1] or ''}".strip()), state, self.source, (pid, serial), found[4])
        if self.table != "supply":
            return
        if found := _NO_SUPPLY.match(line):
            yield from _hardware.supply(_bay(found), "notPresent", self.source, raw="Not Present")
        elif found := _BUILT_IN.match(line):
            yield from _hardware.supply(_bay(found), _words.supply(found[3]), self.source, raw=found[3])
        elif found := _SUPPLY.match(line):
            state = _both(found[5], found[6], found[7] or "")
            yield from _hardware.supply(_bay(found), state, self.source, (found[3], found[4]), found[5])


def _table(line: str) -> str:
    """Return which table *line* is the head of; a line of another kind ends none."""
    said = " ".join(line.lower().split())
    if re.match(r"sw pid serial", said):
        return "supply"
    if re.match(r"sw status rps|switch:? |sensor ", said) and not re.match(r"switch fan speed", said):
        return "other"
    if re.match(r"pwr supply (?:pid|type)", said):
        return "rugged"
    return "fan" if re.match(r"switch fan speed", said) else ""


def _bay(found: re.Match[str]) -> str:
    return f"Switch {found[1]} - Power Supply {found[2] or ''}".strip()


def _both(status: str, system: str, inline: str) -> str:
    """Return the state of a supply with a status of its own, one of the power it gives the system, and one of inline power."""
    state = _words.supply(status)
    if state == "on" and system.lower() == "bad":
        return "failed"
    return "onButInlinePowerFail" if state == "on" and inline.lower() == "bad" else state


def _number(text: str | None) -> float | None:
    return float(text) if text else None
