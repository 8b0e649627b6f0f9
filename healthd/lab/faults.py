"""What can go wrong in the lab: one value a fault, with its time, so that the past can hold it too.

A fault has a device, a kind, an item (a supply, port, sensor … by its key or
name; the first of its kind when left out), a beginning and mostly an end, and
an amount where a number makes sense. Nothing else happens in the lab.
"""

from dataclasses import dataclass
from math import inf

from healthd.errors import UnknownName

KINDS: dict[str, str] = {
    "psu-failed": "a power supply fails (item: supply)",
    "psu-noinput": "a power supply loses its input (item: supply)",
    "psu-absent": "a power supply is pulled (item: supply)",
    "psu-replaced": "a power supply is exchanged for a spare with another serial number (item: supply)",
    "fan-failed": "a fan stops (item: fan)",
    "temperature": "a temperature rises by amount °C, by default past the device's outer threshold (item: sensor)",
    "module-failed": "a module fails (item: module)",
    "link-down": "a port loses its link (item: port)",
    "link-flap": "a port goes down and up, every amount seconds (item: port)",
    "err-disable": "a port is err-disabled after bpduguard (item: port)",
    "crc": "CRC errors grow by amount a second (item: port)",
    "memory-leak": "memory is lost, amount bytes a second, until a reload",
    "cpu": "the CPU is busy by amount percent more",
    "reload": "the device reloads; amount seconds without answers",
    "outage": "the device is without power: silent, its neighbours' ports down, rebooted when it comes back",
    "unreachable": "the device works but nobody can reach it: SNMP and SSH silent",
    "serial-changed": "the chassis is another one: a new serial number",
    "config-unsaved": "the running configuration was changed and not saved",
    "ntp-lost": "the clock loses its server",
    "bgp-lost": "a BGP neighbour is lost (item: address)",
    "ospf-lost": "an OSPF neighbour is lost (item: address)",
    "stack-member-gone": "a member leaves the stack (item: number)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong with *device* from *start* to *end* (epoch seconds; no end: until cleared)."""

    device: str
    kind: str
    start: float
    end: float = inf
    item: str = ""
    amount: float | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UnknownName("fault", self.kind, tuple(KINDS))
        if not self.start < self.end:
            raise ValueError(f"{self.device}: {self.kind}: ends at {self.end}, not after its start {self.start}")
