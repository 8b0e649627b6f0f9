"""BGP peers and their sessions: ``show ip bgp summary``, ``show bgp all summary``, ``show bgp vrf all all summary`` and their like.

Sources: Cisco IOS IP Routing: BGP Command Reference, Cisco Nexus 9000 NX-OS, IOS XR and ASA command references. A number in the last
column (prefixes received) means an established session. Lines are wrapped where an address or an AS number is long.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from healthd.collectors.bgp import ADMIN, PEER
from healthd.collectors.shows import _addresses
from healthd.model.observation import Fact, Neighbour, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show ip bgp summary"), Show("show bgp summary"))

_HEAD = re.compile(r"\s*Neighbor\s+.*MsgRcvd")
_OTHER_HEAD = re.compile(r"\s*Neighbor\s+[A-Z]")
_VRF = re.compile(r"(?:\bVRF:\s*|information for VRF |For vrf |BGP VRF )([^\s,]+)", re.IGNORECASE)
_SINCE = re.compile(r"never|\d+:\d\d:\d\d|(?:\d+[ywdhm])+", re.IGNORECASE)
_STATES = {"idle", "connect", "active", "opensent", "openconfirm", "established", "shut", "closing", "clearing"}
_DEFAULT = ("", "default")


@dataclass(frozen=True, slots=True)
class _Peer:
    vrf: str
    address: str
    words: tuple[str, ...]

    @property
    def asn(self) -> int | None:
        """The AS number; asdot (65000.1000) is a number in two halves (RFC 5396)."""
        high, _, low = self.words[1].rpartition(".")
        return (int(high or 0) << 16) + int(low) if low.isdigit() and (not high or high.isdigit()) else None

    @property
    def state(self) -> tuple[str, str]:
        """The word of bgpPeerState, and ``stop`` where the configuration has shut the peer."""
        since = next((n for n, word in enumerate(self.words[2:], 2) if _SINCE.fullmatch(word)), len(self.words))
        said = " ".join(self.words[since + 1 :]).lower().rstrip("!*")
        word = re.split(r"[ (]", said, maxsplit=1)[0]
        if word.isdigit() or said.startswith("(no"):
            return "established", ""
        admin = "stop" if "admin" in said else ""
        return {"shut": "idle", "closing": "idle", "clearing": "idle"}.get(word, word if word in _STATES else ""), admin

    @property
    def item(self) -> str:
        """The peer's address; those of a VRF have its name behind it, as the same address may stand in several."""
        return self.address if self.vrf in _DEFAULT else f"{self.address} vrf {self.vrf}"


def reads(command: str) -> bool:
    """Say whether *command* sums BGP peers up."""
    return bool(re.fullmatch(r"show (?:ip(?:v6)? )?bgp (?:\S+ )*sum\w*(?: vrf(?: \S+)?)?", command))


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield each peer once, and the state of its session once, however many address families list it."""
    neighbours: dict[tuple[str, int | None, str], Neighbour] = {}
    sessions: dict[str, tuple[str, str]] = {}
    for peer in _peers(text):
        state, admin = peer.state
        neighbours.setdefault((peer.item, peer.asn, state), _neighbour(peer, state))
        if peer.item not in sessions or state == "established":
            sessions[peer.item] = (state, admin)
    yield from neighbours.values()
    for item, (state, admin) in sessions.items():
        if state:
            yield Reading(metric=PEER.name, item=item, value=state, source=command)
        if admin:
            yield Reading(metric=ADMIN.name, item=item, value=admin, source=command)


def _neighbour(peer: _Peer, state: str) -> Neighbour:
    return Neighbour(protocol="bgp", remote=peer.address, remote_address=peer.address, state=state, asn=peer.asn)


def _peers(text: str) -> Iterator[_Peer]:
    """Yield the peers of every table; a record goes on until the next address."""
    vrf, inside, words = "", False, list[str]()
    for line in [*text.splitlines(), "Neighbor V"]:
        address = _address(line)
        if words and (address or _OTHER_HEAD.match(line) or _VRF.search(line)):
            if len(words) > 3:
                yield _Peer(vrf, words[0], tuple(words[1:]))
            words = []
        if found := _VRF.search(line):
            vrf, inside = found[1], False
        elif _OTHER_HEAD.match(line):
            inside = bool(_HEAD.match(line))
        elif inside and (address or (words and line[:1].isspace() and not _complete(words))):
            words += [address, *line.split()[1:]] if address else line.split()


def _address(line: str) -> str:
    word = (line.split() or [""])[0].lstrip("*#>!")
    return word if _addresses.ANY.fullmatch(word) else ""


def _complete(words: list[str]) -> bool:
    return any(_SINCE.fullmatch(word) for word in words[3:-1])
