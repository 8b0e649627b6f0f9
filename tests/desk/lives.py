"""A case to work on, and words for what people do to it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from healthd.desk import lifecycle
from healthd.model.case import Case, Channel, Did, Entry, Opening, Priority
from healthd.model.phrase import say

T0 = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday."""
MINUTE = timedelta(minutes=1)
HOTLINE = {"who": "mei", "channel": Channel.HOTLINE, "role": "hotline"}
MONITOR = {"who": "healthd", "channel": Channel.MONITOR}
MANAGER = {"who": "zhao", "role": "center-manager"}
ENGINEER = {"who": "li", "role": "engineer"}
CALLER = {"caller": "Wang Fang", "phone": "+86 571 0000 0000", "email": "wang@acme.example", "contract": "C-1"}
OWN = ("who", "channel", "text", "visible", "entered", "number", "files", "at")


def opening(**changes: Any) -> Opening:
    return Opening(
        **{
            "key": "psu.failed:edge1:PSU 1",
            "token": "hd-1",
            "customer": "acme",
            "title": say("Power supply 1 of edge1 has failed"),
            "text": say("Two proofs agree"),
            "at": T0,
            "priority": Priority.P3,
            "why": say("redundancy lost"),
            **changes,
        }
    )


def entry(did: Did, minute: float = 0, **said: Any) -> Entry:
    """Return what somebody did *minute* minutes after nine; what is no field of an entry is a fact."""
    own = {name: said.pop(name) for name in OWN if name in said}
    facts = tuple((name.replace("_", "-"), str(value)) for name, value in said.items())
    return Entry(**{"at": T0 + minute * MINUTE, "who": "li", "channel": Channel.DESK, "did": did, "facts": facts, **own})


def begun(**changes: Any) -> Case:
    """Return a case before its first entry."""
    return lifecycle.folded([opening(**changes)], "2603-0001")


def after(case: Case, *entries: Entry) -> Case:
    """Return *case* after *entries*, each of them checked."""
    for each in entries:
        lifecycle.check(case, each)
        case = lifecycle.apply(case, each)
    return case


def worked_on(**changes: Any) -> Case:
    """Return a case in progress, ten minutes old; the hotline opened it, and its engineer is li."""
    return after(
        begun(channel=Channel.HOTLINE, who="mei", **changes),
        entry(Did.OPENED, 0, **HOTLINE, **CALLER),
        entry(Did.ASSIGNED, 2, **HOTLINE, engineer="li"),
        entry(Did.ACKNOWLEDGED, 5, **ENGINEER),
        entry(Did.CONTACTED, 10, **ENGINEER, text="called, cable is fine", visible=True),
    )


def corrected(number: int, minute: float, at: float | str | None = None, text: str = "") -> Entry:
    """Return the correction, made *minute* minutes after nine, of the entry *number*: it happened *at* such a minute, and these are its words."""
    true = at if at is None or isinstance(at, str) else (T0 + at * MINUTE).isoformat()
    facts = (("entry", str(number)), *((("at", true),) if true else ()), *((("text", text),) if text else ()))
    return Entry(at=T0 + minute * MINUTE, who="li", channel=Channel.DESK, did=Did.CORRECTED, facts=facts)
