"""The auditor: open cases that nobody will move unless somebody is told. It reads cases and changes nothing.

Every open case must have a next step: an engineer, a clock that runs or a date
to which it waits, and an answer to whatever was asked. What lacks one is
*loose*, with what is missing since when and who must act.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from healthd.desk._lacks import CHECKS, Looked
from healthd.model.case import Case
from healthd.model.device import Customer
from healthd.model.escalation import Loose
from healthd.model.interval import utc
from healthd.model.tac import Role, Tac


def loose(cases: Iterable[Case], now: datetime, tac: Tac, customers: Mapping[str, Customer]) -> tuple[Loose, ...]:
    """Return what is loose in *cases* (with their entries), by case; *customers* by their code. A case may lack several things."""
    looks = (Looked(case=each, tac=tac, customer=customers.get(each.customer), now=utc(now)) for each in cases if each.is_open)
    return tuple(found for look in looks for found in _loose(look))


def _loose(look: Looked) -> Iterator[Loose]:
    for name, check in CHECKS.items():
        if lack := check(look):
            own = look.case.engineer if lack.who is Role.ENGINEER else ""
            who = lack.who if own or lack.who is not Role.ENGINEER else Role.HOTLINE
            yield Loose(number=look.case.number, check=name, what=lack.what, who=who, since=lack.since, person=own)
