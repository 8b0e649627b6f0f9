"""``show interface`` of ASA and FTD: the port's own counters, then those of the zone that it carries.

Source: Cisco Secure Firewall ASA Series Command Reference, "show interface".
"""

from collections.abc import Iterator

from healthd.collectors.interfaces import IN_ERRORS, IN_OCTETS, OUT_ERRORS, OUT_OCTETS
from healthd.collectors.shows import _ports
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Metric
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show interface"),)

_HARDWARE = {
    IN_OCTETS: r"[1-9]\d* packets input, ([1-9]\d*) bytes,|(?<!\d)0 packets input, (0) bytes,",
    OUT_OCTETS: r"[1-9]\d* packets output, ([1-9]\d*) bytes,|(?<!\d)0 packets output, (0) bytes,",
    IN_ERRORS: r"(\d+) input errors",
    OUT_ERRORS: r"(\d+) output errors",
}
"""Packets without bytes are a virtual port that does not count them: then the zone's figures are taken."""
_ZONE = {IN_OCTETS: r"\d+ packets input, (\d+) bytes\s*?(?:\n|$)", OUT_OCTETS: r"\d+ packets output, (\d+) bytes\s*?(?:\n|$)"}


def reads(command: str) -> bool:
    """Say whether *command* lists interfaces at length."""
    return typed(command, "show interfaces [detail]", "show interfaces <port> [detail]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield every interface with its counters."""
    for port in _ports.ports(text):
        said = _ports.interface(port, _ports.admin(port), _ports.oper(port))
        yield from _ports.facts(port, said, command, _counters(port.text))


def _counters(body: str) -> dict[Metric, int]:
    own, _, zone = body.partition("Traffic Statistics for")
    return _ports.counted(zone, _ZONE) | _ports.counted(own, _HARDWARE)
