"""``show interfaces`` of IOS, IOS XE and IOS XR.

Source: Cisco IOS Interface and Hardware Component Command Reference, "show
interfaces"; Cisco IOS XR Interface and Hardware Component Command Reference.
SNMP tells all of this better, so a poll does not ask it.
"""

from collections.abc import Iterator

from healthd.collectors.interfaces import IN_DISCARDS, IN_ERRORS, IN_OCTETS, OUT_DISCARDS, OUT_ERRORS, OUT_OCTETS
from healthd.collectors.shows import _ports
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show interfaces"),)

_COUNTERS = {
    IN_OCTETS: r"\d+ (?:packets|frames) input, *(\d+) bytes",
    OUT_OCTETS: r"\d+ (?:packets|frames) output, *(\d+) bytes",
    IN_ERRORS: r"(\d+) input errors",
    OUT_ERRORS: r"(\d+) output errors",
    IN_DISCARDS: r"Input queue: \d+/\d+/(\d+)/|(\d+) total input drops",
    OUT_DISCARDS: r"Total output drops: (\d+)|(\d+) total output drops",
}
_PSEUDOWIRE = {
    IN_OCTETS: r"RX\s+\d+ packets (\d+) bytes",
    OUT_OCTETS: r"TX\s+\d+ packets (\d+) bytes",
    IN_DISCARDS: r"RX\s+\d+ packets \d+ bytes (\d+) drops",
    OUT_DISCARDS: r"TX\s+\d+ packets \d+ bytes (\d+) drops",
}


def reads(command: str) -> bool:
    """Say whether *command* lists interfaces at length."""
    return typed(command, "show interfaces [all] [detail]", "show interfaces <port> [detail]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield every interface with its counters."""
    for port in _ports.ports(text):
        said = _ports.interface(port, _ports.admin(port), _ports.oper(port))
        counters = _ports.counted(port.text, _COUNTERS) or _ports.counted(port.text, _PSEUDOWIRE)
        yield from _ports.facts(port, said, command, counters)
