"""One SNMP notification, named and worded.

A notification is a hint, never the state itself: whoever gets its event asks
the device. One that is in no catalogue is kept with its OID.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from healthd import modules
from healthd.catalogue import mibs, traps
from healthd.catalogue.trap import Object, Trap
from healthd.collectors.logs.syslog import Context
from healthd.model.answer import Value
from healthd.model.answer import text as as_text
from healthd.model.event import Event
from healthd.model.request import Get, Walk

Variables = Sequence[tuple[str, Value]]
"""Pairs of full OID (instance included) and value, in the order of the packet."""

UNKNOWN = "trap.unknown"
"""The class of a notification that is in no catalogue."""
_UPTIME, _TRAP_OID = "1.3.6.1.2.1.1.3.0", "1.3.6.1.6.3.1.1.4.1.0"
_MOST = 64


def decode(trap_oid: str, variables: Variables, context: Context, raw: bytes = b"") -> Event:
    """Return the event of a notification; *context* says who sent it and when."""
    known = _traps().get(trap_oid) or _traps().get(_without_zero(trap_oid))
    told = [(oid, value) for oid, value in variables if oid not in (_UPTIME, _TRAP_OID)]
    named = [(*_named(oid), value) for oid, value in told[:_MOST]]
    words = [(thing.name if thing else oid, _word(thing, value)) for thing, oid, value in named]
    if known and known.name == "clogMessageGenerated":
        return _log_line(dict(words), context, raw)
    kind, severity = _judged(known, dict(words))
    return Event(
        device=context.device,
        received=context.received,
        kind=kind,
        source="trap",
        address=context.address,
        severity=severity,
        mnemonic=known.name if known else "",
        item=_item(known, named, dict(words)),
        variables=tuple(words),
        text=", ".join(f"{name}={value}" for name, value in words),
        raw=raw or _as_raw(trap_oid, told),
    )


def _judged(known: Trap | None, words: Mapping[str, str]) -> tuple[str, int]:
    if known is None:
        return UNKNOWN, 5
    if known.state and words.get(known.state) in known.good:
        return known.eased, 6
    return known.kind, known.severity


def _item(known: Trap | None, named: Sequence[tuple[Object | None, str, Value]], words: Mapping[str, str]) -> str:
    """Return what it is about: the value of the trap's item, else the index of the first named row."""
    if known and words.get(known.item):
        return words[known.item]
    return next((oid.removeprefix(thing.oid + ".") for thing, oid, _ in named if thing and not oid.endswith(".0")), "")


def _log_line(words: Mapping[str, str], context: Context, raw: bytes) -> Event:
    """CISCO-SYSLOG-MIB: the notification carries a line of the log; its severity counts from 1 (emergency)."""
    severity = {
        word: number for number, word in enumerate(("emergency", "alert", "critical", "error", "warning", "notice", "info", "debug"))
    }
    return Event(
        device=context.device,
        received=context.received,
        kind="",
        source="clog",
        address=context.address,
        facility=words.get("clogHistFacility", ""),
        severity=severity.get(words.get("clogHistSeverity", "")),
        mnemonic=words.get("clogHistMsgName", ""),
        text=words.get("clogHistMsgText", ""),
        variables=tuple(words.items()),
        raw=raw,
    )


def _word(thing: Object | None, value: Value) -> str:
    if thing and isinstance(value, int) and value in thing.words:
        return thing.words[value]
    return as_text(value)


def _named(oid: str) -> tuple[Object | None, str]:
    """Return the object that *oid* is an instance of, by its longest known beginning, and the OID."""
    parts = oid.split(".")
    objects = _objects()
    for length in range(len(parts), 6, -1):
        if found := objects.get(".".join(parts[:length])):
            return found, oid
    return None, oid


def _without_zero(oid: str) -> str:
    """Some agents leave out the 0 before the last number that version 1 notifications have (RFC 3584 §3.1), or put one in."""
    head, _, last = oid.rpartition(".")
    return f"{head.removesuffix('.0')}.{last}" if head.endswith(".0") else f"{head}.0.{last}"


def _as_raw(trap_oid: str, variables: Variables) -> bytes:
    return "\n".join([trap_oid, *(f"{oid} = {as_text(value)}" for oid, value in variables)]).encode()


@cache
def _traps() -> Mapping[str, Trap]:
    return {trap.oid: trap for member in modules.every(traps) for trap in member.TRAPS}


@cache
def _objects() -> Mapping[str, Object]:
    """Return every object by its OID: those of the tables we walk, worded by the traps' own lists where these say more."""
    found: dict[str, Object] = {}
    for member in modules.every(mibs):
        for ask in vars(member).values():
            if isinstance(ask, Walk):
                found |= {
                    f"{ask.entry}.{number}": Object(name=name, oid=f"{ask.entry}.{number}", words=_words(name))
                    for name, number in ask.columns
                }
            elif isinstance(ask, Get):
                found |= {
                    oid.removesuffix(".0"): Object(name=name, oid=oid.removesuffix(".0"), words=_words(name)) for name, oid in ask.objects
                }
    return found | {thing.oid: thing for member in modules.every(traps) for thing in member.OBJECTS}


@cache
def _words(name: str) -> Mapping[int, str]:
    """Return the words that some collector has for the object *name*."""
    from healthd import collectors

    for member in modules.every(collectors):
        for source, words in getattr(member, "WORDS", {}).items():
            if source.endswith(f"::{name}"):
                return dict(words)
    return {}
