"""Many troubles at once: beyond the number of cases that are opened an hour, one case lists the rest.

Outages and failed parts have rooms of their own: a day of small troubles
takes no case from them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from healthd.caseclient.course import Step
from healthd.caseclient.opening import NAMED, Known, joined, opening, title, token
from healthd.caseclient.priority import PROPOSED
from healthd.caseclient.together import LOSS
from healthd.caseclient.troubles import Trouble
from healthd.model.action import Open
from healthd.model.case import Priority
from healthd.model.finding import Condition
from healthd.model.followed import Followed
from healthd.model.phrase import Phrase, say


class Room(StrEnum):
    """What cases are counted with; of each room the same number may be opened an hour."""

    OUTAGE = "outage"
    FAILED = "failed"
    OTHER = "other"


def room(key: str, devices: Sequence[str], priority: Priority, state: Condition | None) -> Room:
    """Return the room of a trouble, or of a case, about *key*: devices lost, several concerned, P1 or P2; a part that has failed; the rest."""
    if key.startswith(f"1:{LOSS}:") or len(devices) > 1 or priority in PROPOSED:
        return Room.OUTAGE
    return Room.FAILED if state is Condition.FAILED else Room.OTHER


def digest(troubles: Sequence[Trouble], known: Known, now: datetime) -> Step:
    """Return the one case about all of *troubles*, the most urgent first; its key is that of its hour."""
    worst = opening(troubles[0], "", known)
    code, most = known.customer.code, known.customer.cases.most
    key = f"1:storm:{code}:{now:%Y-%m-%dT%H:%M}"
    findings = tuple(f.key for t in troubles for f in t.members)
    impact = tuple(sorted({name for t in troubles for name in t.impact}))
    intro = say("More than {most} cases an hour: the troubles that came after them are listed here, not opened one by one", most=most)
    made = replace(
        worst,
        key=key,
        token=token(code, key, ""),
        title=say("{count} troubles at once, first of all: {first}", count=len(troubles), first=title(troubles[0])),
        text=joined([intro, *(title(t) for t in troubles[:NAMED]), *_more(len(troubles) - NAMED)]),
        findings=findings,
        impact=impact,
        component="", item="", pid="", serial="", slot="", verdict=None, rma=False,
    )  # fmt: skip
    followed = Followed(
        token=made.token,
        key=key,
        customer=code,
        opened=now,
        priority=made.priority,
        covers=findings,
        devices=tuple(sorted({name for t in troubles for name in t.devices})),
        impact=impact,
        desk=known.desk,
        since=now,
        sent=1,
        notices=(now,),
        digest=True,
    )
    return followed, (Open(opening=made),)


def _more(count: int) -> list[Phrase]:
    return [say("and {count} more", count=count)] if count > 0 else []
