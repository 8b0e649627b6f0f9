"""Polls and findings as lines of JSON: one object per line, as docs/json.md describes them.

What could not be read is left out: never null, 0 or empty text in its place.
"""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import fields

from healthd.model.event import Event
from healthd.model.finding import Finding
from healthd.model.observation import Fact, Interface, Neighbour, Part, Reading, System
from healthd.model.poll import Poll

Object = dict[str, object]

_KEYS: dict[type, tuple[str, dict[str, str]]] = {
    System: ("system", {}),
    Part: ("part", {"kind": "class"}),
    Interface: ("interface", {}),
    Reading: ("reading", {}),
    Neighbour: ("neighbor", {}),
}
"""The line's key of each kind of fact, and the fields that go by another name there."""


def lines(poll: Poll, findings: Iterable[Finding] = ()) -> Iterator[str]:
    """Yield all lines of one device; the ``collect`` line, which ends its poll, comes last."""
    for fact in poll.facts():
        yield line(poll, _KEYS[type(fact)][0], fact_object(fact))
    for finding in findings:
        yield line(poll, "finding", finding_object(finding))
    yield line(poll, "collect", collect_object(poll))


def line(poll: Poll, key: str, value: Object) -> str:
    """Return one line of *poll*: the device, the time and one object under *key*."""
    return json.dumps({"device": poll.device, "at": poll.at.isoformat(), key: value}, ensure_ascii=False, allow_nan=False)


def fact_object(fact: Fact) -> Object:
    """Return *fact* with the keys of the contract."""
    _, names = _KEYS[type(fact)]
    said = {names.get(field.name, field.name): getattr(fact, field.name) for field in fields(fact)}
    if isinstance(fact, Reading):
        said |= {"scale": None if fact.scale == 1 else fact.scale, "limits": limits(fact)}
    if isinstance(fact, System):
        said["special_build"] = fact.special_build or None
    return told(said)


def event_object(event: Event) -> Object:
    """Return *event* with the keys of the contract; bytes over the wire that are no text become escapes."""
    return told(
        {
            "device": event.device,
            "at": event.at.isoformat() if event.at else None,
            "received": event.received.isoformat(),
            "source": event.source,
            "address": event.address,
            "hostname": event.hostname,
            "sequence": event.sequence,
            "facility": event.facility,
            "severity": event.severity,
            "mnemonic": event.mnemonic,
            "location": event.location,
            "class": event.kind,
            "item": event.item,
            "variables": dict(event.variables) or None,
            "text": event.text,
            "raw": event.raw.decode("utf-8", "backslashreplace"),
        }
    )


def limits(reading: Reading) -> Object | None:
    """Return the device's own thresholds by name, None where it gives none."""
    names = ("low_critical", "low_warning", "high_warning", "high_critical")
    return told(dict(zip(names, reading.limits, strict=True))) or None if reading.limits else None


def finding_object(finding: Finding) -> Object:
    """Return *finding* with the keys of the contract."""
    return told(
        {
            "rule": finding.rule,
            "item": finding.item,
            "index": finding.index,
            "indexes": list(finding.indexes),
            "level": finding.level.word,
            "summary": str(finding.summary),
            "advice": str(finding.advice) if finding.advice else None,
            "key": finding.key,
            "since": finding.since.isoformat() if finding.since else None,
            "pid": finding.pid,
            "serial": finding.serial,
            "slot": finding.slot,
            "verdict": finding.verdict.value if finding.verdict else None,
        }
    )


def collect_object(poll: Poll) -> Object:
    """Return how the poll itself went; the lists are always there."""
    said = told({"up": poll.up, "reason": poll.reason, "seconds": round(poll.seconds, 3), "requests": poll.requests, "by": list(poll.by)})
    return {**said, "unsupported": list(poll.unsupported), "errors": list(poll.errors)}


def told(said: Object) -> Object:
    """Return *said* without what was not said: None, empty text, empty lists, and numbers that are none."""
    return {
        key: value
        for key, value in said.items()
        if value not in (None, "", []) and not (isinstance(value, float) and not math.isfinite(value))
    }
