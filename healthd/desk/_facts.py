"""How the facts of an entry are read."""

from datetime import datetime

from healthd.model.case import Case, Channel, Did, Entry, Priority
from healthd.model.tac import Role

MACHINE = "healthd"
VOUCHED = frozenset({Channel.HOTLINE, Channel.DESK})
"""Channels over which a person of the TAC speaks; P1 and P2 of any other are proposals."""


def machine(entry: Entry) -> bool:
    return entry.who == MACHINE or entry.channel is Channel.MONITOR


def known(entry: Entry) -> datetime:
    """Return from when on the TAC knew of it: what people enter late they knew at its true time, what the monitor tells when it was told."""
    return max(entry.at, entry.entered or entry.at) if machine(entry) else entry.at


def reason(entry: Entry) -> str:
    return (entry.fact("reason") or entry.text).strip()


def roles(entry: Entry) -> frozenset[Role]:
    """Return the roles that the entry names; what is no role counts for nothing."""
    names = {each.strip() for each in entry.fact("role").split(",")}
    return frozenset(role for role in Role if role.value in names)


def by(entry: Entry) -> str:
    """Return who did it: somebody else may have written it down."""
    return entry.fact("by") or entry.who


def priority_of(entry: Entry) -> Priority | None:
    return next((each for each in Priority if entry.fact("priority").strip().upper() in {each.name, str(each.value)}), None)


def moment(text: str) -> datetime | None:
    """Return the moment of ISO 8601 with its zone, None when it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def numbered(case: Case, text: str) -> Entry | None:
    return next((each for each in case.entries if str(each.number) == text.strip()), None)


def newest(case: Case, *acts: Did) -> Entry | None:
    """Return the last of *acts* that happened, None when none did."""
    return max((each for each in case.entries if each.did in acts), key=lambda each: (each.at, each.number), default=None)
