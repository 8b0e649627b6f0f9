"""A device's log: what happened, worded and numbered, as its buffer holds it and as it goes over the wire."""

from bisect import bisect_left
from dataclasses import dataclass
from math import inf

from healthd.lab.happenings import Happening, between
from healthd.lab.messages import lines
from healthd.lab.moment import Moment
from healthd.lab.network import Network
from healthd.lab.parts import seed

LOCAL7, LOCAL4 = 23, 20
"""The syslog facilities that Cisco's devices use unless told otherwise: ASA local4, the others local7."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A log line: its number since the device started, and the happening it is about."""

    at: float
    sequence: int
    facility: str
    severity: int
    mnemonic: str
    text: str
    about: Happening


class Log:
    """The logs of a network's devices, worked out once for each state of its faults."""

    def __init__(self, network: Network) -> None:
        """Read the logs of *network*."""
        self.network = network
        self._kept: dict[str, tuple[int, list[Entry]]] = {}

    def between(self, device: str, start: float, end: float) -> list[Entry]:
        """Return the entries from *start* to before *end* (epoch seconds), oldest first."""
        entries = self._all(device)
        times = [e.at for e in entries]
        return entries[bisect_left(times, start) : bisect_left(times, end)]

    def _all(self, device: str) -> list[Entry]:
        kept = self._kept.get(device)
        if kept is None or kept[0] != self.network.version:
            kept = self._kept[device] = (self.network.version, list(_numbered(self.network, device)))
        return kept[1]


def _numbered(network: Network, device: str) -> list[Entry]:
    spec = network.specs[device]
    base, made = 100 + seed(device, "log") % 900, []
    for happening in between(network, device, -inf, inf):
        if happening.kind == "boot":
            base = 40 - len(made)  # numbers start anew with the device
        for facility, severity, mnemonic, text in lines(spec, happening):
            at = happening.at + 0.003 * len(made) % 1
            made.append(
                Entry(at=at, sequence=base + len(made), facility=facility, severity=severity, mnemonic=mnemonic, text=text, about=happening)
            )
    return sorted(made, key=lambda e: (e.at, e.sequence))


def stamped(moment: Moment, entry: Entry) -> str:
    """Return the entry as the device's own buffer shows it."""
    local, spec = moment.local(entry.at), moment.spec
    milli = local.microsecond // 1000
    clock, zone = local.strftime("%H:%M:%S"), local.strftime("%Z")
    tag = f"%{entry.facility}-{entry.severity}-{entry.mnemonic}"
    match spec.platform:
        case "nxos":
            return f"{local:%Y %b} {local.day:2} {clock} {spec.name} {tag}: {entry.text}"
        case "iosxr":
            return f"RP/0/RSP0/CPU0:{local:%b} {local.day:2} {clock}.{milli:03} {zone}: {_process(entry)}: {tag} : {entry.text}"
        case "asa":
            return f"{local:%b} {local.day:02} {local:%Y} {clock}: {tag}: {entry.text}"
    return f"{entry.sequence:06}: {local:%b} {local.day:2} {clock}.{milli:03} {zone}: {tag}: {entry.text}"


def datagram(moment: Moment, entry: Entry) -> bytes:
    """Return the entry as a syslog datagram of its platform (RFC 3164 with each system's own header)."""
    spec, text = moment.spec, stamped(moment, entry)
    priority = (LOCAL4 if spec.platform == "asa" else LOCAL7) * 8 + entry.severity
    match spec.platform:
        case "nxos":
            local = moment.local(entry.at)
            body = text.split(f" {spec.name} ", 1)[1]
            return f"<{priority}>: {local:%Y %b} {local.day:2} {local:%H:%M:%S} {local:%Z}: {body}".encode()
        case "iosxr":
            return f"<{priority}>{entry.sequence}: {spec.name} {text}".encode()
        case "asa":
            return f"<{priority}>{text}".encode()
    return f"<{priority}>{entry.sequence}: {text}".encode()


def _process(entry: Entry) -> str:
    names = {
        "ROUTING-BGP": "bgp[1052]",
        "ROUTING-OSPF": "ospf[1018]",
        "PKT_INFRA-LINK": "ifmgr[243]",
        "PKT_INFRA-LINEPROTO": "ifmgr[243]",
        "PLATFORM-ENVMON": "envmon[204]",
    }
    return names.get(entry.facility, "config[65710]" if entry.facility == "MGBL-CONFIG" else "shelfmgr[412]")
