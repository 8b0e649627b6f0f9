r"""One syslog line of a Cisco device, whatever stands before ``%FACILITY-SEVERITY-MNEMONIC``.

Headers differ by system, by "service timestamps", "service sequence-numbers",
"logging origin-id" and by every relay on the way; so the tag is looked for
first, and what stands before it is taken apart by what it looks like, not by
its place: PRI, times, sequence numbers, a node (IOS XR), a process, a host.

A line without a tag is kept as text; nothing is invented for it.
Sources: RFC 3164, RFC 5424, Cisco "System Message Logging" guides of IOS,
NX-OS, IOS XR and ASA.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from healthd.collectors.logs import stamps
from healthd.model.event import Event

TAG = re.compile(r"%(?P<facility>[A-Za-z][A-Za-z0-9_]*(?:[-/][A-Za-z0-9_]+)*?)-(?P<severity>[0-7])-(?P<mnemonic>[A-Za-z0-9_]+)(?![-\w])")
WRAPPERS = re.compile(r"IOSXE[-_]?\w*-?\w*PLATFORM|IOSXE_\w+|KERN|SYSTEM_MSG|PLATFORM")
"""Facilities of messages that carry another message of more interest inside."""
_KERNEL = r"(?:<\d{1,3}>)?(?:\[\s{0,8}\d{1,10}\.\d{1,9}\]\s)?"
"""A kernel's own priority and time."""
CARRIED = re.compile(
    rf"""[ :\t]*
    {_KERNEL}
    (?:(?:(?:(?:Switch|Chassis)\ )?\d{{1,2}}\ )?[A-Z]{{1,6}}\d{{0,3}}(?:/\d{{1,3}}){{0,3}}:\s?)?  # the node: R0/0, SIP0, Switch 1 R0/0, 1 R0/0
    (?:[\w.-]{{1,40}}(?:\[\d{{1,9}}\])?:\s?)?                                           # the process
    {_KERNEL}
    (?:(?:QFP|Thread|TS):[\d.]{{1,30}}\s){{0,3}}                                         # where and when in the forwarding engine
    {TAG.pattern}""",
    re.VERBOSE,
)
"""A message carried by another begins its text, behind what the carrier says of its origin: further on may stand what anybody typed."""

_PRI = re.compile(r"<(\d{1,3})>")
_RFC5424 = re.compile(r"1 (?P<at>\S+) (?P<host>\S+) (?P<app>\S+) (?P<proc>\S+) (?P<id>\S+) (?P<rest>.*)", re.DOTALL)
_NODE = re.compile(
    r"(?:(?:CLC|SLOT|MODULE|SIP|SPA|FPC) \d+(?:/\d+)*|(?:RP|LC|B?FC|SC|SP|DRP|PT|PM|SPA|SM|CB|AB|VM|RSP)/[\w/]*\w|\d+/(?:RP|RSP|\d+)\d*/CPU\d+)(?::(?=\S|$)|:?(?=\s))"
)
_SEQUENCE = re.compile(r"(?<![\w.:/-])(\d{1,12}):(?=\s|[A-Za-z*.])")
_PROCESS = re.compile(r"[\w./-]+\[\d+\]\s?:?")
_SUBFACILITY = re.compile(r"(?:SW\d+|DFC\d+|SP|RP|SPSTBY|SPSTDBY|STBY|STDBY|SLOT\d+|SIP\d+|SPA\d*|FP\d+|CC\d+|LC\d+|SM\d+)(?:_\w+)?")
_HOST = re.compile(r"(?![\d:]+$)[A-Za-z0-9_](?:[\w.\-]*\w)?|\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+")
_NO_HOST = {"last", "message", "repeated", "asa", "ftd"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Who sent a line and when it came: *source* is the way it took.

    *zone* is that of times which name none; *home* is the zone of the place,
    whose abbreviations mean what they mean there (CST in China, in America).
    """

    received: datetime
    device: str = ""
    source: str = "udp"
    address: str = ""
    zone: tzinfo = UTC
    home: tzinfo | None = None


@dataclass(slots=True)
class _Header:
    """What stood before the tag."""

    at: datetime | None = None
    sequence: int | None = None
    hostname: str = ""
    location: str = ""


def parse(line: bytes, context: Context) -> Event:
    """Return the event that *line* tells; its ``raw`` is the line as it came, without its end of line."""
    raw = line.rstrip(b"\r\n")
    text = raw.decode("utf-8", "backslashreplace").strip().strip("\0")
    outer = TAG.search(text)
    tag = outer and (_inner(text, outer) or outer)
    header = _header(text[: outer.start()] if outer else text, context, tagged=outer is not None)
    kept = {"device": context.device, "received": context.received, "source": context.source, "address": context.address, "raw": raw}
    if tag is None:
        return Event(**kept, kind="", at=header.at, hostname=header.hostname, sequence=header.sequence, text=_untagged(text))  # type: ignore[arg-type]
    facility, _, sub = tag["facility"].rpartition("-")
    if not (facility and _SUBFACILITY.fullmatch(sub)):
        facility, sub = tag["facility"], ""
    return Event(
        **kept,  # type: ignore[arg-type]
        kind="",
        at=header.at,
        sequence=header.sequence,
        hostname=header.hostname,
        location=" ".join(each for each in (header.location, sub) if each),
        facility=facility,
        severity=int(tag["severity"]),
        mnemonic=tag["mnemonic"],
        text=text[tag.end() :].lstrip(" :\t").rstrip(),
    )


def _inner(text: str, outer: re.Match[str]) -> re.Match[str] | None:
    return CARRIED.match(text, outer.end()) if WRAPPERS.fullmatch(outer["facility"]) else None


def _untagged(text: str) -> str:
    return _PRI.sub("", text, count=1)


def _header(text: str, context: Context, *, tagged: bool) -> _Header:
    header = _Header()
    rest = text[found.end() :] if (found := _PRI.match(text)) else text
    if five := _RFC5424.match(rest):
        header.hostname = five["host"] if five["host"] != "-" else ""
        rest = f"{five['at']} {five['rest']}"
    times = list(stamps.find(rest, context.received, context.zone, context.home))
    if not tagged:
        # Only what leads the line is a header; a time inside a text is the text's.
        times = [t for t in times[:1] if t.start <= 40]
        rest = rest[: times[0].end] if times else ""
    if times:
        header.at = times[-1].at
    if up := stamps.UPTIME.search(rest, times[-1].end if times else 0):
        header.at = None if not times or up.start() > times[-1].start else header.at
    _names(header, _cut(rest, [(t.start, t.end) for t in times]))
    return header


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return stamps.UPTIME.sub(" ", text)


def _names(header: _Header, text: str) -> None:
    """Take sequence number, node and host name out of *text*, a header without its times."""
    if node := _NODE.search(text):
        header.location = node[0].rstrip(":")
        text = text[: node.start()] + " " + text[node.end() :]
    numbers = _SEQUENCE.findall(text)
    if numbers:
        # With two numbers, the outer is the sending process's count and the inner the device's own.
        header.sequence = int(numbers[-1])
    text = _PROCESS.sub(" ", _SEQUENCE.sub(" ", text))
    if not header.hostname:
        words = (word.strip(":,") for word in text.split())
        header.hostname = next((word for word in words if _HOST.fullmatch(word) and word.lower() not in _NO_HOST), "")
