"""The course of one case: what is said on it as its trouble goes, comes back, grows or turns out to be something else.

Only what stood still is told: a state counts when it has lasted for the
policy's time to settle. Whatever the trouble does, no more is sent an hour
than the policy allows; what was held back is told as it then stands, with the
number of returns, so that the last word is always the true one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from healthd.caseclient.opening import NAMED, STATES, Known, part
from healthd.caseclient.priority import graded
from healthd.caseclient.troubles import Picture, Trouble
from healthd.model.action import Action, Note, Propose, Raise, Reopen
from healthd.model.followed import Followed, Told
from healthd.model.phrase import Phrase, say

HOUR = timedelta(hours=1)
FLAPS = 2
"""Returns before it has settled from which on a trouble is said to come and go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What there is to judge a case by: what stands, who was *heard* this cycle, and what is known, at *now*."""

    seen: Picture
    heard: frozenset[str]
    known: Known
    now: datetime

    def stands(self, followed: Followed) -> bool | None:
        """Say whether the trouble of *followed* stands; None when its devices were not all heard: silence is not health."""
        if any(key in self.seen.keys for key in followed.covers):
            return True
        return False if self.heard.issuperset(followed.devices) else None


Step = tuple[Followed, tuple[Action, ...]]


def looked(followed: Followed, moment: Moment) -> Followed:
    """Return *followed* with what was seen of its trouble now; nothing is said yet."""
    stands = moment.stands(followed)
    if stands is None or stands == followed.stands:
        return followed
    back = stands and not followed.stands
    return replace(followed, stands=stands, since=moment.now, flaps=followed.flaps + back)


def grown(followed: Followed, troubles: Sequence[Trouble]) -> Followed:
    """Return *followed* with what of *troubles* it did not cover yet."""
    keys = [f.key for t in troubles for f in t.members if f.key not in followed.covers]
    impact = tuple(sorted({*followed.impact, *(name for t in troubles for name in t.impact)}))
    if not keys:
        return followed if impact == followed.impact else replace(followed, impact=impact)
    devices = tuple(sorted({*followed.devices, *(name for t in troubles for name in t.devices)}))
    covers = (*followed.covers, *keys)
    return replace(followed, covers=covers, news=(*followed.news, *keys), devices=devices, impact=impact)


def said(followed: Followed, troubles: Sequence[Trouble], moment: Moment) -> Step:
    """Return all that is to be said on an open case now, and the case as it is afterwards."""
    followed = replace(followed, notices=tuple(at for at in followed.notices if moment.now - at < HOUR))
    actions: list[Action] = []
    while (word := _raised(followed, troubles, moment) or _word(followed, troubles, moment)) is not None:
        actions.append(word[1])
        followed = sent(word[0], moment.now)
    if followed.stands and followed.told is Told.ILL and _is_calm(followed, moment):
        followed = replace(followed, flaps=0)
    return followed, tuple(actions)


def sent(followed: Followed, now: datetime) -> Followed:
    """Return *followed* with one more notice."""
    return replace(followed, sent=followed.sent + 1, notices=(*followed.notices, now))


def mark(followed: Followed) -> str:
    """Return what tells the next word on the case from all others."""
    return f"n{followed.sent + 1}"


def _is_calm(followed: Followed, moment: Moment) -> bool:
    return moment.now - followed.since >= moment.known.customer.cases.settle


Word = tuple[Followed, Action] | None
"""What is said next, with the case as it is then."""


def _raised(followed: Followed, troubles: Sequence[Trouble], moment: Moment) -> Word:
    """A priority that has become more urgent is told at once, however much was said: it happens three times at most."""
    grades = [graded(t, moment.known.devices, moment.known.entitlement(t).level) for t in troubles if not t.quiet]
    if not grades or not followed.stands:
        return None
    priority, why = min(grades, key=lambda grade: grade[0])
    if priority >= followed.priority:
        return None
    return replace(followed, priority=priority), Raise(token=followed.token, mark=mark(followed), priority=priority, why=why)


def _word(followed: Followed, troubles: Sequence[Trouble], moment: Moment) -> Word:
    """Return the next word on the case, if there is anything to say and it may be said now."""
    if len(followed.notices) >= moment.known.customer.cases.notices:
        return None
    if not followed.stands:
        return _over(followed, moment)
    if not troubles or all(t.quiet for t in troubles):
        return None
    if followed.told is Told.WELL:
        what = say("It was seen again at {now}, and had been well before.", now=moment.now)
        action = Reopen(token=followed.token, mark=mark(followed), text=what)
        return replace(followed, told=Told.ILL), action
    if followed.told is Told.FLAPPING or (followed.flaps >= FLAPS and not _is_calm(followed, moment)):
        return _flapping(followed, moment)
    return _unit(followed, troubles) or _verdict(followed, troubles, moment) or _more(followed, troubles)


def _over(followed: Followed, moment: Moment) -> Word:
    """Propose to resolve what has been well for long enough, and whose devices were all heard just now."""
    if followed.told is Told.WELL or not _is_calm(followed, moment) or moment.stands(followed) is not False:
        return None
    action = Propose(token=followed.token, mark=mark(followed), text=_well(followed, moment))
    return replace(followed, told=Told.WELL, flaps=0, news=()), action


def _flapping(followed: Followed, moment: Moment) -> Word:
    """Say once that it comes and goes, and once that it has stopped in the bad state; nothing between."""
    if followed.told is not Told.FLAPPING:
        what = say(
            "It comes and goes: {count} times back by {now}. No more is told until it has settled.", count=followed.flaps, now=moment.now
        )
        return replace(followed, told=Told.FLAPPING), _note(followed, what)
    if not _is_calm(followed, moment):
        return None
    count = followed.flaps
    what = say("It came back {count} times, and stands since {since} without a break.", count=count, since=followed.since)
    return replace(followed, told=Told.ILL, flaps=0), _note(followed, what)


def _note(followed: Followed, what: Phrase) -> Note:
    return Note(token=followed.token, mark=mark(followed), text=what)


def _own(followed: Followed, troubles: Sequence[Trouble]) -> Iterator[Trouble]:
    """Yield the trouble that the case was opened for."""
    return (t for t in troubles if followed.key in {f.key for f in t.members})


def _unit(followed: Followed, troubles: Sequence[Trouble]) -> Word:
    """Say that another unit now is where the case's was, and no better."""
    own = (part(t)[1] for t in _own(followed, troubles))
    new = next((serial for serial in own if serial and followed.serial and serial != followed.serial), "")
    if not new:
        return None
    what = say("Serial number {old} was replaced by {new}, and the trouble stands.", old=followed.serial, new=new)
    return replace(followed, serial=new), _note(followed, what)


def _verdict(followed: Followed, troubles: Sequence[Trouble], moment: Moment) -> Word:
    """Say that proofs have changed the verdict since it was told, with what was collected for it."""
    own = next((t for t in _own(followed, troubles) if t.verdict and t.verdict.state is not followed.verdict), None)
    if own is None or own.verdict is None:
        return None
    files = tuple(dict.fromkeys(id_ for f in own.members for id_ in moment.known.files.get(f.key, ())))
    note = _note(followed, say("The verdict is now: {state}.", state=STATES[own.verdict.state]))
    return replace(followed, verdict=own.verdict.state), replace(note, verdict=own.verdict, files=files)


def _more(followed: Followed, troubles: Sequence[Trouble]) -> Word:
    """Say what else has the same cause."""
    new = [f for t in troubles for f in t.members if f.key in followed.news]
    if not new:
        return None
    names = ", ".join(sorted({f.device for f in new})[:NAMED])
    if followed.digest:
        what = say("{count} more findings, for which no case of their own was opened so far: {names}.", count=len(new), names=names)
    else:
        what = say("{count} more findings have the same cause: {names}.", count=len(new), names=names)
    return replace(followed, news=()), _note(followed, what)


def _well(followed: Followed, moment: Moment) -> Phrase:
    """Return why it may be resolved."""
    replaced: Mapping[str, str] = moment.seen.identities.replaced
    if followed.serial in replaced:
        return say(
            "Serial number {old} was replaced by {new}; it is well since {since}.",
            old=followed.serial,
            new=replaced[followed.serial],
            since=followed.since,
        )
    if followed.flaps:
        return say("It is well since {since}, after it came back {count} times.", since=followed.since, count=followed.flaps)
    return say("It is well since {since}.", since=followed.since)
