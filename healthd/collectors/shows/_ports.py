"""Interfaces as ``show interfaces`` prints them: one paragraph each, headed by name and state.

IOS, NX-OS and IOS XR share the heading ``NAME is STATE (REASON), line protocol
is STATE``; ASA writes ``Interface NAME "zone", is STATE, line protocol is STATE``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from healthd.collectors.interfaces import ADMIN, DUPLEX_MODE, OPER, SPEED
from healthd.collectors.shows import _causes
from healthd.model.observation import Fact, Interface, Metric, Reading

_LINK = (
    r"up|down|administratively down|admin(?:istrative)?[ -]?down|deleted|reset|standby mode|initiali[sz]ing|testing|dormant|trunking"
    r"|inactive|disabled|not present|err\w*|sfp\w+|link\w+|offline"
)
_HEAD = re.compile(
    rf"\s*(?:Interface )?(?P<name>[A-Za-z][^\s\d]*\d[^\s,]*|[A-Za-z][A-Za-z-]+ \d[^\s,]*|(?<=Interface )\S+)(?: \"[^\"]*\",?)? is (?P<link>{_LINK})(?![\w-])"
    r"\s*(?:\((?P<reason>[^()]*(?:\([^)]*\))?)\))?(?:\s*,\s*line protocol is (?P<protocol>[a-z ]+?)\s*(?:\((?P<note>[^)]*)\)|[^a-z (]|$))?.*",
    re.IGNORECASE,
)
_SPEED = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s?(K|M|G|T)(?:b|bit|bits)(?:/s|/sec|ps|it)", re.IGNORECASE)
_BANDWIDTH = re.compile(r"\bBW (\d+) ?(K|M|G)", re.IGNORECASE)
_FACTOR = {"K": 1_000, "M": 1_000_000, "G": 1_000_000_000, "T": 1_000_000_000_000}
_DUPLEX = re.compile(r"\b(full|half)[- ]?duplex", re.IGNORECASE)
_MTU = re.compile(r"\bMTU (\d+)")
_ADDRESS = re.compile(r"address(?: is|:)?\s+([0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})", re.IGNORECASE)
_ALIAS = re.compile(r"\s*(?:Port )?description(?::| is)\s?(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """One paragraph: the heading in pieces, and the *lines* below it."""

    name: str
    link: str
    protocol: str
    reason: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines below the heading as one text, without the description, in which anything may stand."""
        return "\n".join(line for line in self.lines if not _ALIAS.match(line))

    @property
    def alias(self) -> str:
        """What the configuration calls it."""
        return next((found[1].strip() for line in self.lines if (found := _ALIAS.match(line))), "")


def ports(text: str) -> Iterator[Port]:
    """Yield the paragraphs of *text* in the device's order."""
    head: re.Match[str] | None = None
    lines: list[str] = []
    for line in text.splitlines():
        if found := _HEAD.fullmatch(line.rstrip()):
            if head:
                yield _port(head, lines)
            head, lines = found, []
        else:
            lines.append(line)
    if head:
        yield _port(head, lines)


def _port(head: re.Match[str], lines: list[str]) -> Port:
    return Port(
        name=head["name"].replace(" ", ""),
        link=head["link"].lower(),
        protocol=(head["protocol"] or "").lower(),
        reason=(head["reason"] or head["note"] or "").strip(),
        lines=tuple(lines),
    )


def admin(port: Port) -> str:
    """Return the word of ifAdminStatus as the heading has it; empty for a deleted interface, which has none."""
    if port.link == "deleted":
        return ""
    return "down" if port.link.startswith("admin") or port.reason.lower().startswith("admin") else "up"


def oper(port: Port) -> str:
    """Return the word of ifOperStatus: up only when the line protocol is, too."""
    if port.link in ("deleted", "not present"):
        return "notPresent"
    if port.link in ("standby mode", "dormant"):
        return "dormant"
    if port.link not in ("up", "trunking"):
        return "testing" if port.link == "testing" else "down"
    return "up" if not port.protocol or port.protocol.startswith("up") else "down"


def speed(text: str) -> int | None:
    """Return bit/s: what the link negotiated, else the bandwidth that is set or derived; None where neither is told."""
    if (found := _SPEED.search(_line_of_speed(text))) and float(found[1]):
        return int(float(found[1]) * _FACTOR[found[2].upper()])
    said = _BANDWIDTH.search(text)
    return (int(said[1]) * _FACTOR[said[2].upper()] or None) if said else None


def _line_of_speed(text: str) -> str:
    """Return the line that tells duplex and speed; rates and bandwidths stand on others."""
    return next((line for line in text.splitlines() if re.search(r"duplex", line, re.IGNORECASE)), "")


def interface(port: Port, admin_word: str, oper_word: str) -> Interface:
    """Return *port* as a row of IF-MIB; the name is as printed, the index unknown."""
    body = port.text
    mtu, address, duplex = _MTU.search(body), _ADDRESS.search(body), _DUPLEX.search(_line_of_speed(body))
    return Interface(
        index="",
        name=port.name,
        description=port.name,
        alias=port.alias,
        mtu=int(mtu[1]) if mtu else None,
        speed_bps=speed(body),
        duplex=duplex[1].lower() if duplex else "",
        admin=admin_word,
        oper=oper_word,
        mac=":".join(re.findall("..", address[1].replace(".", "").lower())) if address else "",
    )


def facts(port: Port, said: Interface, command: str, counters: Mapping[Metric, int]) -> Iterator[Fact]:
    """Yield the interface, the readings that SNMP's readers give for it, and its counters."""
    yield said
    if cause := _causes.disabled(port.reason):
        yield Reading(metric="interface.errdisabled", item=said.name, value=cause, raw=port.reason, source=command)
    for metric, word in ((ADMIN, said.admin), (OPER, said.oper), (DUPLEX_MODE, said.duplex)):
        if word:
            yield Reading(metric=metric.name, item=said.name, value=word, source=command)
    if said.speed_bps:
        yield Reading(metric=SPEED.name, item=said.name, value=said.speed_bps, unit=SPEED.unit, source=command)
    for metric, value in counters.items():
        yield Reading(metric=metric.name, item=said.name, value=value, unit=metric.unit, source=command)


def counted(body: str, expressions: Mapping[Metric, str]) -> dict[Metric, int]:
    """Return the counters whose expression is found in *body*; the group that matched is the number."""
    found = {metric: re.search(expression, body) for metric, expression in expressions.items()}
    return {metric: int(match[match.lastindex or 1]) for metric, match in found.items() if match}
