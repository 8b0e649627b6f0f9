"""Groups of routers that stand in for each other (HSRP, VRRP), as listings and paragraphs print them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from healthd.collectors.shows._addresses import PORT

_HEAD = re.compile(
    rf"^[ \t]*(?P<port>{PORT}) - (?P<family>IPv[46] )?(?:Group|vrID) (?P<group>\d+)(?P<more>[^\n]*)$", re.MULTILINE | re.IGNORECASE
)
_STATE = re.compile(r"\bstate is (?P<state>[A-Za-z]+)", re.IGNORECASE)
_ALONE = re.compile(rf"[ \t]*(?P<port>{PORT})[ \t]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group on one interface: *state* is the device's word in lower case, *text* its paragraph or line."""

    port: str
    number: str
    ipv6: bool
    state: str
    text: str

    @property
    def item(self) -> str:
        """Interface and group, as the collectors over SNMP name it."""
        return f"{self.port} group {self.number}{' IPv6' if self.ipv6 else ''}"


def paragraphs(text: str) -> Iterator[Group]:
    """Yield the groups of a long listing: ``Vlan10 - Group 1 …``, and its lines."""
    heads = [*_HEAD.finditer(text)]
    for head, end in zip(heads, [*(each.start() for each in heads[1:]), len(text)], strict=False):
        body = text[head.end() : end]
        if said := _STATE.search(body):
            ipv6 = "ipv6" in f"{head['family']}{head['more']}".lower()
            yield Group(port=head["port"], number=head["group"], ipv6=ipv6, state=said["state"].lower(), text=body)


def lines(text: str, states: str) -> Iterator[Group]:
    """Yield the groups of a short listing; *states* are the words a state may be.

    A long name of an interface stands on a line before its group's.
    """
    line = re.compile(
        rf"(?:[ \t]*(?P<port>{PORT}))?[ \t]+(?P<group>\d+)\*?(?P<between>\s.*?)\b(?P<state>{states})\b(?P<rest>.*)", re.IGNORECASE
    )
    port, ipv6 = "", False
    for each in text.splitlines():
        if "IPv6 Groups" in each or "IPv4 Groups" in each:
            ipv6 = "IPv6" in each
        if alone := _ALONE.fullmatch(each):
            port = alone["port"]
        elif (found := line.match(each)) and (found["port"] or port):
            six = ipv6 or "ipv6" in found["between"].lower()
            yield Group(port=found["port"] or port, number=found["group"], ipv6=six, state=found["state"].lower(), text=each)
            port = ""
